/** Building blocks of the page: escaped text, and text in two languages of which one is shown. */
import type { Language } from "../core/language.ts";
import { isolated } from "../core/visible-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text of strangers: visible, escaped, right-to-left pieces isolated; for content and for attributes in quotes. */
export const escapeHtml = (text: string): string =>
  isolated(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** A value of a stranger: escaped, and isolated so that its direction stays its own affair. */
export const value = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`;

/** One thing said in both languages. */
export interface Both {
  readonly nl: string;
  readonly en: string;
}

/** Both languages, each isolated and marked; the style sheet shows the chosen one. Equal texts stand once. */
export function both({ nl, en }: Both, first: Language): string {
  if (nl === en) return value(nl);
  const marked = {
    nl: `<bdi lang=nl>${escapeHtml(nl)}</bdi>`,
    en: `<bdi lang=en>${escapeHtml(en)}</bdi>`,
  };
  return first === "nl" ? marked.nl + marked.en : marked.en + marked.nl;
}
