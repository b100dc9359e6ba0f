/** What the sentences of `describe` are made of, in Dutch and English. */
import { UNKNOWN } from "../engine-markers.ts";
import type { Language } from "../language.ts";
import { isDay, localeOf } from "./format.ts";
import type { Locale } from "./format.ts";

type Properties = Readonly<Record<string, unknown>>;

/** A language as sentences need it: long lists are cut, and what is secret, unknown or empty gets words. */
export interface Phrases extends Pick<Locale, "count" | "form" | "storage"> {
  /** "a, b en c"; from six on the rest is counted: "a, b, c, d en 9 anderen". */
  list(names: readonly string[]): string;
  /** A calendar day YYYY-MM-DD as "1 maart 2027"; anything else as `value` says it. */
  day(day: string): string;
  /** Any value for a sentence. */
  value(value: unknown): string;
}

const MOST_NAMES = 5;

function phrasesOf(language: Language): Phrases {
  const { texts, number, count, form, list, day, storage } = localeOf(language);
  const { others, secret, unknown, compound } = texts.inSentences;
  const listed = (names: readonly string[]): string => {
    if (names.length <= MOST_NAMES) return list(names);
    const shown = names.slice(0, MOST_NAMES - 1);
    return list([...shown, count(names.length - shown.length, others)]);
  };
  const value = (one: unknown): string => {
    if (one === UNKNOWN) return unknown;
    if (one === "[secret]") return secret;
    const isEmpty = one === "" || (Array.isArray(one) && one.length === 0);
    if (isEmpty || one === undefined || one === null) return texts.empty;
    if (typeof one === "boolean") return one ? texts.yes : texts.no;
    if (typeof one === "number") return number(one);
    if (Array.isArray(one)) return listed(one.map(value));
    return typeof one === "string" ? `“${one}”` : compound;
  };
  return {
    list: listed,
    count,
    form,
    storage,
    day: (text) => (isDay(text) ? day(text) : value(text)),
    value,
  };
}

export const nl = phrasesOf("nl");
export const en = phrasesOf("en");

/** A text property of either side of a change; empty where it is missing or not known yet. */
export function text(properties: Properties | undefined, key: string): string {
  const value = properties?.[key];
  return typeof value === "string" && value !== UNKNOWN ? value : "";
}

/** A list of texts of either side of a change; empty where it is missing or not known yet. */
export function texts(properties: Properties | undefined, key: string): string[] {
  const value = properties?.[key];
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === "string" && item !== UNKNOWN) as string[];
}

/** A list of objects of either side of a change; empty where it is missing or not known yet. */
export function objects(properties: Properties | undefined, key: string): Properties[] {
  const value = properties?.[key];
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === "object" && item !== null) as Properties[];
}

/** An object of either side of a change; undefined where it is missing or not known yet. */
export function object(properties: Properties | undefined, key: string): Properties | undefined {
  const value = properties?.[key];
  return typeof value === "object" && value !== null ? (value as Properties) : undefined;
}

/** What one list has and the other has not. */
export function listChange<T>(
  before: readonly T[],
  after: readonly T[],
): { added: T[]; removed: T[] } {
  return {
    added: after.filter((item) => !before.includes(item)),
    removed: before.filter((item) => !after.includes(item)),
  };
}

/** Parts of a sentence that are there, joined; undefined where there are none. */
export function clauses(parts: readonly (string | false | undefined)[]): string | undefined {
  const present = parts.filter((part) => typeof part === "string" && part !== "");
  return present.length === 0 ? undefined : present.join("; ");
}
