/**
 * What can be bought. Real product ids are not public facts that the emulator could vouch for, so its own are made
 * from the licence; `provisioningId` says which licence of the directory a product brings.
 */
import { createHash } from "node:crypto";
import type { Call, Route } from "../core/workload.ts";
import { skuCatalogue, type Sku } from "../entities/sku-catalogue.ts";
import { availabilityNotFound, invalidInput, productNotFound } from "./errors.ts";

export const TERMS = ["P1M", "P1Y", "P3Y"] as const;
export type TermDuration = (typeof TERMS)[number];

export const BILLING_CYCLES = ["monthly", "annual", "triennial"] as const;
export type BillingCycle = (typeof BILLING_CYCLES)[number];

const SKU_ID = "0001";

function code(sku: Sku, kind: string): string {
  return createHash("sha256")
    .update(`${kind}:${sku.skuId}`)
    .digest("hex")
    .slice(0, 6)
    .toUpperCase();
}

function productId(sku: Sku): string {
  return `CFQ7TT${code(sku, "product")}`;
}

/** `ProductId:SkuId:AvailabilityId`, what an order names. */
export function offerId(sku: Sku): string {
  return `${productId(sku)}:${SKU_ID}:CFQ7TT${code(sku, "availability")}`;
}

/** @throws ServiceFailure 404 for an offer that is not in the catalogue */
export function skuOfOffer(offer: string): Sku {
  const found = skuCatalogue.find((sku) => offerId(sku) === offer);
  if (found === undefined) throw availabilityNotFound();
  return found;
}

function toProduct(sku: Sku): Record<string, unknown> {
  return {
    id: productId(sku),
    title: sku.skuPartNumber,
    description: sku.skuPartNumber,
    productType: { id: "OnlineServicesNCE", displayName: "OnlineServicesNCE" },
    isMicrosoftProduct: true,
    publisherName: "Microsoft Corporation",
  };
}

function toSku(sku: Sku): Record<string, unknown> {
  return {
    id: SKU_ID,
    productId: productId(sku),
    title: sku.skuPartNumber,
    minimumQuantity: 1,
    maximumQuantity: 2_147_483_647,
    isTrial: false,
    supportedBillingCycles: BILLING_CYCLES,
    dynamicAttributes: { isMicrosoftProduct: true, provisioningId: sku.skuId },
  };
}

function toAvailability(sku: Sku): Record<string, unknown> {
  const id = offerId(sku);
  return {
    id: id.split(":")[2],
    productId: productId(sku),
    skuId: SKU_ID,
    catalogItemId: id,
    defaultCurrency: { code: "EUR", symbol: "€" },
    country: "NL",
    isPurchasable: true,
    terms: TERMS.flatMap((duration) =>
      BILLING_CYCLES.filter((cycle) => isCycleWithin(cycle, duration)).map((billingCycle) => ({
        duration,
        billingCycle,
      })),
    ),
  };
}

export function isCycleWithin(cycle: BillingCycle, term: TermDuration): boolean {
  return BILLING_CYCLES.indexOf(cycle) <= TERMS.indexOf(term);
}

export function collection(items: readonly unknown[]): Record<string, unknown> {
  return { totalCount: items.length, items, attributes: { objectType: "Collection" } };
}

function requireCountry(call: Call): void {
  if (call.query.get("country") === null) throw invalidInput("country is required.");
}

function requireProduct(call: Call): Sku {
  const found = skuCatalogue.find((sku) => productId(sku) === call.params.product);
  if (found === undefined) throw productNotFound();
  return found;
}

export const catalogueRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/products",
    handle: (call) => {
      requireCountry(call);
      return { status: 200, body: collection(skuCatalogue.map(toProduct)) };
    },
  },
  {
    method: "GET",
    path: "/v1/products/:product/skus",
    handle: (call) => {
      requireCountry(call);
      return { status: 200, body: collection([toSku(requireProduct(call))]) };
    },
  },
  {
    method: "GET",
    path: "/v1/products/:product/skus/:sku/availabilities",
    handle: (call) => {
      requireCountry(call);
      return { status: 200, body: collection([toAvailability(requireProduct(call))]) };
    },
  },
];
