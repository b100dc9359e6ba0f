/**
 * Licences bought, by the month or for one or three years. Graph shows them and cannot buy: the order goes to the licence
 * partner, and this resource refuses until it has arrived.
 * @see https://learn.microsoft.com/graph/api/subscribedsku-list (v1.0, checked 2026-11)
 * @see https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy (checked 2026-11)
 */
import { z } from "zod";
import { calendar } from "../../core/calendar.ts";
import { defineResource } from "../kit/define.ts";
import type { CheckFailure } from "../kit/define.ts";
import { en } from "../../core/i18n/phrases.ts";
import { productName } from "../../core/sku-catalogue.ts";
import {
  currentTerm,
  dropRefusal,
  refusalsOfTerms,
  TERM_ENDS,
  TERM_MONTHS,
  TERMS,
} from "../../core/terms.ts";
import { RefusedError } from "../kit/refusal.ts";
import { day } from "../kit/zod-shapes.ts";
import { describeSubscription } from "./describe-subscription.ts";
import { price } from "./subscription-cost.ts";
import { readSubscribedSkus } from "./subscribed-skus.ts";
import type { SubscribedSku } from "./subscribed-skus.ts";

const inputs = z.strictObject({
  sku: z.string().min(1).describe("Product as skuPartNumber, such as SPB."),
  term: z.enum(TERMS),
  billingCycle: z.enum(TERMS).optional().describe("How often it is paid, as agreed."),
  start: day.optional().describe("First day of a term that commits, YYYY-MM-DD."),
  customTermEndDate: day
    .optional()
    .describe("Last day of the first term, where it ends with a month or another subscription."),
  count: z.int().min(0).describe("Licences bought."),
  atRenewal: z
    .int()
    .min(0)
    .optional()
    .describe("Licences once the term that `start` names has ended."),
  atTermEnd: z.enum(TERM_ENDS).optional().describe("What happens where that term ends."),
  partnerAtTermEnd: z
    .enum(TERM_ENDS)
    .optional()
    .describe("What the licence partner does where a term ends of which nothing else is said."),
  cancellationAllowedUntil: day
    .optional()
    .describe("Last day on which the licence partner takes licences back, as it says."),
  price: price
    .optional()
    .describe("What a licence costs the customer: for the plan, never written anywhere."),
});

const outputs = z.object({
  skuId: z.string().describe("Product as Graph's GUID."),
  committedUntil: day
    .optional()
    .describe("Day before which the count of a running term cannot fall."),
});

type Inputs = z.output<typeof inputs>;

const outputsOf = (sku: SubscribedSku, declared: Inputs | undefined): z.output<typeof outputs> => {
  const committedUntil =
    declared === undefined ? undefined : currentTerm(declared, calendar.today())?.end;
  return { skuId: sku.skuId, ...(committedUntil === undefined ? {} : { committedUntil }) };
};

export const subscription = defineResource({
  token: "m365:licensing:Subscription",
  summary: "Licences bought from the licence partner, with their term.",
  inputs,
  outputs,
  permissions: { read: ["Organization.Read.All"], write: [] },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/subscribedsku-list", checked: "2026-11-22" },
    {
      url: "https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy",
      checked: "2026-11-22",
    },
  ],
  limits: [
    {
      name: "annualTermMonths",
      value: TERM_MONTHS.annual,
      source:
        "https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy",
      checked: "2026-11-22",
    },
  ],
  replaceOn: ["sku"],
  // The agreement with the partner, not what Graph shows.
  writeOnly: [
    ...(["term", "billingCycle", "start", "customTermEndDate", "atRenewal"] as const),
    ...(["atTermEnd", "partnerAtTermEnd", "cancellationAllowedUntil", "price"] as const),
  ],
  // Another price list alone is nothing to decide on, and neither is what the partner's portal shows.
  annotations: ["price", "cancellationAllowedUntil"],
  minimums: ["count"],

  // Units beyond the declared ones are trials or other orders, and nothing to plan for.
  managed: (found, declared) => ({
    ...found,
    count: Math.min(found.count ?? 0, declared.count),
  }),

  validate(wanted, previous): readonly CheckFailure[] {
    const failures: CheckFailure[] = [];
    if (wanted.term !== "monthly" && wanted.start === undefined) {
      failures.push({ property: "start", reason: "is required for a term that commits" });
    }
    if (previous === undefined) return failures;
    const { cancellationAllowedUntil } = wanted;
    const today = { asOf: calendar.today(), cancellationAllowedUntil };
    const refusals = refusalsOfTerms(previous, wanted, today);
    failures.push(...refusals.map(({ property, message }) => ({ property, reason: message.en })));
    return failures;
  },

  async read(context, { id, previous }) {
    const sku = (await readSubscribedSkus(context.service)).find((entry) => entry.id === id);
    if (sku === undefined) return undefined;
    return {
      id,
      // An import starts from a month at a time; the term that was agreed on is the partner's to know.
      inputs: {
        sku: sku.skuPartNumber,
        term: "monthly" as const,
        count: sku.prepaidUnits.enabled,
      },
      outputs: outputsOf(sku, previous),
    };
  },

  async reconcile(context, { wanted }) {
    const bought = await readSubscribedSkus(context.service);
    const sku = bought.find(({ skuPartNumber }) => skuPartNumber === wanted.sku);
    const available = sku?.prepaidUnits.enabled ?? 0;
    if (sku === undefined || available < wanted.count) {
      const name = `${productName(wanted.sku)} (${wanted.sku})`;
      throw new RefusedError({
        code: "licenses-not-bought",
        message: `The tenant has ${en.count(available, { one: "licence", other: "licences" })} for ${name}, ${wanted.count} are declared`,
        hint:
          wanted.atRenewal !== undefined && available >= wanted.atRenewal
            ? `If it has renewed with ${available}, write the new start and that count, without atRenewal, and plan again.`
            : `Order ${wanted.count - available} more from the licence partner; an order may take 15 minutes to arrive. Then apply again.`,
      });
    }
    return { id: sku.id, outputs: outputsOf(sku, wanted) };
  },

  async remove(_context, { previous }) {
    const refusal = dropRefusal(previous, calendar.today());
    if (refusal === undefined) return;
    throw new RefusedError({
      code: "commitment-running",
      message: refusal.en,
      hint: "Keep the subscription in the tenant file until that day; `atRenewal: 0` says that it ends then.",
    });
  },

  describe: describeSubscription,
});
