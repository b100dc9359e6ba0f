/** An order as a person sends it to the licence partner, in the customer's language: nothing but what was planned. */
import { wordOf } from "../core/i18n/labels.ts";
import { localeOf } from "../core/i18n/format.ts";
import type { Language } from "../core/language.ts";
import type { TermLength } from "../core/terms.ts";

interface OrderLine {
  readonly sku: string;
  readonly product: string;
  /** Licences before and after; the same where only the renewal changes. */
  readonly countBefore: number;
  readonly countAfter: number;
  /** Undefined for what is dropped: the file no longer has it. */
  readonly term: TermLength | undefined;
  readonly billingCycle: TermLength | undefined;
  /** First day, where the file has one. */
  readonly start: string | undefined;
  readonly customTermEndDate: string | undefined;
  /** Day on which the term ends, and the number from then on where it is another one. */
  readonly until: string | undefined;
  readonly atRenewal: number | undefined;
}

export interface OrderToSend {
  readonly partner: string;
  readonly customer: {
    readonly displayName: string;
    readonly tenantId: string;
    readonly initialDomain: string;
  };
  readonly customerAgreement: { readonly agreedBy: string; readonly dateAgreed: string };
  /** Of the plan that asks for it. */
  readonly digest: string;
  /** Empty where the plan changes nothing that was bought. */
  readonly lines: readonly OrderLine[];
}

export function renderOrder(order: OrderToSend, language: Language): string {
  const { customer, customerAgreement: agreed } = order;
  const { day, texts } = localeOf(language);
  const words = texts.order;
  return [
    words.to(order.partner),
    words.customer(customer.displayName, customer.initialDomain, customer.tenantId),
    words.agreed(agreed.agreedBy, day(agreed.dateAgreed)),
    ...(order.lines.length === 0
      ? [words.nothing]
      : order.lines.map((line) => `- ${lineOf(line, language)}`)),
    words.plan(order.digest),
  ].join("\n");
}

function lineOf(line: OrderLine, language: Language): string {
  const { day, number, texts } = localeOf(language);
  const words = texts.order;
  const { countBefore: was, countAfter: is, atRenewal, until } = line;
  const word = (term: string): string => wordOf("term", term)?.[language] ?? term;
  const parts = [
    was === is ? words.stays(number(is)) : words.count(number(was), number(is)),
    ...(line.term === undefined ? [] : [words.term(word(line.term))]),
    ...(line.billingCycle === undefined ? [] : [words.paid(word(line.billingCycle))]),
    ...(line.start === undefined ? [] : [words.from(day(line.start))]),
    ...(line.customTermEndDate === undefined ? [] : [words.firstTo(day(line.customTermEndDate))]),
    ...(atRenewal === undefined || until === undefined
      ? []
      : [words.atRenewal(day(until), number(atRenewal))]),
  ];
  return `${line.product} (${line.sku}): ${parts.join(", ")}`;
}
