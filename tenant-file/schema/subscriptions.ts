import * as z from "zod";
import { sku } from "./sku.ts";
import { calendarDay } from "./values.ts";

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
});

export const subscriptions = z.array(subscription).meta({
  title: "Subscriptions",
  description: "Licences bought, one entry a product. Omitted: not managed. []: none.",
});
