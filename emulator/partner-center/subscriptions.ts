/**
 * Subscriptions of a customer: reading, changing seats, renewal, cancelling.
 * @see https://learn.microsoft.com/partner-center/developer/subscription-resources (checked 2026-11)
 */
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Route } from "../core/workload.ts";
import { findSku } from "../entities/sku-catalogue.ts";
import {
  BILLING_CYCLES,
  TERMS,
  collection,
  isCycleWithin,
  offerId,
  type BillingCycle,
  type TermDuration,
} from "./catalogue.ts";
import { bodyOf, customerRoute, type CustomerCall } from "./customer.ts";
import {
  billingCycleInvalid,
  billingCycleTooLong,
  cancellationWindowPassed,
  invalidInput,
  quantityOutOfRange,
  seatWindowPassed,
  statusRefused,
  subscriptionDeleted,
  subscriptionNotFound,
  termInvalid,
} from "./errors.ts";
import type { Subscription } from "./model.ts";
import { listSubscriptions, saveSubscription } from "./provisioning.ts";
import { WINDOW_DAYS, committedSeats, seatsOf, windowEndMs, withoutSeats } from "./terms.ts";

function toAnswer(subscription: Subscription, nowMs: number): Record<string, unknown> {
  const sku = findSku(subscription.skuId);
  const isOpen = subscription.status === "active" && nowMs < windowEndMs(subscription.termStartMs);
  const until = isOpen ? toTimestamp(windowEndMs(subscription.termStartMs)) : null;
  const end = toTimestamp(subscription.termEndMs);
  return {
    id: subscription.id,
    offerId: sku === undefined ? null : offerId(sku),
    offerName: sku?.skuPartNumber ?? null,
    orderId: subscription.orderId,
    friendlyName: subscription.friendlyName,
    quantity: seatsOf(subscription.seats),
    unitType: "Licenses",
    creationDate: toTimestamp(subscription.createdMs),
    effectiveStartDate: toTimestamp(subscription.termStartMs),
    commitmentEndDate: end,
    commitmentEndDateTime: end,
    billingCycleEndDate: end,
    status: subscription.status,
    autoRenewEnabled: subscription.autoRenewEnabled,
    billingType: "license",
    billingCycle: subscription.billingCycle,
    termDuration: subscription.termDuration,
    renewalTermDuration: subscription.nextTerm?.termDuration ?? subscription.termDuration,
    cancellationAllowedUntilDate: until,
    refundOptions: isOpen ? [{ type: "Full", expiresAt: until }] : [],
    isTrial: false,
    isMicrosoftProduct: true,
    productType: { id: "OnlineServicesNCE", displayName: "OnlineServicesNCE" },
    actions: isOpen ? ["edit", "cancel"] : ["edit"],
    ...(subscription.nextTerm && { scheduledNextTermInstructions: nextTermAnswer(subscription) }),
    attributes: { objectType: "Subscription" },
  };
}

function nextTermAnswer({
  nextTerm,
  seats,
  termDuration,
  billingCycle,
}: Subscription): Record<string, unknown> {
  return {
    product: {
      termDuration: nextTerm?.termDuration ?? termDuration,
      billingCycle: nextTerm?.billingCycle ?? billingCycle,
    },
    quantity: nextTerm?.quantity ?? seatsOf(seats),
  };
}

function requireSubscription({ call, customer }: CustomerCall): Subscription {
  const id = call.params.subscription ?? "";
  const subscription = listSubscriptions(customer).find((one) => one.id === id.toLowerCase());
  if (subscription === undefined) throw subscriptionNotFound(id);
  return subscription;
}

export function quantityOf(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw invalidInput("quantity must be a whole number.");
  if (value < 1) throw quantityOutOfRange();
  return value;
}

export function termOf(value: unknown): TermDuration {
  const found = TERMS.find((term) => term === value);
  if (found === undefined) throw termInvalid();
  return found;
}

export function billingCycleOf(value: unknown, term: TermDuration): BillingCycle {
  const found = BILLING_CYCLES.find((cycle) => cycle === String(value).toLowerCase());
  if (found === undefined) throw billingCycleInvalid();
  if (!isCycleWithin(found, term)) throw billingCycleTooLong();
  return found;
}

/** More seats at any time; fewer only those whose seven days are not over. */
function withQuantity(subscription: Subscription, wanted: number, nowMs: number): Subscription {
  const { seats } = subscription;
  const present = seatsOf(seats);
  if (wanted > present) {
    return { ...subscription, seats: [...seats, { quantity: wanted - present, addedMs: nowMs }] };
  }
  if (wanted < present && wanted < committedSeats(seats, nowMs))
    throw seatWindowPassed(WINDOW_DAYS);
  return { ...subscription, seats: withoutSeats(seats, present - wanted) };
}

/** Access is lost at once, and nothing brings the subscription back. */
function cancelled(subscription: Subscription, nowMs: number): Subscription {
  if (windowEndMs(subscription.termStartMs) <= nowMs) throw cancellationWindowPassed(WINDOW_DAYS);
  return { ...subscription, status: "deleted", autoRenewEnabled: false };
}

/** The body is the whole subscription or a part of it; only what can be changed is looked at. */
function update(context: CustomerCall): Answer {
  const { call, customer } = context;
  const before = requireSubscription(context);
  if (before.status === "deleted") throw subscriptionDeleted(before.id);
  const change = bodyOf(call);
  let after: Subscription = { ...before };
  if (change.status !== undefined && change.status !== before.status) {
    if (change.status !== "deleted") throw statusRefused(JSON.stringify(change.status));
    after = cancelled(before, call.nowMs);
  } else if (change.quantity !== undefined) {
    after = withQuantity(before, quantityOf(change.quantity), call.nowMs);
  }
  if (typeof change.autoRenewEnabled === "boolean" && after.status === "active") {
    after.autoRenewEnabled = change.autoRenewEnabled;
  }
  if (typeof change.friendlyName === "string") after.friendlyName = change.friendlyName;
  if (change.scheduledNextTermInstructions !== undefined) {
    after = withNextTerm(after, change.scheduledNextTermInstructions);
  }
  saveSubscription(customer, after);
  return { status: 200, body: toAnswer(after, call.nowMs) };
}

interface NextTermInstructions {
  quantity?: unknown;
  product?: { termDuration?: unknown; billingCycle?: unknown } | null;
}

/** Null takes the instructions back. */
function withNextTerm(subscription: Subscription, given: unknown): Subscription {
  const kept = { ...subscription };
  delete kept.nextTerm;
  if (given === null) return kept;
  if (typeof given !== "object")
    throw invalidInput("scheduledNextTermInstructions must be an object.");
  const { quantity, product } = given as NextTermInstructions;
  const termDuration =
    product?.termDuration === undefined ? undefined : termOf(product.termDuration);
  const billingCycle =
    product?.billingCycle === undefined
      ? undefined
      : billingCycleOf(product.billingCycle, termDuration ?? subscription.termDuration);
  return {
    ...kept,
    nextTerm: {
      ...(quantity !== undefined && { quantity: quantityOf(quantity) }),
      ...(termDuration && { termDuration }),
      ...(billingCycle && { billingCycle }),
    },
  };
}

export const subscriptionRoutes: readonly Route[] = [
  customerRoute("GET", "/subscriptions", ({ call, customer }) => {
    const found = listSubscriptions(customer).map((one) => toAnswer(one, call.nowMs));
    return { status: 200, body: collection(found) };
  }),
  customerRoute("GET", "/subscriptions/:subscription", (context) => ({
    status: 200,
    body: toAnswer(requireSubscription(context), context.call.nowMs),
  })),
  customerRoute("PATCH", "/subscriptions/:subscription", update),
];
