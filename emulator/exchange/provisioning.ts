/** Mailboxes come some time after a licence with Exchange, and share the fate of their users. */
import type { EventPayload, Scope } from "../core/workload.ts";
import { users } from "../entities/collections.ts";
import { activePlans, licenseStatesOf } from "../entities/license-states.ts";
import { servicePlans } from "../entities/service-plans.ts";
import type { GraphObject } from "../graph/object.ts";
import { mailboxes, newMailbox, type RecipientTypeDetails } from "./model.ts";

export const CREATE_JOB = "exchange.create-mailbox";
export const CONVERT_JOB = "exchange.convert-mailbox";

const EXCHANGE_PLANS = [
  servicePlans.EXCHANGE_S_DESKLESS,
  servicePlans.EXCHANGE_S_STANDARD,
  servicePlans.EXCHANGE_S_ENTERPRISE,
].map(({ id }) => id);

export function hasExchangeLicense(user: GraphObject): boolean {
  const active = activePlans(licenseStatesOf(user));
  return EXCHANGE_PLANS.some((id) => active.has(id));
}

/** A licence brings a mailbox later; without one, the mailbox of a person goes into the bin at once. */
export function licensesChanged(scope: Scope, { id }: EventPayload): void {
  const user = scope.store.get(users, id);
  if (user === undefined) return;
  const mailbox = scope.store.get(mailboxes, id);
  if (hasExchangeLicense(user)) {
    if (mailbox !== undefined) return;
    const delayMs = scope.behaviour.mailboxProvisioningDelayMs;
    scope.schedule(CREATE_JOB, { delayMs, payload: { userId: id } });
  } else if (mailbox?.recipientTypeDetails === "UserMailbox") {
    scope.store.softDelete(mailboxes, id, scope.nowMs);
  }
}

/** The licence may have gone again meanwhile, or have come twice. */
export function createMailbox(scope: Scope, payload: Record<string, unknown>): void {
  const id = String(payload.userId);
  const user = scope.store.get(users, id);
  if (user === undefined || !hasExchangeLicense(user)) return;
  if (scope.store.get(mailboxes, id) !== undefined) return;
  const restored = scope.store.restore(mailboxes, id);
  if (restored !== undefined) return;
  scope.store.insert(mailboxes, newMailbox(id, scope.newId(), "UserMailbox"), scope.nowMs);
}

/** Takes its time, in which the mailbox is what it was; one that lost its licence meanwhile is gone. */
export function convertMailbox(scope: Scope, payload: Record<string, unknown>): void {
  const mailbox = scope.store.get(mailboxes, String(payload.id));
  if (mailbox === undefined) return;
  const recipientTypeDetails = payload.type as RecipientTypeDetails;
  scope.store.replace(mailboxes, { ...mailbox, recipientTypeDetails });
}

export function userDeleted(scope: Scope, { id }: EventPayload): void {
  if (scope.store.get(mailboxes, id) !== undefined)
    scope.store.softDelete(mailboxes, id, scope.nowMs);
}

/** A shared mailbox needs no licence to come back. */
export function userRestored(scope: Scope, { id }: EventPayload): void {
  const user = scope.store.get(users, id);
  const mailbox = scope.store.deleted(mailboxes, id)?.object;
  if (user === undefined || mailbox === undefined) return;
  const isPersonal = mailbox.recipientTypeDetails === "UserMailbox";
  if (!isPersonal || hasExchangeLicense(user)) scope.store.restore(mailboxes, id);
}

export function userPurged(scope: Scope, { id }: EventPayload): void {
  scope.store.remove(mailboxes, id);
}
