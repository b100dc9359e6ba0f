/**
 * The one table of characters that nobody sees, or that look like a space and are not one: with them a text looks
 * different from what it is. Tenant files refuse them; pages show them by their code point.
 */

/** Classes of Unicode, so that later additions are in as well; tab and line ends, which are controls, are told apart. */
const CLASSES = [
  /** Controls, formats (marks of direction, soft hyphen, tags), halves of pairs, private use, unassigned. */
  "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}",
  /** Line and paragraph separators, and every space but the ordinary one. */
  "\\p{Zl}\\p{Zp}\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000",
  /** Fillers, joiners, variation selectors, whatever class they have. */
  "\\p{Default_Ignorable_Code_Point}",
  /** Blank symbols: braille without dots, object replacement, Khitan filler, null note. */
  "\\u2800\\uFFFC\\u{16FE4}\\u{1D159}",
].join("");

/** Formats that are seen: signs of Arabic, Syriac and Kaithi that stand around numbers or words. */
const SEEN = "\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}";

/** Scripts in which a joiner between two letters changes how both are written. */
const JOINING_SCRIPTS = [
  ..."Arabic Syriac Mongolian Nko Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu".split(
    " ",
  ),
  ..."Kannada Malayalam Sinhala Khmer Myanmar Tibetan".split(" "),
]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/** Signs that take the vowel off a consonant; behind one, a joiner chooses between two forms also at a word's end. */
const VIRAMA =
  "\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA\\u0F84\\u1039\\u103A\\u17D2";

const EMOJI = "\\p{Extended_Pictographic}";

/** Where a hidden character belongs to what is written. */
const NEEDED = [
  `(?<=[${JOINING_SCRIPTS}])[\\u200C\\u200D](?=[${JOINING_SCRIPTS}])`,
  `(?<=[${VIRAMA}])\\u200D`,
  // 👩‍💻, ❤️‍🔥, ☎︎, 1️⃣
  `(?<=${EMOJI}\\uFE0F?|\\p{Emoji_Modifier})\\u200D(?=${EMOJI})`,
  `(?<=${EMOJI})[\\uFE0E\\uFE0F]`,
  `(?<=[0-9#*])\\uFE0F(?=\\u20E3)`,
].join("|");

// The class stands first: it fails at once for nearly every character.
const hidden = new RegExp(`(?=[${CLASSES}])(?!${NEEDED})[^${SEEN}]`, "gu");
const hiddenInFile = new RegExp(`(?=[${CLASSES}])(?!${NEEDED})[^${SEEN}\\t\\n\\r]`, "gu");

/** Whether there is a hidden character in a text of one line, where tabs and line ends are hidden too. */
export const holdsHidden = (text: string): boolean => text.search(hidden) >= 0;

/** The text with every hidden character, tabs and line ends among them, exchanged by what `show` makes of it. */
export const replaceHidden = (text: string, show: (character: string) => string): string =>
  text.replaceAll(hidden, show);

/** The first `most` hidden characters of a file, each with its offset in UTF-16 code units. */
export function findHidden(text: string, most: number): { offset: number; character: string }[] {
  const found: { offset: number; character: string }[] = [];
  for (const match of text.matchAll(hiddenInFile)) {
    if (found.length >= most) break;
    found.push({ offset: match.index, character: match[0] });
  }
  return found;
}

/** `U+202E` */
export function codePointName(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `U+${code}`;
}

/** Looks like an ordinary space and is not one. */
export const isSpaceAlike = (character: string): boolean => /[\p{Zs}\u2800]/u.test(character);
