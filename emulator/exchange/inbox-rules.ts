/**
 * Rules of an inbox, in Graph.
 * @see https://learn.microsoft.com/graph/api/mailfolder-list-messagerules, mailfolder-post-messagerules (checked 2026-11-27)
 */
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Call, Route, Scope } from "../core/workload.ts";
import { userDefinition } from "../entities/user.ts";
import { addressed } from "../graph/entity.ts";
import { readEntity } from "../graph/input.ts";
import { collectionAnswer, entityAnswer } from "../graph/responses.ts";
import type { GraphPart } from "../graph/workload.ts";
import { mailboxes } from "./model.ts";

interface InboxRules extends StoredObject {
  /** Object id of the user. */
  id: string;
  rules: readonly Record<string, unknown>[];
}

const inboxRules = defineCollection<InboxRules>("exchange.inbox-rules");

const RULE = { type: "messageRule", context: "messageRules" };
const PATH = "/users/:id/mailFolders/inbox/messageRules";

export function addInboxRule(
  scope: Scope,
  userId: string,
  rule: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const known = scope.store.get(inboxRules, userId);
  const made = {
    ...{ id: scope.newId(), sequence: (known?.rules.length ?? 0) + 1, isEnabled: true },
    ...{ hasError: false, isReadOnly: false },
    ...rule,
  };
  const rules = { id: userId, rules: [...(known?.rules ?? []), made] };
  if (known === undefined) scope.store.insert(inboxRules, rules, scope.nowMs);
  else scope.store.replace(inboxRules, rules);
  return made;
}

/** Who has no mailbox has no inbox and no settings. Words as people report them. */
export function ownerOf(call: Call): string {
  const { id } = addressed(call, userDefinition);
  if (call.store.get(mailboxes, id) !== undefined) return id;
  throw new ServiceFailure(404, "MailboxNotEnabledForRESTAPI", {
    message: "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
  });
}

const routes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle: (call) =>
      collectionAnswer(call, call.store.get(inboxRules, ownerOf(call))?.rules ?? [], RULE),
  },
  {
    method: "POST",
    path: PATH,
    handle: (call) => {
      const { properties } = readEntity(call, RULE.type);
      const made = addInboxRule(call, ownerOf(call), properties);
      return entityAnswer(call, made, { ...RULE, status: 201 });
    },
  },
];

export const inboxPart: GraphPart = { operations: routes };
