/** What the rules for signing in need around them, so that none of them shuts out who must always get in. */
import { findSku, hasConditionalAccess } from "../../core/sku-catalogue.ts";
import type { Finding } from "../diagnostic.ts";
import type { Lenient } from "../reading/lenient.ts";
import type { Tenant } from "../tenant-schema.ts";
import {
  groupsOf,
  itemsOf,
  suggestSparingly,
  unmanagedOf,
  unresolved,
  unresolvedHolders,
  usersOf,
  withUnmanaged,
  type Rule,
} from "./facts.ts";

const SECTION = "signInSecurity";

/** Keys of the rules that are made of conditional access, with the stage of each that is declared. */
function levelsOf({ signInSecurity: declared }: Lenient<Tenant>): [string, string | undefined][] {
  const { trustedCountries } = declared ?? {};
  return Object.entries({
    twoStepForEveryone: declared?.twoStepForEveryone,
    phishingResistantAdministrators: declared?.phishingResistantAdministrators,
    blockLegacySignIn: declared?.blockLegacySignIn,
    trustedCountries: trustedCountries?.stage,
  }).filter(([, stage]) => stage !== undefined);
}

/** An account that cannot be named to Microsoft cannot be left out of a rule either. */
export const emergencyAccountsAreExcludable: Rule = (facts) => {
  const [first] = levelsOf(facts.tenant);
  const accounts = facts.tenant.tenant?.emergencyAccounts;
  if (first === undefined) return [];
  const path = ["tenant", "emergencyAccounts"];
  if (facts.tenant.tenant !== undefined && (accounts === undefined || accounts.length === 0)) {
    return [
      {
        path: [SECTION, first[0]],
        message: "No emergency account would be excluded from this rule",
        allowed: "rules for signing in with at least one account under tenant.emergencyAccounts",
      },
    ];
  }
  const known = withUnmanaged(usersOf(facts), unmanagedOf(facts).user);
  return itemsOf(accounts, path).flatMap(({ path: place, value }): Finding[] =>
    known.names.has(value) || !known.isComplete
      ? []
      : [
          {
            path: place,
            message: `${value} cannot be excluded from ${SECTION}: its object id is not known`,
            allowed: "an account in the section users, or named under unmanaged.users with its id",
          },
        ],
  );
};

export const signInExceptionsReferToSomething: Rule = (facts) => {
  const { trustedCountries, excludedGroups } = facts.tenant.signInSecurity ?? {};
  const suggest = suggestSparingly();
  const unmanaged = unmanagedOf(facts);
  const users = withUnmanaged(usersOf(facts), unmanaged.user);
  const groups = withUnmanaged(groupsOf(facts), unmanaged.group);
  const exceptions = itemsOf(trustedCountries?.exceptions, [
    ...[SECTION, "trustedCountries", "exceptions"],
  ]);
  return [
    ...unresolvedHolders(exceptions, users, suggest),
    ...itemsOf(excludedGroups, [SECTION, "excludedGroups"]).flatMap((group) =>
      unresolved(group, groups, suggest),
    ),
  ];
};

/** Microsoft refuses a rule that is on beside its security defaults, and without either nobody asks for a second step. */
export const securityDefaultsAreReplaced: Rule = ({ tenant }) => {
  const { securityDefaults, twoStepForEveryone } = tenant.signInSecurity ?? {};
  if (securityDefaults === "off" && twoStepForEveryone !== "on") {
    return [
      {
        path: [SECTION, "securityDefaults"],
        message: "Without security defaults nothing would ask everyone for a second step",
        received: securityDefaults,
        allowed: "off with twoStepForEveryone: on",
      },
    ];
  }
  if (securityDefaults !== "on") return [];
  return levelsOf(tenant)
    .filter(([, stage]) => stage === "on")
    .map(([key]) => ({
      path: key === "trustedCountries" ? [SECTION, key, "stage"] : [SECTION, key],
      message: "Microsoft allows no such rule while security defaults are on",
      received: "on",
      allowed: "reportOnly, or on with securityDefaults: off",
    }));
};

/** @see https://learn.microsoft.com/entra/identity/conditional-access/overview (license requirements, checked 2026-11-27) */
export const signInRulesAreLicensed: Rule = ({ tenant }) => {
  const skus = tenant.subscriptions?.map((subscription) => subscription?.sku);
  if (skus === undefined || skus.includes(undefined)) return [];
  const isLicensed = skus.some((sku) => hasConditionalAccess(findSku(sku ?? "")?.plans ?? []));
  if (isLicensed) return [];
  return levelsOf(tenant).map(([key]) => ({
    path: [SECTION, key],
    at: "key",
    message: "No subscription of this file holds Microsoft Entra ID P1, which this rule needs",
    allowed:
      "securityDefaults: on, or a product with Microsoft Entra ID P1 among the subscriptions",
  }));
};
