import { resolve } from "node:path";
import type { CommandDefinition } from "../command.ts";
import { firstArgument, textOption } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { formatOptions, planInFormat } from "../output/plan-format.ts";
import { printPdf } from "../output/pdf.ts";
import { readPlan } from "../../operations/index.ts";

export const show: CommandDefinition = {
  name: "show",
  summary: "Show a plan that was made before",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [
    ...formatOptions,
    { flags: "--digest <digest>", description: "which plan (default: the newest)" },
    { flags: "--pdf <file>", description: "print the preview page to a PDF, with a browser" },
  ],
  examples: [
    { line: "tenantry show contoso --language en", meaning: "the newest plan, in English" },
    { line: "tenantry show contoso --format html > plan.html", meaning: "the preview page" },
    { line: "tenantry show contoso --pdf plan.pdf", meaning: "the preview page, to send or file" },
  ],
  run: async ({ workspace, terminal }, input) => {
    const stored = readPlan(workspace, firstArgument(input), textOption(input, "digest"));
    terminal.note(`Preview page: ${stored.htmlPath}`);
    const pdf = textOption(input, "pdf");
    if (pdf !== undefined) {
      await printPdf(stored.htmlPath, resolve(pdf));
      terminal.note(`Printed: ${pdf}`);
    }
    return {
      exitCode: EXIT.done,
      text: planInFormat(stored, input),
      json: { digest: stored.digest, plan: stored.plan },
    };
  },
};
