/** The languages of the product, and one text in both. */

export const LANGUAGES = ["nl", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in the two languages of the product. */
export interface Text {
  readonly nl: string;
  readonly en: string;
}

/** In both languages, or in English only where no customer reads it. */
export type Sentence = string | Text;

/** One text in both languages where only one text can go: a line each, English first, for the engine's own output. */
export const inTwoLines = ({ en, nl }: Text): string => `${en}\n${nl}`;

/** What `inTwoLines` made; one line alone is the text in both. */
export function fromTwoLines(lines: string): Text {
  const [en = "", nl = en] = lines.split("\n");
  return { nl, en };
}

export const sentenceIn = (sentence: Sentence, language: Language): string =>
  typeof sentence === "string" ? sentence : sentence[language];
