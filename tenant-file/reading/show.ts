import { replaceHidden } from "../../core/hidden-characters.ts";

const MAX_SHOWN_LENGTH = 80;

/** A text from a tenant file in quotes, shortened, hidden characters as `\u{…}`: safe to print on a terminal. */
export function quote(text: string): string {
  const visible = replaceHidden(
    text.slice(0, MAX_SHOWN_LENGTH),
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${visible}${text.length > MAX_SHOWN_LENGTH ? "…" : ""}"`;
}

/** What to do with text that YAML takes for something else. */
export const inQuotes = (text: string): string => `text in quotes: ${quote(text)}`;

/** What was received, in words: `the number 5`, `a list`, `"text"`, `nothing`. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `the truth value ${String(value)}`;
  return Array.isArray(value) ? "a list" : "a group of keys";
}

const MAX_LISTED = 8;

/** Names as a list for people, shortened. */
export function list(names: Iterable<string>): string {
  const all = [...names];
  const rest = all.length - MAX_LISTED;
  return `${all.slice(0, MAX_LISTED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
