/** What is odd in a tenant, each with what to do about it. Told at a take-over; nothing is changed. */
import type { Inventory } from "../../provider/index.ts";
import { productName } from "../../core/sku-catalogue.ts";

export interface TenantFinding {
  /** Kebab-case, for programs. */
  readonly kind:
    | ("federated-domain" | "global-administrators" | "blocked-with-role")
    | ("blocked-with-licence" | "unused-licences" | "too-few-licences" | "subscription-ends")
    | "group-without-owner"
    | "address-differs"
    | "from-on-premises"
    | "no-backup";
  /** What was found, with its number, without a full stop. */
  readonly found: string;
  /** What to do about it. */
  readonly fix: string;
  /** Of each object, as people know it. */
  readonly names: readonly string[];
}

type Odd = Omit<TenantFinding, "found"> & { readonly what: (count: number) => string };

const people = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

/** @see https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices (checked 2026-11-27) */
const MOST_GLOBAL_ADMINISTRATORS = 4;

/** Free products come in numbers like 10,000 or 1,000,000, which nobody bought. Not documented; seen in reports of tenants. */
const GIVEN_FROM = 10_000;

export function findingsOf(inventory: Inventory): TenantFinding[] {
  const { people: everybody, groups, products, tenant, subscriptions } = inventory;
  const namesOf = (found: typeof everybody): string[] =>
    found.map(({ inputs }) => inputs.userPrincipalName).sort();
  const administrators = administratorsIn(inventory);
  const odd: readonly Odd[] = [
    {
      kind: "federated-domain",
      what: (count) =>
        `${count} ${count === 1 ? "domain is" : "domains are"} federated: another service decides who signs in`,
      fix: "Find out who runs it before anything of it is cancelled; then make the domain managed and give everybody a new password.",
      names: tenant.federatedDomains,
    },
    {
      kind: "global-administrators",
      what: (count) => `${count} ${count === 1 ? "holds" : "hold"} the role Global Administrator`,
      fix:
        administrators.global.length > MOST_GLOBAL_ADMINISTRATORS
          ? `Leave at most ${MOST_GLOBAL_ADMINISTRATORS}: give the others the roles that they need.`
          : "Look whether each of them is meant to.",
      names: administrators.global,
    },
    {
      kind: "blocked-with-role",
      what: (count) => `${people(count)} blocked, with roles of an administrator`,
      fix: "Take the roles away: whoever lets them in again lets an administrator in.",
      names: administrators.blocked,
    },
    {
      kind: "blocked-with-licence",
      what: (count) => `${people(count)} blocked, with licences of their own`,
      fix: "Take the licences back, after deciding what happens to mail and files.",
      names: namesOf(
        everybody.filter(
          ({ inputs, licenses }) => inputs.accountEnabled === false && licenses.length > 0,
        ),
      ),
    },
    {
      kind: "unused-licences",
      what: (count) => `${count} ${count === 1 ? "product" : "products"} with unused licences`,
      fix: "Order fewer at the renewal, or give them to who needs them.",
      names: products
        .filter(({ bought, used }) => used < bought && bought < GIVEN_FROM)
        .map(({ sku, bought, used }) => `${productName(sku)}: ${bought - used} of ${bought}`),
    },
    {
      kind: "too-few-licences",
      what: (count) =>
        `${count} ${count === 1 ? "product" : "products"} with more licences used than bought`,
      fix: "Order more, or take licences back.",
      names: products
        .filter(({ bought, used }) => used > bought)
        .map(({ sku, bought, used }) => `${productName(sku)}: ${used - bought} too many`),
    },
    {
      kind: "subscription-ends",
      what: (count) =>
        `${count} ${count === 1 ? "subscription is" : "subscriptions are"} not active`,
      fix: "Renew it at the licence partner, or give its people another product.",
      names: subscriptions
        .filter(({ status }) => status !== "Enabled")
        .map(({ sku, status, count }) => `${productName(sku)}: ${count}, ${status}`),
    },
    {
      kind: "group-without-owner",
      what: (count) => `${count} ${count === 1 ? "group has" : "groups have"} no owner`,
      fix: "Name an owner in the tenant file.",
      names: groups
        .filter(
          ({ inputs, isSynchronized }) => !isSynchronized && (inputs.owners ?? []).length === 0,
        )
        .map(({ inputs }) => inputs.displayName)
        .sort(),
    },
    {
      kind: "address-differs",
      what: (count) => `${people(count)} whose sign-in name is not the primary mail address`,
      fix: "Make them the same, then import again.",
      names: namesOf(
        everybody.filter(
          ({ inputs: { mail, userPrincipalName }, isSynchronized }) =>
            !isSynchronized &&
            mail !== undefined &&
            mail.toLowerCase() !== userPrincipalName.toLowerCase(),
        ),
      ),
    },
    {
      kind: "from-on-premises",
      what: (count) => `${people(count)} from a directory on premises`,
      fix: "Change them there; only licences, usage location and blocking are managed here.",
      names: namesOf(everybody.filter(({ isSynchronized }) => isSynchronized)),
    },
  ];
  return [
    ...odd
      .filter(({ names }) => names.length > 0)
      .map(({ what, ...finding }) => ({ ...finding, found: what(finding.names.length) })),
    {
      kind: "no-backup",
      found: "no backup outside Microsoft is declared",
      fix: "Add the section backup; plan refuses a tenant without it.",
      names: [],
    },
  ];
}

/** As people know them; applications by their ids. */
function administratorsIn({ roles = [], people: everybody, groups }: Inventory): {
  readonly global: readonly string[];
  readonly blocked: readonly string[];
} {
  const known = new Map([
    ...everybody.map(({ id, inputs }) => [id, inputs.userPrincipalName] as const),
    ...groups.map(({ id, inputs }) => [id, inputs.displayName] as const),
  ]);
  const namesOf = (ids: readonly string[]): string[] =>
    ids.map((id) => known.get(id) ?? `application ${id}`).sort();
  const blocked = new Set(
    everybody.filter(({ inputs }) => inputs.accountEnabled === false).map(({ id }) => id),
  );
  const holders = new Set(roles.flatMap((role) => role.holders));
  return {
    global: namesOf(
      roles.filter((role) => role.isGlobalAdministrator).flatMap((role) => role.holders),
    ),
    blocked: namesOf([...holders].filter((id) => blocked.has(id))),
  };
}
