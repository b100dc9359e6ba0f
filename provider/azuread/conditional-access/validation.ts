/**
 * Demands on a conditional access policy, checked before anything is written.
 * Source: hashicorp/terraform-provider-azuread v3.9.0 conditional_access_policy_resource.go (checked 2026-11-22).
 */
import type { CheckFailure } from "../../kit/define.ts";
import type { GrantControls, SessionControls } from "./controls.ts";
import type { Guests, PolicyInputs } from "./shape.ts";

const RISKS = ["hidden", "high", "low", "medium", "none"];
const PLATFORMS = ["all", "android", "iOS", "linux", "macOS", "windows", "windowsPhone"];
const FILTER_MODES = ["exclude", "include"];

/** The words that may stand at a path, in Microsoft's spelling. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  state: ["disabled", "enabled", "enabledForReportingButNotEnforced"],
  "conditions.applications.filter.mode": FILTER_MODES,
  "conditions.authenticationFlowTransferMethods": ["authenticationTransfer", "deviceCodeFlow"],
  "conditions.clientAppTypes": [
    "all",
    "browser",
    "easSupported",
    "exchangeActiveSync",
    "mobileAppsAndDesktopClients",
    "other",
  ],
  "conditions.clientApplications.filter.mode": FILTER_MODES,
  "conditions.devices.filter.mode": FILTER_MODES,
  "conditions.insiderRiskLevels": ["elevated", "minor", "moderate"],
  "conditions.platforms.excludedPlatforms": PLATFORMS,
  "conditions.platforms.includedPlatforms": PLATFORMS,
  "conditions.servicePrincipalRiskLevels": RISKS,
  "conditions.signInRiskLevels": RISKS,
  "conditions.userRiskLevels": RISKS,
  "grantControls.builtInControls": [
    "approvedApplication",
    "block",
    "compliantApplication",
    "compliantDevice",
    "domainJoinedDevice",
    "mfa",
    "passwordChange",
  ],
  "grantControls.operator": ["AND", "OR"],
  "sessionControls.cloudAppSecurityPolicy": ["blockDownloads", "mcasConfigured", "monitorOnly"],
  "sessionControls.persistentBrowserMode": ["always", "never"],
  "sessionControls.signInFrequencyAuthenticationType": [
    "primaryAndSecondaryAuthentication",
    "secondaryAuthentication",
  ],
  "sessionControls.signInFrequencyInterval": ["everyTime", "timeBased"],
  "sessionControls.signInFrequencyPeriod": ["days", "hours"],
};

const GUEST_TYPES = [
  "b2bCollaborationGuest",
  "b2bCollaborationMember",
  "b2bDirectConnectUser",
  "internalGuest",
  "none",
  "otherExternalUser",
  "serviceProvider",
];
const STRENGTH_ID = /^\/policies\/authenticationStrengthPolicies\/[^/]+$/;

export function policyFailures(wanted: PolicyInputs): readonly CheckFailure[] {
  return [
    ...Object.entries(WORDS).flatMap(([path, words]) => wordFailures(wanted, path, words)),
    ...scopeFailures(wanted),
    ...(wanted.grantControls === undefined ? [] : grantFailures(wanted.grantControls)),
    ...(wanted.sessionControls === undefined ? [] : sessionFailures(wanted.sessionControls)),
    ...controlFailures(wanted),
  ];
}

const failed = (isFailed: boolean, property: string, reason: string): CheckFailure[] =>
  isFailed ? [{ property, reason }] : [];

function wordFailures(
  wanted: PolicyInputs,
  path: string,
  words: readonly string[],
): CheckFailure[] {
  const value = path
    .split(".")
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], wanted);
  if (value === undefined) return [];
  const reason = `must be ${Array.isArray(value) ? "made of" : "one of"} ${words.join(", ")}`;
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isUnknown = given.some((word) => typeof word !== "string" || !words.includes(word));
  return failed(isUnknown, path, reason);
}

const isEmpty = (list: readonly unknown[] | undefined): boolean => (list ?? []).length === 0;

function scopeFailures({ conditions: { applications, users } }: PolicyInputs): CheckFailure[] {
  const { includedApplications, includedUserActions } = applications;
  const nobody =
    isEmpty(users.includedUsers) &&
    isEmpty(users.includedGroups) &&
    isEmpty(users.includedRoles) &&
    isEmpty(users.includedGuestsOrExternalUsers);
  return [
    ...failed(
      isEmpty(includedApplications) === isEmpty(includedUserActions),
      "conditions.applications.includedApplications",
      "or includedUserActions must be given, and not both",
    ),
    ...failed(
      nobody,
      "conditions.users.includedUsers",
      "or includedGroups, includedRoles or includedGuestsOrExternalUsers must be given",
    ),
    ...guestFailures("excludedGuestsOrExternalUsers", users.excludedGuestsOrExternalUsers),
    ...guestFailures("includedGuestsOrExternalUsers", users.includedGuestsOrExternalUsers),
  ];
}

function guestFailures(name: string, blocks: readonly Guests[] = []): CheckFailure[] {
  const path = `conditions.users.${name}`;
  const [guests] = blocks;
  if (guests === undefined) return [];
  const tenants = guests.externalTenants ?? [];
  const [tenant] = tenants;
  const isEnumerated = tenant?.membershipKind === "enumerated";
  return [
    ...failed(blocks.length > 1 || tenants.length > 1, path, "can be given once"),
    ...failed(
      guests.guestOrExternalUserTypes.some((type) => !GUEST_TYPES.includes(type)),
      `${path}[0].guestOrExternalUserTypes`,
      `must be made of ${GUEST_TYPES.join(", ")}`,
    ),
    ...failed(
      tenant !== undefined && !isEnumerated && tenant.membershipKind !== "all",
      `${path}[0].externalTenants[0].membershipKind`,
      "must be one of all, enumerated",
    ),
    ...failed(
      tenant !== undefined && !isEnumerated && !isEmpty(tenant.members),
      `${path}[0].externalTenants[0].members`,
      "can only be given when membershipKind is enumerated",
    ),
  ];
}

function grantFailures(grant: GrantControls): CheckFailure[] {
  const { authenticationStrengthPolicyId: strengthId } = grant;
  return [
    ...failed(
      isEmpty(grant.builtInControls) && isEmpty(grant.termsOfUses) && strengthId === undefined,
      "grantControls.builtInControls",
      "or authenticationStrengthPolicyId or termsOfUses must be given",
    ),
    ...failed(
      strengthId !== undefined && strengthId !== "" && !STRENGTH_ID.test(strengthId),
      "grantControls.authenticationStrengthPolicyId",
      "must look like /policies/authenticationStrengthPolicies/<id>",
    ),
  ];
}

function sessionFailures(session: SessionControls): CheckFailure[] {
  const { signInFrequency = 0, signInFrequencyPeriod = "" } = session;
  const isEveryTime = session.signInFrequencyInterval === "everyTime";
  const hasFrequency = signInFrequency !== 0 || signInFrequencyPeriod !== "";
  return [
    ...failed(
      isEveryTime && hasFrequency,
      "sessionControls.signInFrequency",
      "cannot be given when signInFrequencyInterval is everyTime",
    ),
    ...failed(
      !isEveryTime && (signInFrequency === 0) !== (signInFrequencyPeriod === ""),
      "sessionControls.signInFrequency",
      "and signInFrequencyPeriod go together",
    ),
  ];
}

/** Session controls without effect are not there any more by now. */
const controlFailures = ({ grantControls, sessionControls }: PolicyInputs): CheckFailure[] =>
  failed(
    grantControls === undefined && sessionControls === undefined,
    "grantControls",
    "or sessionControls that have an effect must be given",
  );
