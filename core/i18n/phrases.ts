/** What the sentences of `describe` are made of, in Dutch and English. */
import { UNKNOWN } from "../engine-markers.ts";

type Properties = Readonly<Record<string, unknown>>;

/** How one language counts, lists and dates. */
export interface Phrases {
  /** "a, b en c"; from six on the rest is counted: "a, b, c, d en 9 anderen". */
  list(names: readonly string[]): string;
  /** "1 licentie", "1.200 licenties". */
  count(number: number, forms: { readonly one: string; readonly other: string }): string;
  /** Picks the form that goes with the number, without the number. */
  form(number: number, forms: { readonly one: string; readonly other: string }): string;
  /** A calendar day YYYY-MM-DD as "1 maart 2027". */
  day(day: string): string;
  /** Any value for a sentence: what is secret, unknown or empty gets words. */
  value(value: unknown): string;
}

interface Words {
  readonly locale: string;
  readonly others: { readonly one: string; readonly other: string };
  readonly secret: string;
  readonly unknown: string;
  readonly empty: string;
  readonly compound: string;
  readonly yes: string;
  readonly no: string;
}

const MOST_NAMES = 5;

function phrases(words: Words): Phrases {
  const plural = new Intl.PluralRules(words.locale);
  const numbers = new Intl.NumberFormat(words.locale);
  const lists = new Intl.ListFormat(words.locale, { type: "conjunction" });
  const days = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" });
  const self: Phrases = {
    list: (names) => {
      if (names.length <= MOST_NAMES) return lists.format(names);
      const shown = names.slice(0, MOST_NAMES - 1);
      return lists.format([...shown, self.count(names.length - shown.length, words.others)]);
    },
    form: (number, forms) => (plural.select(number) === "one" ? forms.one : forms.other),
    count: (number, forms) => `${numbers.format(number)} ${self.form(number, forms)}`,
    day: (day) => (isDay(day) ? days.format(new Date(`${day}T00:00:00Z`)) : self.value(day)),
    value: (value) => {
      if (value === UNKNOWN) return words.unknown;
      if (value === "[secret]") return words.secret;
      if (value === undefined || value === null || value === "") return words.empty;
      if (typeof value === "boolean") return value ? words.yes : words.no;
      if (typeof value === "number") return numbers.format(value);
      if (Array.isArray(value)) return self.list(value.map((item) => self.value(item)));
      return typeof value === "string" ? `“${value}”` : words.compound;
    },
  };
  return self;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export const nl = phrases({
  locale: "nl-NL",
  others: { one: "ander", other: "anderen" },
  secret: "een geheime waarde",
  unknown: "een waarde die pas bij het uitvoeren bekend is",
  empty: "leeg",
  compound: "een samengestelde waarde",
  yes: "ja",
  no: "nee",
});

export const en = phrases({
  locale: "en-GB",
  others: { one: "other", other: "others" },
  secret: "a secret value",
  unknown: "a value that is only known afterwards",
  empty: "empty",
  compound: "a compound value",
  yes: "yes",
  no: "no",
});

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
