/**
 * Text of strangers made safe to look at: what would be invisible, or would reorder or overwrite other text,
 * becomes visible as its code point.
 */

/**
 * Controls (C0, C1), bidirectional controls, invisible and tag characters, line and paragraph separators,
 * unpaired surrogates. Not among them: joiners (U+200C, U+200D), which names and emoji need.
 */
const DECEPTIVE =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const RTL =
  "[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]";

/** Text from its first to its last right-to-left letter, as long as no other letter stands between them. */
const RIGHT_TO_LEFT_RUN = new RegExp(`${RTL}+(?:\\P{L}+${RTL}+)*`, "gu");

/** The text with every deceptive character as `[U+202E]`; a line break as `↵`. */
export function visible(text: string): string {
  return text.replaceAll(DECEPTIVE, (character) => {
    if (character === "\n") return "↵";
    if (character === "\t") return " ";
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `[U+${code}]`;
  });
}

/**
 * Visible text with every piece that is written from right to left isolated (U+2068, U+2069): such a name cannot
 * reorder the sentence around it, and without such letters and without controls nothing can.
 */
export const isolated = (text: string): string =>
  visible(text).replaceAll(RIGHT_TO_LEFT_RUN, "\u2068$&\u2069");
