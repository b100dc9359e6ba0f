/**
 * Who has registered a second way to sign in, as the report of the directory has it. Nobody registers one over the wire:
 * the sample company does, past it.
 * @see https://learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails (checked 2026-11-27)
 */
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer } from "../graph/responses.ts";
import type { GraphObject } from "../graph/object.ts";
import { users } from "./collections.ts";
import { isPremium } from "./premium.ts";

/** By object id of the user. */
const registrations = defineCollection<StoredObject & { methods: readonly string[] }>(
  "registered-methods",
);

export function registerSecondStep(scope: Scope, userId: string): void {
  const methods = ["microsoftAuthenticatorPush"];
  scope.store.insert(registrations, { id: userId, methods }, scope.nowMs);
}

export const hasSecondStep = ({ store }: Scope, userId: string): boolean =>
  store.get(registrations, userId) !== undefined;

/** The code was reported by many; its words and the licences that count are not documented. */
export function requirePremium(scope: Scope): void {
  if (isPremium(scope)) return;
  throw new ServiceFailure(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", {
    message: "Neither tenant is B2C or tenant doesn't have premium license",
  });
}

function detailsOf({ store, nowMs }: Call, user: GraphObject): Record<string, unknown> {
  const methodsRegistered = store.get(registrations, user.id)?.methods ?? [];
  const isRegistered = methodsRegistered.length > 0;
  return {
    ...{ id: user.id, userPrincipalName: user.userPrincipalName },
    userDisplayName: user.displayName,
    userType: user.userType === "Guest" ? "guest" : "member",
    ...{ isAdmin: false, isMfaCapable: isRegistered, isMfaRegistered: isRegistered },
    ...{ isPasswordlessCapable: false, isSsprCapable: false, isSsprEnabled: false },
    ...{ isSsprRegistered: false, isSystemPreferredAuthenticationMethodEnabled: true },
    ...{ methodsRegistered, systemPreferredAuthenticationMethods: [] },
    userPreferredMethodForSecondaryAuthentication: isRegistered ? "push" : "none",
    lastUpdatedDateTime: toTimestamp(nowMs),
  };
}

export const registrationDetailsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/reports/authenticationMethods/userRegistrationDetails",
    handle: (call) => {
      requirePremium(call);
      const details = call.store.list(users).map(({ object }) => detailsOf(call, object));
      return collectionAnswer(call, details, {
        type: "userRegistrationDetails",
        context: "reports/authenticationMethods/userRegistrationDetails",
      });
    },
  },
];
