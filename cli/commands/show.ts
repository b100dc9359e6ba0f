import { resolve } from "node:path";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { digest, file, tenantName } from "../shared-words.ts";
import { formatOptions, planInFormat } from "../output/plan-format.ts";
import { printPdf } from "../output/pdf.ts";
import { readPlan } from "../../operations/index.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    ...formatOptions,
    digest: digest.optional().describe("which plan (default: the newest)"),
    pdf: file.optional().describe("print the preview page to a PDF, with a browser"),
  }),
  examples: [
    { line: "tenantry show contoso --language en", meaning: "the newest plan, in English" },
    { line: "tenantry show contoso --format html > plan.html", meaning: "the preview page" },
    { line: "tenantry show contoso --pdf plan.pdf", meaning: "the preview page, to send or file" },
  ],
  run: async ({ workspace, terminal }, { args, options }) => {
    const stored = readPlan(workspace, args.tenant, options.digest);
    terminal.note(`Preview page: ${stored.htmlPath}`);
    if (options.pdf !== undefined) {
      await printPdf(stored.htmlPath, resolve(options.pdf));
      terminal.note(`Printed: ${options.pdf}`);
    }
    return {
      exitCode: EXIT.done,
      text: planInFormat(stored, options),
      json: { digest: stored.digest, plan: stored.plan },
    };
  },
});
