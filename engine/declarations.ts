/** What a tenant file says beyond the resources that it declares, as a plan is made from it. */
import { localeOf } from "../core/i18n/format.ts";
import { LISTED, SAFEGUARDED } from "../core/nouns.ts";
import type { Safeguarded } from "../core/nouns.ts";
import { productName } from "../core/sku-catalogue.ts";
import { DEFAULT_LIMITS } from "../plan/index.ts";
import type { Declarations, DeclaredOptions, GuardFacts, Limits } from "../plan/index.ts";
import { removeEntries } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { peopleReferences } from "./people-references.ts";

export const declarationsOf = (
  tenant: Tenant,
  options: ReadonlyMap<string, DeclaredOptions>,
): Declarations => ({
  options,
  people: peopleReferences(tenant),
  unmanaged: LISTED.filter(({ listedIn }) => tenant[listedIn] === undefined).map(
    ({ section, listedIn }) => ({
      section,
      name: listedIn,
      reason: {
        nl: localeOf("nl").texts.sectionNotManaged(listedIn),
        en: localeOf("en").texts.sectionNotManaged(listedIn),
      },
    }),
  ),
  guards: guardFacts(tenant),
});

function guardFacts(tenant: Tenant): GuardFacts {
  const { users = [], groups = [], sites = [], subscriptions = [] } = tenant;
  return {
    sections: LISTED.map(({ listedIn }) => listedIn).filter((key) => tenant[key] !== undefined),
    objects: {
      user: users.map(({ userPrincipalName }) => userPrincipalName),
      group: groups.map(({ name }) => name),
      site: sites.map(({ url }) => url),
    },
    bought: Object.fromEntries(subscriptions.map(({ sku, count }) => [productName(sku), count])),
    remove: removeEntries(tenant),
    allowsMany: tenant.approval?.exceptionalChange?.allow ?? [],
    emergencyAccounts: tenant.tenant.emergencyAccounts ?? [],
    globalAdministrators: tenant.tenant.globalAdministrators ?? [],
    limits: limitsOf(tenant),
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
