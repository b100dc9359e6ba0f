/**
 * Well-known licences: ids and service plans as published in "Product names and service plan identifiers for licensing"
 * (learn.microsoft.com/entra/identity/users/licensing-service-plan-reference, checked 2026-11), from the list that the
 * product has too. The lists of plans are shortened to those that matter to mail, files, sign-in and apps.
 */
import list from "../../core/skus.json" with { type: "json" };
import { servicePlans, type ServicePlanName } from "./service-plans.ts";

export interface Sku {
  skuId: string;
  skuPartNumber: string;
  plans: readonly ServicePlanName[];
}

const isKnown = (plan: string): plan is ServicePlanName => Object.hasOwn(servicePlans, plan);

export const skuCatalogue: readonly Sku[] = Object.entries(list).map(
  ([skuPartNumber, { skuId, plans }]) => ({
    skuPartNumber,
    skuId,
    plans: (plans as readonly string[]).filter(isKnown),
  }),
);

export function findSku(idOrPartNumber: string): Sku | undefined {
  return skuCatalogue.find(
    (sku) => sku.skuId === idOrPartNumber.toLowerCase() || sku.skuPartNumber === idOrPartNumber,
  );
}
