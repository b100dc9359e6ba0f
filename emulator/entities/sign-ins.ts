/**
 * The log of sign-ins, in Graph, newest first and in one page. Nobody signs in here: what happened is put in past it.
 * @see https://learn.microsoft.com/graph/api/signin-list (v1.0, checked 2026-11-28)
 * @see https://learn.microsoft.com/graph/api/resources/signin (v1.0, checked 2026-11-28)
 */
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer } from "../graph/responses.ts";
import { FilterSyntaxError, parseFilter } from "../odata/filter-parser.ts";
import { matches } from "../odata/filter.ts";
import { users } from "./collections.ts";
import { requirePremium } from "./registration-details.ts";

interface SignIn extends StoredObject {
  readonly createdDateTime: string;
  readonly userId: string;
  readonly clientAppUsed: string;
  readonly status: { readonly errorCode: number };
}

export const signIns = defineCollection<SignIn>("sign-ins");

/** @param of.errorCode 0 where it went well */
export function recordSignIn(
  scope: Scope,
  of: { readonly userId: string; readonly clientAppUsed: string; readonly errorCode?: number },
): void {
  const { userId, clientAppUsed, errorCode = 0 } = of;
  const createdDateTime = toTimestamp(scope.nowMs);
  const signIn = { id: scope.newId(), createdDateTime, userId, clientAppUsed };
  scope.store.insert(signIns, { ...signIn, status: { errorCode } }, scope.nowMs);
}

function list(call: Call) {
  const filter = call.query.get("$filter");
  const rows = call.store.list(signIns).map(({ object }) => shown(call, object));
  const wanted = filter === null ? undefined : parsed(filter);
  return collectionAnswer(
    call,
    rows.filter((row) => wanted === undefined || matches(wanted, row)).toReversed(),
    { type: "signIn", context: "auditLogs/signIns" },
  );
}

function parsed(filter: string) {
  try {
    return parseFilter(filter);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw new ServiceFailure(400, "BadRequest", { message: "Invalid filter clause" });
  }
}

/** Of somebody who is gone the log keeps the id. */
function shown(call: Call, signIn: SignIn): Record<string, unknown> {
  const user = call.store.get(users, signIn.userId);
  return {
    ...signIn,
    ...{
      userPrincipalName: user?.userPrincipalName ?? "",
      userDisplayName: user?.displayName ?? "",
    },
    ...{ isInteractive: true, resourceDisplayName: "Office 365 Exchange Online" },
  };
}

export const signInRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/auditLogs/signIns",
    handle: (call) => {
      requirePremium(call);
      return list(call);
    },
  },
];
