/** A plan in the form that was asked for. */
import { readFileSync } from "node:fs";
import { LANGUAGES } from "../../core/language.ts";
import type { Language } from "../../core/language.ts";
import { renderText } from "../../views/index.ts";
import type { StoredPlan } from "../../operations/index.ts";
import type { CommandInput } from "../command.ts";
import { textOption } from "../command.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { styleFor } from "./terminal.ts";

export const FORMATS = ["text", "markdown", "html", "json"] as const;
export type Format = (typeof FORMATS)[number];

export const formatOptions = [
  { flags: "--format <format>", description: `${FORMATS.join(" | ")} (default: text)` },
  {
    flags: "--language <language>",
    description:
      "nl | en, of text and Markdown (default: that of the tenant file); the page has both",
  },
];

/** For a command that works before it prints: a slip of the pen should not cost the work. */
export function refuseBadFormat(input: CommandInput): void {
  oneOf(input, { option: "format", allowed: FORMATS });
  oneOf(input, { option: "language", allowed: LANGUAGES });
}

export function planInFormat(stored: StoredPlan, input: CommandInput): string {
  const format = oneOf(input, { option: "format", allowed: FORMATS }) ?? "text";
  switch (format) {
    case "json":
      return JSON.stringify({ digest: stored.digest, plan: stored.plan }, null, 2);
    case "html":
      return readFileSync(stored.htmlPath, "utf8");
    case "markdown":
      return readFileSync(stored.markdownPaths[languageOf(stored, input)], "utf8");
    case "text": {
      const language = languageOf(stored, input);
      return renderText(stored.plan, { language, style: styleFor(process.stdout) });
    }
  }
}

export const languageOf = (stored: StoredPlan, input: CommandInput): Language =>
  oneOf(input, { option: "language", allowed: LANGUAGES }) ?? stored.plan.tenant.language;

function oneOf<T extends string>(
  input: CommandInput,
  choice: { readonly option: string; readonly allowed: readonly T[] },
): T | undefined {
  const given = textOption(input, choice.option);
  if (given === undefined) return undefined;
  const found = choice.allowed.find((value) => value === given);
  if (found !== undefined) return found;
  throw new ExpectedError("invalid-option", `--${choice.option} cannot be "${given}".`, {
    hint: `Use one of: ${choice.allowed.join(", ")}.`,
  });
}
