/** Numbers, dates, plurals and lists of each language: the only place that formats with Intl. */
import type { Language } from "../language.ts";
import { siteLanguageOf } from "../windows-languages.ts";
import { en } from "./en.ts";
import { nl } from "./nl.ts";
import type { Forms, Texts } from "./nl.ts";

/** Everything that depends on the language. */
export interface Locale {
  readonly language: Language;
  readonly texts: Texts;
  readonly number: (value: number) => string;
  /** A share between 0 and 1 as "20%". */
  readonly percent: (share: number) => string;
  /** A decimal text such as "20.6" as "€ 20,60", rounded to what the currency has. */
  readonly money: (amount: string, currency: string) => string;
  /** "1 licentie", "1.200 licenties". */
  readonly count: (value: number, forms: Forms) => string;
  /** The form that goes with the number, without the number. */
  readonly form: (value: number, forms: Forms) => string;
  /** A calendar day YYYY-MM-DD as "1 februari 2027". */
  readonly day: (day: string) => string;
  /** An instant with its time zone. */
  readonly instant: (instant: Date) => string;
  /** Name of a country, from its two letters. */
  readonly country: (code: string) => string;
  /** Name of the language with this Windows language id (LCID), else the id. */
  readonly windowsLanguage: (lcid: number) => string;
  /** Megabytes as "5 GB", in the largest unit that says it exactly. */
  readonly storage: (megabytes: number) => string;
  /** "a, b en c". */
  readonly list: (items: readonly string[]) => string;
  /** "a, b of c". */
  readonly either: (items: readonly string[]) => string;
}

/** Where the customers are; a date without a zone means nothing to them. */
const TIME_ZONE = "Europe/Amsterdam";

const MEGABYTES_IN = [
  ["TB", 1024 * 1024],
  ["GB", 1024],
] as const;

const TEXTS: Readonly<Record<Language, Texts>> = { nl, en };

/** Of people's names: the same in every language, so that the two stand side by side. */
export const NAME_ORDER = new Intl.Collator("nl");

function makeLocale(language: Language): Locale {
  const texts = TEXTS[language];
  const plural = new Intl.PluralRules(texts.locale);
  const numbers = new Intl.NumberFormat(texts.locale);
  const shares = new Intl.NumberFormat(texts.locale, { style: "percent" });
  const days = new Intl.DateTimeFormat(texts.locale, { dateStyle: "long", timeZone: "UTC" });
  const instants = new Intl.DateTimeFormat(texts.locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone: TIME_ZONE,
  });
  const lists = new Intl.ListFormat(texts.locale, { type: "conjunction" });
  const alternatives = new Intl.ListFormat(texts.locale, { type: "disjunction" });
  const form = (value: number, forms: Forms): string =>
    plural.select(value) === "one" ? forms.one : forms.other;
  const languages = new Intl.DisplayNames(texts.locale, { type: "language" });
  const countries = new Intl.DisplayNames(texts.locale, { type: "region" });
  return {
    language,
    texts,
    number: (value) => numbers.format(value),
    percent: (share) => shares.format(share),
    money: (amount, currency) =>
      new Intl.NumberFormat(texts.locale, { style: "currency", currency })
        .format(amount as Intl.StringNumericLiteral)
        // Spaces that only look like one are shown as what they are.
        .replaceAll(/\s/g, " "),
    count: (value, forms) => `${numbers.format(value)} ${form(value, forms)}`,
    form,
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    instant: (instant) => instants.format(instant),
    country: (code) => countries.of(code) ?? code,
    windowsLanguage: (lcid) => {
      const tag = siteLanguageOf(lcid);
      return tag === undefined ? String(lcid) : (languages.of(tag) ?? tag);
    },
    storage: (megabytes) => {
      const [unit, size] = MEGABYTES_IN.find(([, whole]) => megabytes % whole === 0) ?? ["MB", 1];
      return `${numbers.format(megabytes / size)} ${unit}`;
    },
    list: (items) => lists.format(items),
    either: (items) => alternatives.format(items),
  };
}

const LOCALES: Readonly<Record<Language, Locale>> = { nl: makeLocale("nl"), en: makeLocale("en") };

export const localeOf = (language: Language): Locale => LOCALES[language];

/** Whether the text is a calendar day that exists, such as 2027-02-01. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Whether the text is the code of a currency (ISO 4217), such as EUR. */
export const isCurrency = (text: string): boolean => CURRENCIES.has(text);
