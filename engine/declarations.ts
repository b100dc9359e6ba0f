/** What a tenant file says beyond the resources that it declares, as a plan is made from it. */
import { localeOf } from "../core/i18n/format.ts";
import { LISTED_SECTIONS, MANAGED_SECTIONS, NOUNS, SAFEGUARDED, typesOf } from "../core/nouns.ts";
import type { Safeguarded } from "../core/nouns.ts";
import { resourceKey } from "../core/urn.ts";
import { DEFAULT_LIMITS } from "../core/rules.ts";
import type { Limits, Rules } from "../core/rules.ts";
import type { Declarations, DeclaredOptions, GuardFacts, Releases } from "../plan/index.ts";
import {
  acceptedEntries,
  binWords,
  blockReasons,
  globalAdministratorsOf,
  ownDomains,
  releaseEntries,
  removeEntries,
} from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { peopleReferences } from "./people-references.ts";

/** @param program the options that it declared, the rules as applied last (null: nothing was), and what was read */
export const declarationsOf = (
  tenant: Tenant,
  program: {
    readonly options: ReadonlyMap<string, DeclaredOptions>;
    readonly appliedRules: Rules | null;
    readonly found: Declarations["found"];
    readonly deleted: Declarations["deleted"];
    readonly siteLimits?: Declarations["siteLimits"];
    readonly legacySignIns?: Declarations["legacySignIns"];
    readonly licenseNeeds?: Declarations["licenseNeeds"];
    readonly adopted: Declarations["adopted"];
    /** Whether the settings name the tenant of the provider as Microsoft's partner. */
    readonly isPartner: boolean;
  },
): Declarations => ({
  options: program.options,
  people: peopleReferences(tenant),
  rules: { applied: program.appliedRules, proposed: rulesOf(tenant) },
  releases: releasesOf(tenant),
  found: program.found,
  adopted: program.adopted,
  recycleBin: new Map(
    binWords(tenant).flatMap(({ kind, name, word }) =>
      typesOf(kind).map((type) => [resourceKey(type, name), word] as const),
    ),
  ),
  blockReasons: new Map(
    [...blockReasons(tenant)].map(([name, reason]) => [resourceKey(NOUNS.user.type, name), reason]),
  ),
  deleted: program.deleted,
  siteLimits: program.siteLimits,
  legacySignIns: program.legacySignIns,
  licenseNeeds: program.licenseNeeds,
  unmanaged: LISTED_SECTIONS.filter(({ listedIn }) => tenant[listedIn] === undefined).map(
    ({ section, listedIn }) => ({
      section,
      name: listedIn,
      reason: {
        nl: localeOf("nl").texts.sectionNotManaged(listedIn),
        en: localeOf("en").texts.sectionNotManaged(listedIn),
      },
    }),
  ),
  guards: guardFacts(tenant, program.isPartner),
});

/** What the file lets go of: the provider answers the engine's deletes of it without a request. */
export function releasesOf(tenant: Tenant): Releases {
  const { users = [], guests = [], groups = [], mailboxes = [], sites = [], domains = [] } = tenant;
  return {
    ...releaseEntries(tenant),
    declared: {
      user: users.map(({ userPrincipalName }) => userPrincipalName),
      guest: guests.map(({ email }) => email),
      group: groups.map(({ name }) => name),
      mailbox: mailboxes.map(({ address }) => address),
      site: sites.map(({ url }) => url),
      domain: domains.map(({ name }) => name),
    },
  };
}

function signInExclusions(
  { tenant, signInSecurity }: Tenant,
  partner: boolean,
): GuardFacts["signIn"] {
  if (signInSecurity === undefined) return undefined;
  return {
    emergencyAccounts: tenant.emergencyAccounts ?? [],
    groups: signInSecurity.excludedGroups ?? [],
    alongside: signInSecurity.alongside ?? [],
    travellers: signInSecurity.trustedCountries?.exceptions ?? [],
    partner,
  };
}

function guardFacts(tenant: Tenant, partner: boolean): GuardFacts {
  const { subscriptions = [], users = [], groups = [], sites = [] } = tenant;
  return {
    sections: MANAGED_SECTIONS.filter((key) => tenant[key] !== undefined),
    bought: Object.fromEntries(subscriptions.map(({ sku, count }) => [sku, count])),
    storageQuotas: sites.flatMap(({ storageQuota }) => storageQuota ?? []),
    domains: [...(ownDomains(tenant) ?? [])],
    remove: removeEntries(tenant),
    onPremises: [
      ...users.filter(isOnPremises).map(({ userPrincipalName }) => userPrincipalName),
      ...groups.filter(isOnPremises).map(({ name }) => name),
    ],
    signIn: signInExclusions(tenant, partner),
    roles: (tenant.roles ?? []).flatMap(({ role, users }) =>
      users.map((holder) => ({ ...holder, roleId: role })),
    ),
    licensedAround: groups
      .filter(({ licenses = [], memberGroups = [] }) => licenses.length * memberGroups.length > 0)
      .map(({ name }) => name),
    allowsMany: tenant.approval?.exceptionalChange?.allow ?? [],
  };
}

const isOnPremises = ({ source }: { readonly source?: string }): boolean => source !== undefined;

/** The rules that the file proposes. Deputies decide in another's place, and are not rules of their own. */
function rulesOf(tenant: Tenant): Rules {
  const { approval, tenant: identity } = tenant;
  const accepted = acceptedEntries(tenant);
  return {
    decisionMakers: (approval?.decisionMakers ?? [])
      .filter(({ deputyFor }) => deputyFor === undefined)
      .map(({ name, email }) => ({ name, email })),
    required: approval?.required ?? 1,
    limits: limitsOf(tenant),
    emergencyAccounts: identity.emergencyAccounts ?? [],
    globalAdministrators: [...(globalAdministratorsOf(tenant) ?? [])],
    ...(accepted.length === 0 ? {} : { accepted: [...accepted] }),
  };
}

/** A limit of the tenant file stands by itself; where it has none, the share of the default counts too. */
function limitsOf({ approval }: Tenant): Limits {
  const own: Partial<Record<Safeguarded, number>> = approval?.limits ?? {};
  const entries = SAFEGUARDED.map((what) => {
    const most = own[what];
    return [what, most === undefined ? DEFAULT_LIMITS[what] : { most, mostShare: 1 }] as const;
  });
  return Object.fromEntries(entries) as Limits;
}
