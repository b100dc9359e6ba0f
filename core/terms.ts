/**
 * The terms of a subscription, by days: it runs from its start for one, twelve or thirty-six months, and what happens then
 * is the licence partner's doing, which the tenant file says. Every function takes the day as `asOf`; what is committed
 * to depends on nothing else.
 * @see https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy (checked 2026-11)
 * @see https://learn.microsoft.com/partner-center/customers/extended-service-terms (as copied elsewhere, 2026-11)
 * @see https://learn.microsoft.com/partner-center/developer/custom-term-end-dates (checked 2026-11-28)
 */
import { z } from "zod";
import { addDays, addMonths, dayIn } from "./calendar.ts";
import type { Text } from "./language.ts";
import { en, nl } from "./i18n/phrases.ts";
import { productName } from "./sku-catalogue.ts";

export const TERM_MONTHS = { monthly: 1, annual: 12, triennial: 36 } as const;

export type TermLength = keyof typeof TERM_MONTHS;

export const TERMS = Object.keys(TERM_MONTHS) as [TermLength, ...TermLength[]];

/** What happens where a term ends: it renews, it stops, or it goes on by the month as an extended service term. */
export const TERM_ENDS = ["renew", "stop", "extend"] as const;

export type TermEnd = (typeof TERM_ENDS)[number];

export interface Series {
  readonly term: TermLength;
  /** First day of a term of the series; undefined for a monthly one. */
  readonly start?: string | undefined;
  /** Last day of the first term, where it ends with a month or with another subscription. */
  readonly customTermEndDate?: string | undefined;
  /** The number once the term that `start` names has ended; 0 where it was given notice of. */
  readonly atRenewal?: number | undefined;
  /** Where the term that `start` names ends. */
  readonly atTermEnd?: TermEnd | undefined;
  /** Where any term ends, at this licence partner, of which nothing else is said. */
  readonly partnerAtTermEnd?: TermEnd | undefined;
}

export interface Terms extends Series {
  readonly sku: string;
  readonly count: number;
}

/** The series of a subscription whose properties are known as JSON only; what is not understood is left out. */
export function seriesOf(properties: Readonly<Record<string, unknown>> | undefined): Series {
  const known = seriesShape.safeParse(properties);
  return known.success ? known.data : { term: "monthly" };
}

const oneEnd = z.enum(TERM_ENDS).optional().catch(undefined);
const oneDay = z.iso.date().optional().catch(undefined);
const seriesShape = z.object({
  term: z.enum(TERMS),
  start: oneDay,
  customTermEndDate: oneDay,
  atRenewal: z.int().optional().catch(undefined),
  atTermEnd: oneEnd,
  partnerAtTermEnd: oneEnd,
});

interface Term {
  /** First day. */
  readonly start: string;
  /** The day on which it renews: the first one that does not belong to it. */
  readonly end: string;
}

export interface Standing extends Term {
  /** Ended: it has stopped on `end`. Extended: since `end` it goes on by the month. */
  readonly phase: "running" | "extended" | "ended";
  /** What happens on `end`; undefined where nobody has said. */
  readonly next: TermEnd | undefined;
  /** It is the term that the file's `start` names, of which `atRenewal` and `atTermEnd` speak. */
  readonly isNamed: boolean;
}

/**
 * The term that runs on a day, the first one where it has not begun, or the last one; undefined for a monthly one. What
 * is said of an end is said of the term that `start` names: a partner that has to be told each time is told each time.
 */
export function standingOf(series: Series, asOf: string): Standing | undefined {
  const { term, start, customTermEndDate } = series;
  if (term === "monthly" || start === undefined) return undefined;
  // Counted from the first end, so that a term of 29 February ends on that day again in a leap year.
  const nth = (number: number): string =>
    number === 0
      ? start
      : customTermEndDate === undefined
        ? addMonths(start, number * TERM_MONTHS[term])
        : addMonths(addDays(customTermEndDate, 1), (number - 1) * TERM_MONTHS[term]);
  for (let number = 0; ; number += 1) {
    const [from, end] = [nth(number), nth(number + 1)];
    const isNamed = number === 0;
    const next = endOf(series, isNamed);
    if (asOf < end) return { start: from, end, phase: "running", next, isNamed };
    if (next === "stop") return { start: from, end, phase: "ended", next, isNamed };
    if (next === "extend") return { start: from, end, phase: "extended", next, isNamed };
  }
}

function endOf(
  { atRenewal, atTermEnd, partnerAtTermEnd }: Series,
  isNamed: boolean,
): TermEnd | undefined {
  if (!isNamed) return partnerAtTermEnd ?? atTermEnd;
  return atRenewal === 0 ? "stop" : (atTermEnd ?? partnerAtTermEnd);
}

/** The term that commits on a day, or the first one where it has not begun; undefined where nothing does. */
export function currentTerm(series: Series, asOf: string): Term | undefined {
  const standing = standingOf(series, asOf);
  if (standing?.phase !== "running") return undefined;
  return { start: standing.start, end: standing.end };
}

/** A term of whole length that starts on this day. */
export const fullTermFrom = (
  start: string,
  term: TermLength,
): { readonly months: number; readonly end: string } => ({
  months: TERM_MONTHS[term],
  end: addMonths(start, TERM_MONTHS[term]),
});

/**
 * The last whole day on which the licence partner takes a change for a renewal: it takes none in the 24 hours before, and
 * the renewal begins at 00:00 UTC.
 * @param end day on which the term renews
 * @param country whose days are meant
 * @see https://learn.microsoft.com/partner-center/developer/create-scheduled-changes (2026-11); the 24 hours: partners
 */
export function lastChangeDay(end: string, country: string): string {
  const locked = new Date(Date.parse(`${end}T00:00:00Z`) - LOCK_MS);
  return addDays(dayIn(country, locked), -1);
}

const LOCK_MS = 24 * 60 * 60 * 1000;

/** Where the customers are whose country nobody gives here; as `calendar.today`. */
const COUNTRY = "NL";

/** What people call the length, where it commits. */
const TERM_WORDS: Readonly<Record<TermLength, Text>> = {
  monthly: { nl: "maandtermijn", en: "monthly term" },
  annual: { nl: "jaartermijn", en: "annual term" },
  triennial: { nl: "driejaarstermijn", en: "three-year term" },
};

interface TermRefusal {
  /** The key of the subscription in the tenant file that asks for it. */
  readonly property: "count" | "term" | "start" | "sku" | "atRenewal" | "atTermEnd";
  /** The first day on which it can be done. */
  readonly possibleFrom: string;
  /** What is not possible, until when, and what to write instead. */
  readonly message: Text;
}

interface Today {
  readonly asOf: string;
  /**
   * Last day on which the service takes licences back, from its `cancellationAllowedUntilDate`; never worked out
   * here, because a subscription can inherit a window that has closed.
   */
  readonly cancellationAllowedUntil?: string | undefined;
}

/**
 * Why a subscription cannot become what is wanted on this day. Without a word from the service a term can be
 * changed on its first day only, the day on which it renews.
 */
export function refusalsOfTerms(previous: Terms, wanted: Terms, today: Today): TermRefusal[] {
  const { asOf, cancellationAllowedUntil = "" } = today;
  const term = currentTerm(previous, asOf);
  const isOpen = term === undefined || asOf <= term.start || asOf <= cancellationAllowedUntil;
  const renewal = renewalRefusals(previous, wanted, asOf);
  if (isOpen || renewedAsAgreed(previous, wanted, term)) return renewal;
  const { end } = term;
  const product = productName(previous.sku);
  const word = TERM_WORDS[previous.term];
  const refuse = (property: TermRefusal["property"], message: Text): TermRefusal => ({
    property,
    possibleFrom: end,
    message,
  });

  if (wanted.sku !== previous.sku) {
    return [
      refuse("sku", {
        nl: `${product} kan pas op ${nl.day(end)} een ander product worden: tot dan loopt de ${word.nl}`,
        en: `${product} cannot become another product before ${en.day(end)}: its ${word.en} runs until then`,
      }),
    ];
  }
  const refusals: TermRefusal[] = [...renewal];
  if (wanted.count < previous.count) {
    refusals.push(
      refuse("count", {
        nl: `${product} kan pas op ${nl.day(end)} van ${previous.count} naar ${wanted.count}: tot dan loopt de ${word.nl}. Voor die dag: count: ${previous.count} met atRenewal: ${wanted.count}`,
        en: `${product} cannot fall from ${previous.count} to ${wanted.count} before ${en.day(end)}: its ${word.en} runs until then. For that day write count: ${previous.count} and atRenewal: ${wanted.count}`,
      }),
    );
  }
  if (wanted.term !== previous.term) {
    refusals.push(
      refuse("term", {
        nl: `${product} kan pas op ${nl.day(end)} een ${TERM_WORDS[wanted.term].nl} krijgen: tot dan loopt de ${word.nl}`,
        en: `${product} cannot get ${wanted.term === "annual" ? "an" : "a"} ${TERM_WORDS[wanted.term].en} before ${en.day(end)}: its ${word.en} runs until then`,
      }),
    );
  } else if (renewal.length === 0 && currentTerm(wanted, asOf)?.end !== end) {
    refusals.push(
      refuse("start", {
        nl: `De ${word.nl} van ${product} loopt tot ${nl.day(end)} en kan niet verschuiven`,
        en: `The ${word.en} of ${product} runs until ${en.day(end)} and cannot move`,
      }),
    );
  }
  return refusals;
}

/** Why a subscription cannot be dropped on this day; undefined where it can: without a term, and on a term's first day. */
export function dropRefusal(previous: Omit<Terms, "count">, asOf: string): Text | undefined {
  const term = currentTerm(previous, asOf);
  if (term === undefined || asOf <= term.start) return undefined;
  const product = productName(previous.sku);
  const word = TERM_WORDS[previous.term];
  return {
    nl: `${product} kan pas op ${nl.day(term.end)} vervallen: tot dan loopt de ${word.nl}`,
    en: `${product} cannot be dropped before ${en.day(term.end)}: its ${word.en} runs until then`,
  };
}

/** The file names a later term of the series as the start, with at least the number that was to be from then on. */
function renewedAsAgreed(previous: Terms, wanted: Terms, term: Term): boolean {
  return (
    previous.atRenewal !== undefined &&
    wanted.sku === previous.sku &&
    wanted.term === previous.term &&
    wanted.start === term.start &&
    wanted.start !== previous.start &&
    wanted.count >= previous.atRenewal
  );
}

/** Why the number for a renewal cannot become what is wanted: of a term that is over, or too near to the renewal. */
function renewalRefusals(previous: Terms, wanted: Terms, asOf: string): TermRefusal[] {
  const property = (["atRenewal", "atTermEnd"] as const).find(
    (key) => wanted[key] !== previous[key],
  );
  if (property === undefined || wanted.start !== previous.start) return [];
  const standing = standingOf(previous, asOf);
  if (standing === undefined) return [];
  const { start, end, isNamed } = standing;
  const product = productName(previous.sku);
  if (!isNamed) {
    return wanted[property] === undefined
      ? []
      : [
          {
            ...{ property, possibleFrom: asOf },
            message: {
              nl: `${product} is intussen verlengd: schrijf bij ${property} ook start: ${start}`,
              en: `${product} has renewed since: with ${property} also write start: ${start}`,
            },
          },
        ];
  }
  // What the partner does by itself is not asked of it.
  if (property === "atTermEnd") return [];
  const last = lastChangeDay(end, COUNTRY);
  if (asOf <= last || asOf >= end) return [];
  const later = standingOf({ ...previous, atRenewal: undefined, atTermEnd: "renew" }, end);
  const next = later?.end ?? end;
  return [
    {
      ...{ property, possibleFrom: end },
      message: {
        nl: `Voor de verlenging van ${product} op ${nl.day(end)} kon dit tot en met ${nl.day(last)}: de licentiepartner neemt in de laatste 24 uur (UTC) niets meer aan. Na de verlenging kan het tot de dag die de partner noemt (cancellationAllowedUntil), en dan pas op ${nl.day(next)}`,
        en: `For the renewal of ${product} on ${en.day(end)} this was possible until ${en.day(last)}: the licence partner takes nothing in the last 24 hours (UTC). After the renewal it is possible until the day that the partner names (cancellationAllowedUntil), and then not before ${en.day(next)}`,
      },
    },
  ];
}
