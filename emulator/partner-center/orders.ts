/**
 * Orders of a customer.
 * @see https://learn.microsoft.com/partner-center/developer/create-an-order (checked 2026-11)
 */
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Route } from "../core/workload.ts";
import { collection, skuOfOffer } from "./catalogue.ts";
import { bodyOf, customerRoute, type CustomerCall } from "./customer.ts";
import { attestationMissing, invalidInput, orderNotFound } from "./errors.ts";
import { orders, type Order, type OrderLine, type Subscription } from "./model.ts";
import { addSubscription } from "./provisioning.ts";
import { billingCycleOf, quantityOf, termOf } from "./subscriptions.ts";
import { addTerm } from "./terms.ts";

interface LineRequest {
  lineItemNumber?: unknown;
  offerId?: unknown;
  quantity?: unknown;
  termDuration?: unknown;
  friendlyName?: unknown;
}

function toAnswer(order: Order, customerId: string): Record<string, unknown> {
  return {
    id: order.id,
    referenceCustomerId: customerId,
    billingCycle: order.billingCycle,
    currencyCode: "EUR",
    creationDate: toTimestamp(order.createdMs),
    status: "completed",
    transactionType: "New",
    lineItems: order.lineItems,
    attributes: { objectType: "Order" },
  };
}

function linesOf(value: unknown): LineRequest[] {
  if (!Array.isArray(value) || value.length === 0) throw invalidInput("lineItems is required.");
  return value as LineRequest[];
}

/** Two orders of one thing make two subscriptions. */
function create({ call, customer }: CustomerCall): Answer {
  const body = bodyOf(call);
  if (body.PartnerOnRecordAttestationAccepted !== true) throw attestationMissing();
  const orderId = customer.newId();
  const lines = linesOf(body.lineItems).map((line, index) => {
    const sku = skuOfOffer(String(line.offerId));
    const termDuration = termOf(line.termDuration);
    const billingCycle = billingCycleOf(body.billingCycle, termDuration);
    const quantity = quantityOf(line.quantity);
    const friendlyName =
      typeof line.friendlyName === "string" ? line.friendlyName : sku.skuPartNumber;
    const subscription: Subscription = {
      id: customer.newId(),
      orderId,
      skuId: sku.skuId,
      friendlyName,
      seats: [{ quantity, addedMs: call.nowMs }],
      termDuration,
      billingCycle,
      autoRenewEnabled: true,
      status: "active",
      isProvisioned: false,
      createdMs: call.nowMs,
      termStartMs: call.nowMs,
      termEndMs: addTerm(call.nowMs, termDuration),
    };
    addSubscription(customer, subscription);
    const shown: OrderLine = {
      lineItemNumber: typeof line.lineItemNumber === "number" ? line.lineItemNumber : index,
      offerId: String(line.offerId),
      subscriptionId: subscription.id,
      friendlyName,
      quantity,
      termDuration,
    };
    return { shown, billingCycle };
  });
  const order: Order = {
    id: orderId,
    billingCycle: lines[0]?.billingCycle ?? "monthly",
    createdMs: call.nowMs,
    lineItems: lines.map(({ shown }) => shown),
  };
  customer.store.insert(orders, order, call.nowMs);
  return { status: 201, body: toAnswer(order, customer.tenantId) };
}

export const orderRoutes: readonly Route[] = [
  customerRoute("GET", "/orders", ({ customer }) => {
    const found = customer.store
      .list(orders)
      .map(({ object }) => toAnswer(object, customer.tenantId));
    return { status: 200, body: collection(found) };
  }),
  customerRoute("GET", "/orders/:order", ({ call, customer }) => {
    const order = customer.store.get(orders, (call.params.order ?? "").toLowerCase());
    if (order === undefined) throw orderNotFound();
    return { status: 200, body: toAnswer(order, customer.tenantId) };
  }),
  customerRoute("POST", "/orders", create),
];
