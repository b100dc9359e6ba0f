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

export const sentenceIn = (sentence: Sentence, language: Language): string =>
  typeof sentence === "string" ? sentence : sentence[language];
