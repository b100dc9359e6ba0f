/** A plan in the form that was asked for. */
import { z } from "zod";
import { LANGUAGES } from "../../core/language.ts";
import type { KeptPlan } from "../../operations/index.ts";
import { renderHtml, renderMarkdown, renderText } from "../../views/index.ts";
import { styleFor } from "./terminal.ts";

export const formatOptions = {
  format: z
    .enum(["text", "markdown", "html", "json"])
    .default("text")
    .meta({ value: "format", description: "form of the plan" }),
  language: z.enum(LANGUAGES).optional().meta({
    value: "language",
    description: "of text and Markdown (default: that of the tenant file); the page has both",
  }),
};

type FormatOptions = z.output<z.ZodObject<typeof formatOptions>>;

export function planInFormat({ plan, digest, facts }: KeptPlan, options: FormatOptions): string {
  const { language = plan.tenant.language } = options;
  switch (options.format) {
    case "json":
      return JSON.stringify({ digest, plan }, null, 2);
    case "html":
      return renderHtml(plan, facts);
    case "markdown":
      return renderMarkdown(plan, { language, facts });
    case "text":
      return renderText(plan, { language, facts, style: styleFor(process.stdout) });
  }
}
