import { resolve } from "node:path";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { digest, file, formatOptions, tenantName } from "../shared-words.ts";
import { printPdf } from "../output/pdf.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    ...formatOptions,
    digest: digest.optional().describe("digest of the plan (default: the latest)"),
    pdf: file.optional().describe("print the preview page to a PDF, with a browser"),
  }),
  examples: [
    { line: "tenantry show contoso --language en", meaning: "the latest plan, in English" },
    { line: "tenantry show contoso --format html > plan.html", meaning: "the preview page" },
    { line: "tenantry show contoso --pdf plan.pdf", meaning: "the preview page, to send or file" },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { showPlan } = await import("../../operations/index.ts");
    const { planInFormat } = await import("../output/plan-format.ts");
    const { writePages } = await import("../output/pages.ts");
    const { workspace, terminal } = context;
    const kept = await showPlan(await context.operation(), { stack, digest: options.digest });
    const { html } = writePages(workspace, kept);
    terminal.note(`Preview page: ${html}`);
    if (options.pdf !== undefined) await printPdf(html, resolve(options.pdf));
    return {
      exitCode: EXIT.done,
      // Who asked for a file needs no pages of text besides.
      text: options.pdf === undefined ? planInFormat(kept, options) : `Printed: ${options.pdf}`,
      json: { digest: kept.digest, plan: kept.plan },
    };
  },
});
