/** What another number or term of licences comes to, by the prices in the tenant file. */
import { z } from "zod";
import { AMOUNT, costPerYear, sumOf } from "../../core/money.ts";
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
