/** A plan in the form that was asked for. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { LANGUAGES } from "../../core/language.ts";
import type { Language } from "../../core/language.ts";
import { renderText } from "../../views/index.ts";
import type { StoredPlan } from "../../operations/index.ts";
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

export function planInFormat(stored: StoredPlan, options: FormatOptions): string {
  switch (options.format) {
    case "json":
      return JSON.stringify({ digest: stored.digest, plan: stored.plan }, null, 2);
    case "html":
      return readFileSync(stored.htmlPath, "utf8");
    case "markdown":
      return readFileSync(stored.markdownPaths[languageOf(stored, options)], "utf8");
    case "text": {
      const language = languageOf(stored, options);
      return renderText(stored.plan, { language, style: styleFor(process.stdout) });
    }
  }
}

export const languageOf = (
  stored: StoredPlan,
  { language }: Pick<FormatOptions, "language">,
): Language => language ?? stored.plan.tenant.language;
