/** What a plan costs a month more or less, by the prices in the tenant file and with their day; never guessed. */
import type { Locale } from "../core/i18n/format.ts";
import { perMonth, sumOf } from "../core/money.ts";
import type { Change, Plan } from "../plan/index.ts";

/** One line for each currency, and one for what has no price. Empty where no number of licences changes. */
export function costLines({ changes }: Pick<Plan, "changes">, locale: Locale): string[] {
  const { texts, list, day } = locale;
  const costs = changes.flatMap(({ cost }) => cost ?? []);
  const prices = costs.flatMap(({ price }) => price ?? []);
  const unknown = costs.filter(({ price }) => price === undefined);
  const known = [...Map.groupBy(prices, ({ currency }) => currency)].map(([currency, all]) => {
    const perYear = sumOf(all.map((price) => price.perYear));
    const days = [...new Set(all.map(({ asOf }) => asOf))].sort().map(day);
    return texts.withoutTax(monthly({ perYear, currency }, locale), list(days));
  });
  return [
    ...known,
    ...(unknown.length === 0 ? [] : [texts.noPrice(list(unknown.map(({ product }) => product)))]),
  ];
}

type Amount = Pick<NonNullable<NonNullable<Change["cost"]>["price"]>, "perYear" | "currency">;

/** "€ 20,60 per maand meer" */
export function monthly({ perYear, currency }: Amount, { texts, money }: Locale): string {
  if (perYear === "0") return texts.costsTheSame;
  const isLess = perYear.startsWith("-");
  const amount = money(perMonth(isLess ? perYear.slice(1) : perYear), currency);
  return isLess ? texts.saves(amount) : texts.costs(amount);
}
