import * as z from "zod";
import { isCurrency } from "../../core/i18n/format.ts";
import { AMOUNT } from "../../core/money.ts";
import { sku } from "./sku.ts";
import { calendarDay, shapedAs } from "./values.ts";

const price = z.strictObject({
  amount: z
    .string()
    .check(
      shapedAs((value) => AMOUNT.test(value), {
        message: "Not a valid amount",
        allowed: 'an amount in quotes with a point and at most four decimals, e.g. "20.60"',
      }),
    )
    .meta({ description: "For one licence, excluding VAT, in quotes" }),
  currency: z
    .string()
    .check(
      shapedAs(isCurrency, {
        message: "Not a known currency",
        allowed: "a currency's three-letter code in upper case (ISO 4217), e.g. EUR",
      }),
    )
    .meta({ description: "Three letters (ISO 4217), e.g. EUR" }),
  per: z.enum(["month", "year"]).meta({ description: "What the amount is for" }),
  asOf: calendarDay.meta({ description: "Day of the price list (YYYY-MM-DD)" }),
});

const subscription = z.strictObject({
  sku,
  term: z.enum(["monthly", "annual"]).meta({
    description:
      "annual: committed for 12 months from start, then for 12 more; may rise at once, fall at renewal",
  }),
  start: calendarDay
    .meta({ description: "First day of the term (YYYY-MM-DD); needed for annual" })
    .exactOptional(),
  count: z.int().min(1).meta({ description: "Number of licences, now" }),
  atRenewal: z
    .int()
    .min(0)
    .meta({
      description: "Number of licences from the next renewal on; for annual. 0: not renewed",
    })
    .exactOptional(),
  price: price
    .meta({
      description: "What a licence costs the customer, so that a plan says what it comes to",
    })
    .exactOptional(),
});

export const subscriptions = z.array(subscription).meta({
  title: "Subscriptions",
  description: "Licences bought, one entry a product. Omitted: not managed. []: none.",
});
