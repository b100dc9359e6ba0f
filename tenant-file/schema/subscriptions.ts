import * as z from "zod";
import { isCurrency } from "../../core/i18n/format.ts";
import { AMOUNT } from "../../core/money.ts";
import { TERM_ENDS, TERMS } from "../../core/terms.ts";
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
  term: z.enum(TERMS).meta({
    description:
      "annual and triennial: committed for 12 or 36 months from start; may rise at once, fall where the term ends",
  }),
  billingCycle: z
    .enum(TERMS)
    .meta({ description: "How often it is paid; not longer than the term" })
    .exactOptional(),
  start: calendarDay
    .meta({ description: "First day of a term (YYYY-MM-DD); needed for annual and triennial" })
    .exactOptional(),
  customTermEndDate: calendarDay
    .meta({
      description:
        "Last day of the first term, where it ends with a month or with another subscription (YYYY-MM-DD)",
    })
    .exactOptional(),
  count: z.int().min(1).meta({ description: "Number of licences, now" }),
  atRenewal: z
    .int()
    .min(0)
    .meta({
      description:
        "Number of licences once the term that start names has ended; for annual and triennial. 0: not renewed",
    })
    .exactOptional(),
  atTermEnd: z
    .enum(TERM_ENDS)
    .meta({
      description:
        "What happens where the term that start names ends: renew, stop, or extend (by the month, dearer). Omitted: as licensePartner says",
    })
    .exactOptional(),
  cancellationAllowedUntil: calendarDay
    .meta({
      description:
        "Last day on which the licence partner takes licences back, as it shows it; never reckoned",
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
