/**
 * When a user signed in last, as `signInActivity` of the user has it: on $select only, with a permission of its own and
 * Microsoft Entra ID P1. Here it follows the log of sign-ins; Microsoft keeps it for longer than that.
 * @see https://learn.microsoft.com/graph/api/resources/signinactivity (v1.0, checked 2026-11-28)
 * @see https://learn.microsoft.com/graph/api/resources/user (v1.0, checked 2026-11-28)
 */
import { ServiceFailure } from "../core/failure.ts";
import type { Call, Scope } from "../core/workload.ts";
import type { GraphObject } from "../graph/object.ts";
import { requirePremium } from "./registration-details.ts";
import { signIns } from "./sign-ins.ts";

const PERMISSION = "AuditLog.Read.All";
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The words of the last are from reports; the order of the three is not verified. */
export function checkSignInActivity(call: Call, key: string | undefined): void {
  if (call.token?.roles.includes(PERMISSION) !== true) {
    throw new ServiceFailure(403, "Authorization_RequestDenied", {
      message: "Insufficient privileges to complete the operation.",
    });
  }
  requirePremium(call);
  if (key === undefined || GUID.test(key)) return;
  throw new ServiceFailure(400, "BadRequest", {
    message: "Get By Key only supports UserId and the key has to be a valid Guid",
  });
}

/** Nothing of somebody who has never signed in. */
export function signInActivityOf({ store }: Scope, user: GraphObject): unknown {
  const own = store.list(signIns).filter(({ object }) => object.userId === user.id);
  const last = own.at(-1)?.object;
  if (last === undefined) return undefined;
  const good = own.findLast(({ object }) => object.status.errorCode === 0)?.object;
  return {
    ...{ lastSignInDateTime: last.createdDateTime, lastSignInRequestId: last.id },
    ...{ lastNonInteractiveSignInDateTime: null, lastNonInteractiveSignInRequestId: null },
    lastSuccessfulSignInDateTime: good?.createdDateTime ?? null,
    lastSuccessfulSignInRequestId: good?.id ?? null,
  };
}
