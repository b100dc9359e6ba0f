/**
 * Text of strangers made safe to look at: what would be invisible, or would reorder or overwrite other text,
 * becomes visible as its code point.
 */
import { codePointName, replaceHidden } from "./hidden-characters.ts";

const RTL =
  "[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]";

/** Text from its first to its last right-to-left letter, as long as no other letter stands between them. */
const RIGHT_TO_LEFT_RUN = new RegExp(`${RTL}+(?:\\P{L}+${RTL}+)*`, "gu");

/** The text with every hidden character as `[U+202E]`; a line break as `↵`. */
export function visible(text: string): string {
  return replaceHidden(text, (character) => {
    if (character === "\n") return "↵";
    return character === "\t" ? " " : `[${codePointName(character)}]`;
  });
}

/**
 * Visible text with every piece that is written from right to left isolated (U+2068, U+2069): such a name cannot
 * reorder the sentence around it, and without such letters and without controls nothing can.
 */
export const isolated = (text: string): string =>
  visible(text).replaceAll(RIGHT_TO_LEFT_RUN, "\u2068$&\u2069");
