/** What another number or term of licences comes to, by the prices in the tenant file. */
import { z } from "zod";
import { daysBetween } from "../../core/calendar.ts";
import { AMOUNT, costPerYear, partOf, sumOf } from "../../core/money.ts";
import { fullTermFrom, seriesOf } from "../../core/terms.ts";
import type { Standing } from "../../core/terms.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { day } from "../kit/zod-shapes.ts";

export const price = z.strictObject({
  amount: z.string().regex(AMOUNT).describe("For one licence, excluding VAT."),
  currency: z.string().length(3).describe("ISO 4217."),
  per: z.enum(["month", "year"]),
  asOf: day.describe("Day of the price list."),
});

type Side = DescribedChange["after"];

const priceOf = (side: Side): z.output<typeof price> | undefined =>
  price.safeParse(side?.price).data;

const countOf = (side: Side): number => z.int().safeParse(side?.count).data ?? 0;

/** At the price of now; with another term the old one had a price of its own. */
export function costOf(
  { operation, before, after, changedPaths }: DescribedChange,
  product: string,
): Pick<Description, "cost"> {
  const keys = new Set(changedPaths.map(topLevelKey));
  const isOther = operation !== "update" || keys.has("count") || keys.has("term");
  if (operation === "adopt" || !isOther) return {};
  const is = operation === "delete" ? priceOf(before) : priceOf(after);
  const was = keys.has("term") ? priceOf(before) : is;
  if (is === undefined || was?.currency !== is.currency) return { cost: { product } };
  const perYear = sumOf([
    costPerYear(is, operation === "delete" ? 0 : countOf(after)),
    costPerYear(was, operation === "create" ? 0 : -countOf(before)),
  ]);
  return { cost: { product, price: { perYear, currency: is.currency, asOf: is.asOf } } };
}

/**
 * What all licences of a term come to from its first day to its last; undefined without a price. A first term that ends
 * earlier with another subscription costs as many days of a whole one as it has.
 */
export function totalOf(
  side: Side,
  { start, end }: Pick<Standing, "start" | "end">,
): NonNullable<Description["commitment"]>["total"] {
  const is = priceOf(side);
  if (is === undefined) return undefined;
  const full = fullTermFrom(start, seriesOf(side).term);
  const whole = partOf(costPerYear(is, countOf(side)), full.months, MONTHS_A_YEAR);
  const amount = partOf(whole, daysBetween(start, end), daysBetween(start, full.end));
  return { since: start, amount, currency: is.currency };
}

const MONTHS_A_YEAR = 12;
