/** A plan in the form that was asked for. */
import type { z } from "zod";
import type { KeptPlan } from "../../operations/index.ts";
import { renderHtml, renderMarkdown, renderText } from "../../views/index.ts";
import type { formatOptions } from "../shared-words.ts";
import { styleFor } from "./terminal.ts";

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
