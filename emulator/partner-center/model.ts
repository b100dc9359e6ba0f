/** Subscriptions and orders of a customer, kept in the customer's tenant. */
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { BillingCycle, TermDuration } from "./catalogue.ts";
import type { SeatBatch } from "./terms.ts";

export interface Subscription extends StoredObject {
  orderId: string;
  skuId: string;
  friendlyName: string;
  seats: SeatBatch[];
  termDuration: TermDuration;
  billingCycle: BillingCycle;
  autoRenewEnabled: boolean;
  status: "active" | "expired" | "deleted";
  /** Whether its seats are in the directory. */
  isProvisioned: boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  createdMs: number;
  /** Start of the present term. */
  termStartMs: number;
  /** End of the present term. */
  termEndMs: number;
  /** What the next term starts with. */
  nextTerm?: { quantity?: number; termDuration?: TermDuration; billingCycle?: BillingCycle };
}

export interface OrderLine {
  lineItemNumber: number;
  offerId: string;
  subscriptionId: string;
  friendlyName: string;
  quantity: number;
  termDuration: TermDuration;
}

export interface Order extends StoredObject {
  billingCycle: BillingCycle;
  createdMs: number;
  lineItems: OrderLine[];
}

export const subscriptions = defineCollection<Subscription>("partner-center.subscription", {
  skuId: (subscription) => subscription.skuId,
});
export const orders = defineCollection<Order>("partner-center.order");
