/** Characters that make a text look different from what it is; letters of right-to-left scripts are not among them. */

/** Controls of text direction: marks, embeddings, overrides, isolates (Unicode Bidi_Control). */
const DIRECTION = "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";
/** C0 and C1 controls. */
const CONTROL = "\\u0000-\\u001F\\u007F-\\u009F";
/** Zero-width space, word joiner, byte order mark in the middle, line and paragraph separator, half a surrogate pair. */
const INVISIBLE = "\\u200B\\u2060\\uFEFF\\u2028\\u2029\\p{Surrogate}";

const hidden = new RegExp(`[${DIRECTION}${CONTROL}${INVISIBLE}]`, "u");
const hiddenInSource = new RegExp(
  `[${DIRECTION}${INVISIBLE}\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]`,
  "gu",
);

/** The first hidden character of a value, as `U+202E`; undefined when there is none. */
export function findHiddenCharacter(value: string): string | undefined {
  const found = hidden.exec(value)?.[0];
  return found === undefined ? undefined : codePointName(found);
}

/** All hidden characters of a file's text with their offsets; line ends and tabs are not among them. */
export function findHiddenCharacters(source: string): { offset: number; name: string }[] {
  return [...source.matchAll(hiddenInSource)].map((match) => ({
    offset: match.index,
    name: codePointName(match[0]),
  }));
}

function codePointName(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}
