/** From Partner Center to the directory: units appear, terms end, seats go. */
import type { Scope } from "../core/workload.ts";
import { toTimestamp } from "../core/clock.ts";
import { guidFrom } from "../core/random.ts";
import { companySubscriptions, subscribedSkus } from "../entities/collections.ts";
import { findSku } from "../entities/sku-catalogue.ts";
import { setBoughtUnits } from "../entities/subscribed-sku.ts";
import { subscriptions, type Subscription } from "./model.ts";
import { addTerm, seatsOf } from "./terms.ts";

export const PROVISION_JOB = "partner-center.provision";
export const TERM_END_JOB = "partner-center.term-end";

/** Ends and begins with the customer's own scope. */
export function saveSubscription(scope: Scope, subscription: Subscription): void {
  scope.store.replace(subscriptions, subscription);
  if (subscription.isProvisioned) updateUnits(scope, subscription.skuId);
}

export function addSubscription(scope: Scope, subscription: Subscription): void {
  scope.store.insert(subscriptions, subscription, scope.nowMs);
  watchTermEnd(scope, subscription);
  scope.schedule(PROVISION_JOB, {
    delayMs: scope.behaviour.orderDelayMs,
    payload: { subscriptionId: subscription.id },
  });
}

export function provision(scope: Scope, payload: Record<string, unknown>): void {
  const subscription = scope.store.get(subscriptions, String(payload.subscriptionId));
  if (subscription?.status !== "active") return;
  saveSubscription(scope, { ...subscription, isProvisioned: true });
}

/** The directory has one number for each licence: the sum of its active subscriptions. */
function updateUnits(scope: Scope, skuId: string): void {
  const sku = findSku(skuId);
  if (sku === undefined) return;
  const active = scope.store
    .find(subscriptions, "skuId", skuId)
    .map(({ object }) => object)
    .filter(({ status, isProvisioned }) => status === "active" && isProvisioned);
  setBoughtUnits(
    scope,
    sku.skuPartNumber,
    active.reduce((sum, { seats }) => sum + seatsOf(seats), 0),
  );
  const [first] = active;
  const [shown] = scope.store.find(companySubscriptions, "skuId", skuId);
  if (first === undefined || shown === undefined) return;
  scope.store.replace(companySubscriptions, {
    ...shown.object,
    commerceSubscriptionId: first.id,
    nextLifecycleDateTime: toTimestamp(first.termEndMs),
  });
}

function watchTermEnd(scope: Scope, { id, termEndMs }: Subscription): void {
  scope.schedule(TERM_END_JOB, {
    delayMs: termEndMs - scope.nowMs,
    payload: { subscriptionId: id, termEndMs },
  });
}

/** A new term with the seats that were scheduled for it, or the end. */
export function endTerm(scope: Scope, payload: Record<string, unknown>): void {
  const subscription = scope.store.get(subscriptions, String(payload.subscriptionId));
  if (subscription?.status !== "active" || subscription.termEndMs !== payload.termEndMs) return;
  if (!subscription.autoRenewEnabled) {
    saveSubscription(scope, { ...subscription, status: "expired" });
    return;
  }
  const { nextTerm, ...kept } = subscription;
  const termDuration = nextTerm?.termDuration ?? subscription.termDuration;
  const termStartMs = subscription.termEndMs;
  const renewed: Subscription = {
    ...kept,
    termDuration,
    billingCycle: nextTerm?.billingCycle ?? subscription.billingCycle,
    seats: [{ quantity: nextTerm?.quantity ?? seatsOf(subscription.seats), addedMs: termStartMs }],
    termStartMs,
    termEndMs: addTerm(termStartMs, termDuration),
  };
  saveSubscription(scope, renewed);
  watchTermEnd(scope, renewed);
}

/** Licences that the seed gave and nobody touched yet: monthly subscriptions that began with them. */
function seededSubscriptions(scope: Scope): Subscription[] {
  return scope.store.list(subscribedSkus).flatMap(({ object: sku, createdMs }) => {
    const skuId = String(sku.skuId);
    const { enabled } = sku.prepaidUnits as { enabled: number };
    const [shown] = scope.store.find(companySubscriptions, "skuId", skuId);
    const isTouched = scope.store.find(subscriptions, "skuId", skuId).length > 0;
    if (shown === undefined || isTouched || enabled === 0) return [];
    let termStartMs = createdMs;
    while (addTerm(termStartMs, "P1M") <= scope.nowMs) termStartMs = addTerm(termStartMs, "P1M");
    const id = String(shown.object.commerceSubscriptionId);
    return {
      id,
      orderId: guidFrom("order", id),
      skuId,
      friendlyName: String(sku.skuPartNumber),
      seats: [{ quantity: enabled, addedMs: termStartMs }],
      termDuration: "P1M",
      billingCycle: "monthly",
      autoRenewEnabled: true,
      status: "active",
      isProvisioned: true,
      createdMs,
      termStartMs,
      termEndMs: addTerm(termStartMs, "P1M"),
    };
  });
}

/** Before a change: from here on they are subscriptions like others. */
export function adoptSeededSubscriptions(scope: Scope): void {
  for (const subscription of seededSubscriptions(scope)) {
    scope.store.insert(subscriptions, subscription, scope.nowMs);
    watchTermEnd(scope, subscription);
  }
}

export function listSubscriptions(scope: Scope): Subscription[] {
  const stored = scope.store.list(subscriptions).map(({ object }) => object);
  return [...stored, ...seededSubscriptions(scope)];
}
