/**
 * The terms of a subscription, by days: it runs from its start for twelve months and then renews, again and again.
 * Every function takes the day as `asOf`; what is committed to depends on nothing else.
 * @see https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy (checked 2026-11)
 */
import { addMonths } from "./calendar.ts";
import type { Text } from "./language.ts";
import { en, nl } from "./i18n/phrases.ts";
import { productName } from "./sku-catalogue.ts";

export const ANNUAL_TERM_MONTHS = 12;

export interface Terms {
  readonly sku: string;
  readonly term: "monthly" | "annual";
  /** First day of a term of the series; undefined for a monthly one. */
  readonly start?: string | undefined;
  readonly count: number;
  /** The number from the next renewal on. */
  readonly atRenewal?: number | undefined;
}

interface Term {
  /** First day. */
  readonly start: string;
  /** The day on which it renews: the first one that does not belong to it. */
  readonly end: string;
}

/** The annual term that runs on a day, or the first one where it has not begun; undefined for a monthly one. */
export function currentTerm(
  { term, start }: Pick<Terms, "term" | "start">,
  asOf: string,
): Term | undefined {
  if (term !== "annual" || start === undefined) return undefined;
  // Counted from the first start, so that a term of 29 February ends on that day again in a leap year.
  const nth = (number: number): string => addMonths(start, number * ANNUAL_TERM_MONTHS);
  let number = Math.max(0, Number(asOf.slice(0, 4)) - Number(start.slice(0, 4)) - 1);
  while (nth(number + 1) <= asOf) number += 1;
  return { start: nth(number), end: nth(number + 1) };
}

interface TermRefusal {
  /** The key of the subscription in the tenant file that asks for it. */
  readonly property: "count" | "term" | "start" | "sku";
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
  if (isOpen || renewedAsAgreed(previous, wanted, term)) return [];
  const { end } = term;
  const product = productName(previous.sku);
  const refuse = (property: TermRefusal["property"], message: Text): TermRefusal => ({
    property,
    possibleFrom: end,
    message,
  });

  if (wanted.sku !== previous.sku) {
    return [
      refuse("sku", {
        nl: `${product} kan pas op ${nl.day(end)} een ander product worden: tot dan loopt de jaartermijn`,
        en: `${product} cannot become another product before ${en.day(end)}: its annual term runs until then`,
      }),
    ];
  }
  const refusals: TermRefusal[] = [];
  if (wanted.count < previous.count) {
    refusals.push(
      refuse("count", {
        nl: `${product} kan pas op ${nl.day(end)} van ${previous.count} naar ${wanted.count}: tot dan loopt de jaartermijn. Voor die dag: count: ${previous.count} met atRenewal: ${wanted.count}`,
        en: `${product} cannot fall from ${previous.count} to ${wanted.count} before ${en.day(end)}: its annual term runs until then. For that day write count: ${previous.count} and atRenewal: ${wanted.count}`,
      }),
    );
  }
  if (wanted.term !== previous.term) {
    refusals.push(
      refuse("term", {
        nl: `${product} kan pas op ${nl.day(end)} een maandtermijn krijgen: tot dan loopt de jaartermijn`,
        en: `${product} cannot become monthly before ${en.day(end)}: its annual term runs until then`,
      }),
    );
  } else if (currentTerm(wanted, asOf)?.end !== end) {
    refusals.push(
      refuse("start", {
        nl: `De jaartermijn van ${product} loopt tot ${nl.day(end)} en kan niet verschuiven`,
        en: `The annual term of ${product} runs until ${en.day(end)} and cannot move`,
      }),
    );
  }
  return refusals;
}

/** Why a subscription cannot be dropped on this day; undefined where it can: without a term, and on a term's first day. */
export function dropRefusal(
  previous: Pick<Terms, "sku" | "term" | "start">,
  asOf: string,
): Text | undefined {
  const term = currentTerm(previous, asOf);
  if (term === undefined || asOf <= term.start) return undefined;
  const product = productName(previous.sku);
  return {
    nl: `${product} kan pas op ${nl.day(term.end)} vervallen: tot dan loopt de jaartermijn`,
    en: `${product} cannot be dropped before ${en.day(term.end)}: its annual term runs until then`,
  };
}

/** The file names a later term of the series as the start, with at least the number that was to be from then on. */
function renewedAsAgreed(previous: Terms, wanted: Terms, term: Term): boolean {
  return (
    previous.atRenewal !== undefined &&
    wanted.sku === previous.sku &&
    wanted.term === "annual" &&
    wanted.start === term.start &&
    wanted.start !== previous.start &&
    wanted.count >= previous.atRenewal
  );
}
