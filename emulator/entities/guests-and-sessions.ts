/**
 * Guests by invitation, sessions taken back, ways to sign in, and which tenant a domain belongs to.
 * @see https://learn.microsoft.com/graph/api/invitation-post, user-revokesigninsessions, authentication-list-methods,
 * tenantrelationship-findtenantinformationbydomainname (checked 2026-11)
 */
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { findTenant } from "../core/tenants.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { collectionAnswer, entityAnswer } from "../graph/responses.ts";
import { addressed } from "../graph/entity.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { policies, users } from "./collections.ts";
import { AUTHORIZATION } from "./policy-ids.ts";
import { hasSecondStep } from "./registration-details.ts";
import { initialDomain, isVerifiedDomain } from "./rules.ts";
import { checkUser, userDefinition } from "./user.ts";

/** The same for everybody's password. */
const PASSWORD_METHOD = "28c10230-6103-485e-b985-444c60001490";
/** Ways to sign in that nobody registers here. */
const OTHER_METHODS = [
  "emailMethods",
  "fido2Methods",
  "microsoftAuthenticatorMethods",
  "phoneMethods",
  "softwareOathMethods",
  "windowsHelloForBusinessMethods",
];

function invite(call: Call): Answer {
  const { properties } = readEntity(call, "invitation");
  const { invitedUserEmailAddress: mail, inviteRedirectUrl } = properties;
  if (typeof mail !== "string" || !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(mail))
    throw badRequest("The invited user's email address is missing or not valid.");
  if (typeof inviteRedirectUrl !== "string") throw badRequest("The inviteRedirectUrl is missing.");
  requireInvitable(call, mail);
  const guest =
    call.store.find(users, "mail", mail).find(({ object }) => object.userType === "Guest")
      ?.object ?? addGuest(call, { mail, displayName: properties.invitedUserDisplayName });
  return entityAnswer(
    call,
    {
      resetRedemption: false,
      sendInvitationMessage: false,
      invitedUserMessageInfo: null,
      ...properties,
      id: call.newId(),
      invitedUserDisplayName: guest.displayName,
      invitedUserType: "Guest",
      inviteRedeemUrl: `${call.origin}/redeem?rd=${encodeURIComponent(inviteRedirectUrl)}`,
      status: guest.externalUserState,
      invitedUser: { id: guest.id },
    },
    { type: "invitation", context: "invitations", status: 201 },
  );
}

/**
 * Words: as users quote them (azure-docs#78054). Whether the policy stops applications too: unverified.
 * @throws ServiceFailure where nobody may be invited, or nobody with this address
 */
function requireInvitable(call: Call, mail: string): void {
  if (call.store.get(policies, AUTHORIZATION)?.allowInvitesFrom === "none") {
    throw new ServiceFailure(403, "Forbidden", {
      message:
        "Guest invitations not allowed for your company. Contact your company administrator for more details.",
    });
  }
  if (!isVerifiedDomain(call, mail.slice(mail.indexOf("@") + 1))) return;
  throw badRequest("The invited user's domain is a verified domain of this directory.");
}

function addGuest(call: Call, wanted: { mail: string; displayName: unknown }): GraphObject {
  const { mail } = wanted;
  const name = `${mail.replace("@", "_")}#EXT#`;
  const now = toTimestamp(call.nowMs);
  const guest = checkUser(call, {
    id: call.newId(),
    userType: "Guest",
    accountEnabled: true,
    displayName: typeof wanted.displayName === "string" ? wanted.displayName : mail.split("@")[0],
    mail,
    mailNickname: name,
    userPrincipalName: `${name}@${initialDomain(call)}`,
    creationType: "Invitation",
    externalUserState: "PendingAcceptance",
    externalUserStateChangeDateTime: now,
    businessPhones: [],
    otherMails: [mail],
    proxyAddresses: [`SMTP:${mail}`],
    licenseAssignmentStates: [],
    createdDateTime: now,
    signInSessionsValidFromDateTime: now,
  });
  call.store.insert(users, guest, call.nowMs);
  call.emit("user.created", { id: guest.id });
  return guest;
}

function revoke(call: Call): Answer {
  const user = addressed(call, userDefinition);
  const signInSessionsValidFromDateTime = toTimestamp(call.nowMs);
  call.store.replace(users, { ...user, signInSessionsValidFromDateTime });
  const context = `${call.origin}${call.prefix}/$metadata#Edm.Boolean`;
  return { status: 200, body: { "@odata.context": context, value: true } };
}

/** The one that registerSecondStep gives. Not verified: that tenants without P1 are answered too. */
const AUTHENTICATOR = {
  "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod",
  displayName: "Phone",
  deviceTag: "SoftwareTokenActivated",
};

function allMethods(call: Call): Answer {
  const { id } = addressed(call, userDefinition);
  return passwordMethods(call, hasSecondStep(call, id) ? [{ ...AUTHENTICATOR, id }] : []);
}

function passwordMethods(call: Call, others: readonly GraphObject[] = []): Answer {
  const { id, lastPasswordChangeDateTime } = addressed(call, userDefinition);
  const method = {
    "@odata.type": "#microsoft.graph.passwordAuthenticationMethod",
    id: PASSWORD_METHOD,
    password: null,
    createdDateTime: lastPasswordChangeDateTime ?? null,
  };
  return collectionAnswer(call, [method, ...others], {
    type: "authenticationMethod",
    context: `users('${id}')/authentication/methods`,
  });
}

function tenantInformation(call: Call): Answer {
  const [, name = ""] = /^\w+='(.*)'$/.exec(call.params.key ?? "") ?? [];
  const tenant = findTenant(call, name);
  if (tenant === undefined) throw notFound(name);
  return entityAnswer(
    call,
    {
      tenantId: tenant.id,
      displayName: tenant.displayName,
      defaultDomainName: tenant.domains[0] ?? null,
      federationBrandName: null,
    },
    { type: "tenantInformation", context: "microsoft.graph.tenantInformation" },
  );
}

const methods = "/users/:id/authentication";

export const guestAndSessionRoutes: readonly Route[] = [
  { method: "POST", path: "/invitations", handle: invite },
  { method: "POST", path: "/users/:id/revokeSignInSessions", handle: revoke },
  { method: "GET", path: `${methods}/methods`, handle: allMethods },
  { method: "GET", path: `${methods}/passwordMethods`, handle: (call) => passwordMethods(call) },
  ...OTHER_METHODS.map((name): Route => ({
    method: "GET",
    path: `${methods}/${name}`,
    handle: (call) => {
      addressed(call, userDefinition);
      return collectionAnswer(call, [], { type: "authenticationMethod", context: name });
    },
  })),
  ...["ByDomainName", "ByTenantId"].map((by): Route => ({
    method: "GET",
    path: `/tenantRelationships/findTenantInformation${by}/:key`,
    handle: tenantInformation,
  })),
];
