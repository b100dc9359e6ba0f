/** Licences of a person or group, in the product's words (skuPartNumber) and in Graph's (GUIDs). */
import { z } from "zod";
import type { ResourceContext } from "../kit/define.ts";
import { en } from "../../core/i18n/phrases.ts";
import { productName } from "../../core/sku-catalogue.ts";
import { RefusedError } from "../kit/refusal.ts";
import { keyedSetOf } from "../kit/zod-shapes.ts";
import { products } from "./subscribed-skus.ts";

const license = z.strictObject({
  sku: z.string().min(1).describe("Product as skuPartNumber, such as SPB."),
  disabledPlans: z
    .array(z.string())
    .default([])
    .overwrite((plans) => [...new Set(plans)].sort())
    .describe("Service plans of the product that are switched off, by servicePlanName."),
});

export const licenseSet = keyedSetOf(license, ({ sku }) => sku);
export type License = z.output<typeof license>;

/** A licence as `assignLicense` takes it and `assignedLicenses` gives it. */
export interface AssignedLicense {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

/** Graph's GUIDs for what was declared; refuses what the tenant has not bought. */
export async function toAssigned(
  context: ResourceContext,
  licenses: readonly License[],
): Promise<AssignedLicense[]> {
  const bought = await products(
    context.service,
    licenses.map(({ sku }) => sku),
  );
  return licenses.map(({ sku, disabledPlans }) => {
    const product = bought.find(({ skuPartNumber }) => skuPartNumber === sku);
    if (product === undefined) {
      throw new RefusedError({
        code: "license-not-bought",
        message: `The tenant has no licences for ${productName(sku)} (${sku})`,
        hint: "Order them from the licence partner, or assign another licence.",
      });
    }
    const plans = new Map(
      product.servicePlans.map(({ servicePlanName, servicePlanId }) => [
        servicePlanName,
        servicePlanId,
      ]),
    );
    const unknown = disabledPlans.filter((plan) => !plans.has(plan));
    if (unknown.length > 0) {
      throw new RefusedError({
        code: "unknown-service-plan",
        message: `${productName(sku)} has no service plan ${en.list(unknown)}`,
        hint: `It has: ${[...plans.keys()].sort().join(", ")}.`,
      });
    }
    return {
      skuId: product.skuId,
      disabledPlans: disabledPlans.map((plan) => plans.get(plan) ?? plan),
    };
  });
}

/** The product's words for what Graph gives; a GUID stays where the tenant no longer has the product. */
export async function fromAssigned(
  context: ResourceContext,
  assigned: readonly AssignedLicense[],
): Promise<License[]> {
  if (assigned.length === 0) return [];
  const bought = await products(context.service);
  return licenseSet.parse(
    assigned.map(({ skuId, disabledPlans }) => {
      const product = bought.find((entry) => entry.skuId === skuId);
      const nameOf = (planId: string): string =>
        product?.servicePlans.find(({ servicePlanId }) => servicePlanId === planId)
          ?.servicePlanName ?? planId;
      return { sku: product?.skuPartNumber ?? skuId, disabledPlans: disabledPlans.map(nameOf) };
    }),
  );
}

/** Body of `assignLicense`; both arrays are required by Graph. */
export interface LicenseChange {
  readonly addLicenses: readonly AssignedLicense[];
  readonly removeLicenses: readonly string[];
}

export interface LicenseDifference {
  readonly added: readonly License[];
  readonly removed: readonly License[];
}

/** What leads from the licences that were seen to the wanted ones; for a new assignment nothing goes. */
export function licenseDifference(
  observed: readonly License[] | undefined,
  wanted: readonly License[],
): LicenseDifference {
  const seen = observed ?? [];
  const isAmong = ({ sku }: License, licenses: readonly License[]): boolean =>
    licenses.some((other) => other.sku === sku);
  const isAsSeen = ({ sku, disabledPlans }: License): boolean =>
    seen.some((other) => other.sku === sku && sameSet(other.disabledPlans, disabledPlans));
  return {
    added: wanted.filter((license) => !isAsSeen(license)),
    removed: seen.filter((license) => !isAmong(license, wanted)),
  };
}

/** The one call for a difference. */
export async function toChange(
  context: ResourceContext,
  { added, removed }: LicenseDifference,
): Promise<LicenseChange> {
  const [addLicenses, gone] = await Promise.all([
    toAssigned(context, added),
    toAssigned(context, removed),
  ]);
  return { addLicenses, removeLicenses: gone.map(({ skuId }) => skuId) };
}

/** What of the change is not there yet; undefined when nothing is left to do. */
export function stillOpen(
  { addLicenses, removeLicenses }: LicenseChange,
  present: readonly AssignedLicense[],
): LicenseChange | undefined {
  const bySku = new Map(present.map((entry) => [entry.skuId, entry]));
  const left = {
    addLicenses: addLicenses.filter(({ skuId, disabledPlans }) => {
      const found = bySku.get(skuId);
      return found === undefined || !sameSet(found.disabledPlans, disabledPlans);
    }),
    removeLicenses: removeLicenses.filter((skuId) => bySku.has(skuId)),
  };
  return left.addLicenses.length + left.removeLicenses.length === 0 ? undefined : left;
}

/**
 * How long a change whose answer was lost must be invisible before it is sent again, as options of the call. Giving a
 * licence twice is giving it once; taking it twice is refused, and a replica may show it for a while after it went.
 */
export const settling = (change: LicenseChange): { settleMs?: number } =>
  change.removeLicenses.length === 0 ? { settleMs: 0 } : {};

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((item) => right.includes(item));
