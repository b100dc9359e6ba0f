/** Characters that make a text look different from what it is; letters of right-to-left scripts are not among them. */

/** Controls of text direction: marks, embeddings, overrides, isolates (Unicode Bidi_Control). */
const DIRECTION = "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";
/** C0 and C1 controls without tab and line ends. */
const CONTROL = "\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F";
/** Zero-width space, word joiner, byte order mark in the middle, line and paragraph separator, half a surrogate pair. */
const INVISIBLE = "\\u200B\\u2060\\uFEFF\\u2028\\u2029\\p{Surrogate}";

const hidden = new RegExp(`[${DIRECTION}${INVISIBLE}${CONTROL}]`, "gu");

/** Whether a value holds a hidden character; in a value tabs and line ends are hidden too. */
export function hasHiddenCharacter(value: string): boolean {
  return value.search(hidden) >= 0 || /[\t\n\r]/.test(value);
}

/** All hidden characters of a text with their offsets, named like `U+202E`; tabs and line ends are not among them. */
export function findHiddenCharacters(text: string): { offset: number; name: string }[] {
  return [...text.matchAll(hidden)].map((match) => {
    const codePoint = match[0].codePointAt(0) ?? 0;
    const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
    return { offset: match.index, name };
  });
}
