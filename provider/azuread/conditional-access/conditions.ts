/**
 * When a conditional access policy applies, between the words of the official plugin and Graph's.
 * @see https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset (v1.0, checked 2026-11)
 */
import type { Conditions, Guests } from "./shape.ts";

type Parts = Readonly<Record<string, unknown>>;
type Names = Readonly<Record<string, string>>;
type Found = Parts | null | undefined;

/** Lists by their name here, and at Graph. */
const APPLICATIONS: Names = {
  excludedApplications: "excludeApplications",
  includedApplications: "includeApplications",
  includedUserActions: "includeUserActions",
};
const CLIENT_APPLICATIONS: Names = {
  excludedServicePrincipals: "excludeServicePrincipals",
  includedServicePrincipals: "includeServicePrincipals",
};
const LOCATIONS: Names = {
  excludedLocations: "excludeLocations",
  includedLocations: "includeLocations",
};
const PLATFORMS: Names = {
  excludedPlatforms: "excludePlatforms",
  includedPlatforms: "includePlatforms",
};
const USERS: Names = {
  excludedGroups: "excludeGroups",
  excludedRoles: "excludeRoles",
  excludedUsers: "excludeUsers",
  includedGroups: "includeGroups",
  includedRoles: "includeRoles",
  includedUsers: "includeUsers",
};
const RISKS = ["servicePrincipalRiskLevels", "signInRiskLevels", "userRiskLevels"] as const;

interface GraphFilter {
  mode?: string;
  rule?: string;
}

interface GraphGuests {
  externalTenants?: { membershipKind?: string | null; members?: string[] | null } | null;
  guestOrExternalUserTypes?: string | null;
}

export interface GraphConditions {
  applications?: (Parts & { applicationFilter?: GraphFilter | null }) | null;
  authenticationFlows?: { transferMethods?: string | null } | null;
  clientAppTypes?: string[] | null;
  clientApplications?: (Parts & { servicePrincipalFilter?: GraphFilter | null }) | null;
  devices?: { deviceFilter?: GraphFilter | null } | null;
  insiderRiskLevels?: string | null;
  locations?: Found;
  platforms?: Found;
  servicePrincipalRiskLevels?: string[] | null;
  signInRiskLevels?: string[] | null;
  userRiskLevels?: string[] | null;
  users?:
    | (Parts & {
        excludeGuestsOrExternalUsers?: GraphGuests | null;
        includeGuestsOrExternalUsers?: GraphGuests | null;
      })
    | null;
}

/** Every part, zeros included. */
export function conditionsOf(found: GraphConditions): Parts {
  const { applications, clientApplications, devices, locations, platforms, users } = found;
  return {
    applications: {
      ...listsOf(APPLICATIONS, applications),
      filter: filterOf(applications?.applicationFilter),
    },
    authenticationFlowTransferMethods: words(found.authenticationFlows?.transferMethods),
    clientAppTypes: found.clientAppTypes ?? [],
    clientApplications: clientApplications
      ? {
          ...listsOf(CLIENT_APPLICATIONS, clientApplications),
          filter: filterOf(clientApplications.servicePrincipalFilter),
        }
      : undefined,
    devices: devices ? { filter: filterOf(devices.deviceFilter) } : undefined,
    insiderRiskLevels: found.insiderRiskLevels ?? undefined,
    locations: locations ? listsOf(LOCATIONS, locations) : undefined,
    platforms: platforms ? listsOf(PLATFORMS, platforms) : undefined,
    ...Object.fromEntries(RISKS.map((key) => [key, found[key] ?? []])),
    users: {
      ...listsOf(USERS, users),
      excludedGuestsOrExternalUsers: guestsOf(users?.excludeGuestsOrExternalUsers),
      includedGuestsOrExternalUsers: guestsOf(users?.includeGuestsOrExternalUsers),
    },
  };
}

const listsOf = (names: Names, found: Found): Parts =>
  Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [ours, found?.[theirs] ?? []]));

const filterOf = (found: GraphFilter | null | undefined): Parts | undefined =>
  found ? { mode: found.mode ?? "", rule: found.rule ?? "" } : undefined;

/** Graph writes several words of a list as one text. */
const words = (found: string | null | undefined): string[] =>
  (found ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

function guestsOf(found: GraphGuests | null | undefined): Parts[] {
  if (!found) return [];
  const { externalTenants, guestOrExternalUserTypes } = found;
  return [
    {
      externalTenants: externalTenants
        ? [
            {
              members: externalTenants.members ?? [],
              membershipKind: externalTenants.membershipKind ?? "",
            },
          ]
        : [],
      guestOrExternalUserTypes: words(guestOrExternalUserTypes),
    },
  ];
}

/**
 * The whole set: the service takes a part that is not named for one that stays. What newer tenants know and older
 * ones refuse is only named where it is or was there.
 */
export function conditionsBody(wanted: Conditions, observed: Conditions | undefined): Parts {
  const { applications, clientApplications, devices, locations, platforms, users } = wanted;
  return {
    applications: {
      ...graphLists(APPLICATIONS, applications),
      ...newer("applicationFilter", {
        wish: applications.filter,
        found: observed?.applications.filter,
      }),
    },
    authenticationFlows: flowsBody(wanted.authenticationFlowTransferMethods ?? []),
    clientAppTypes: wanted.clientAppTypes,
    ...newer("clientApplications", {
      wish: clientApplications && {
        ...graphLists(CLIENT_APPLICATIONS, clientApplications),
        servicePrincipalFilter: clientApplications.filter ?? null,
      },
      found: observed?.clientApplications,
    }),
    devices: devices?.filter === undefined ? null : { deviceFilter: devices.filter },
    ...newer("insiderRiskLevels", {
      wish: wanted.insiderRiskLevels,
      found: observed?.insiderRiskLevels,
    }),
    locations: locations ? graphLists(LOCATIONS, locations) : null,
    platforms: platforms ? graphLists(PLATFORMS, platforms) : null,
    ...Object.fromEntries(RISKS.map((key) => [key, wanted[key] ?? []])),
    users: {
      ...graphLists(USERS, users),
      excludeGuestsOrExternalUsers: guestsBody(users.excludedGuestsOrExternalUsers),
      includeGuestsOrExternalUsers: guestsBody(users.includedGuestsOrExternalUsers),
    },
  };
}

const graphLists = (names: Names, wanted: Parts): Parts =>
  Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [theirs, wanted[ours] ?? []]));

const newer = (name: string, { wish, found }: { wish: unknown; found: unknown }): Parts =>
  wish === undefined && found === undefined ? {} : { [name]: wish ?? null };

const flowsBody = (methods: readonly string[]): Parts | null =>
  methods.length === 0 ? null : { transferMethods: methods.join(",") };

function guestsBody(blocks: readonly Guests[] = []): Parts | null {
  const [guests] = blocks;
  if (guests === undefined) return null;
  const [tenant] = guests.externalTenants ?? [];
  const isEnumerated = tenant?.membershipKind === "enumerated";
  return {
    guestOrExternalUserTypes: guests.guestOrExternalUserTypes.join(","),
    externalTenants: tenant
      ? {
          "@odata.type": `#microsoft.graph.conditionalAccess${isEnumerated ? "Enumerated" : "All"}ExternalTenants`,
          membershipKind: tenant.membershipKind,
          ...(isEnumerated ? { members: tenant.members ?? [] } : {}),
        }
      : null,
  };
}
