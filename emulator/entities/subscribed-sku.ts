/** Bought licences. Buying itself is not in Graph; the seed and Partner Center do it. */
import type { EntityDefinition } from "../graph/definition.ts";
import type { Scope } from "../core/workload.ts";
import { toTimestamp } from "../core/clock.ts";
import type { GraphObject } from "../graph/object.ts";
import { companySubscriptions, subscribedSkus } from "./collections.ts";
import { consumedUnits } from "./license-rules.ts";
import { initialDomain } from "./rules.ts";
import { servicePlans } from "./service-plans.ts";
import { findSku } from "./sku-catalogue.ts";

export const subscribedSkuDefinition: EntityDefinition = {
  type: "subscribedSku",
  path: "/subscribedSkus",
  collection: subscribedSkus,
  methods: ["list", "get"],
  computed: { consumedUnits: (scope, sku) => consumedUnits(scope, String(sku.skuId)) },
};

export const companySubscriptionDefinition: EntityDefinition = {
  type: "companySubscription",
  path: "/directory/subscriptions",
  collection: companySubscriptions,
  methods: ["list", "get"],
  alternateKeys: ["commerceSubscriptionId"],
};

class UnknownSkuError extends Error {
  override readonly name = "UnknownSkuError";
  readonly code = "unknown-sku";
  readonly hint = "Use a skuPartNumber of core/skus.json, or add it there.";
}

/** Sets how many units of a SKU the tenant has; makes the subscription when there is none. */
export function setBoughtUnits(scope: Scope, skuPartNumber: string, enabledUnits: number): void {
  const sku = findSku(skuPartNumber);
  if (sku === undefined)
    throw new UnknownSkuError(`The emulator does not know the licence ${skuPartNumber}.`);
  const known = scope.store.find(subscribedSkus, "skuId", sku.skuId)[0]?.object;
  const prepaidUnits = { enabled: enabledUnits, suspended: 0, warning: 0, lockedOut: 0 };
  if (known !== undefined) {
    scope.store.replace(subscribedSkus, { ...known, prepaidUnits });
    updateSubscription(scope, sku.skuId, enabledUnits);
    return;
  }
  const subscription: GraphObject = {
    id: scope.newId(),
    commerceSubscriptionId: scope.newId(),
    createdDateTime: toTimestamp(scope.nowMs),
    isTrial: false,
    nextLifecycleDateTime: null,
    ownerId: null,
    ownerTenantId: null,
    ownerType: "User",
    serviceStatus: [],
    skuId: sku.skuId,
    skuPartNumber,
    status: "Enabled",
    totalLicenses: enabledUnits,
  };
  scope.store.insert(companySubscriptions, subscription, scope.nowMs);
  scope.store.insert(
    subscribedSkus,
    {
      id: `${scope.tenantId}_${sku.skuId}`,
      accountId: scope.tenantId,
      accountName: accountNameOf(scope),
      appliesTo: "User",
      capabilityStatus: "Enabled",
      prepaidUnits,
      servicePlans: sku.plans.map((name) => ({
        servicePlanId: servicePlans[name].id,
        servicePlanName: name,
        provisioningStatus: "Success",
        appliesTo: name === "EXCHANGE_S_FOUNDATION" ? "Company" : "User",
      })),
      skuId: sku.skuId,
      skuPartNumber,
      subscriptionIds: [subscription.id],
    },
    scope.nowMs,
  );
}

function updateSubscription(scope: Scope, skuId: string, totalLicenses: number): void {
  for (const { object } of scope.store.find(companySubscriptions, "skuId", skuId)) {
    scope.store.replace(companySubscriptions, { ...object, totalLicenses });
  }
}

function accountNameOf(scope: Scope): string {
  return initialDomain(scope).split(".")[0] ?? "";
}
