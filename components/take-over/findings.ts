/** What is odd in a tenant, each with what to do about it. Told at a take-over; nothing is changed. */
import type { Inventory } from "../../provider/index.ts";
import { productName } from "../../core/sku-catalogue.ts";

export interface TenantFinding {
  /** Kebab-case, for programs. */
  readonly kind:
    | "blocked-with-licence"
    | "unused-licences"
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

export function findingsOf({ people: everybody, groups, products }: Inventory): TenantFinding[] {
  const namesOf = (found: typeof everybody): string[] =>
    found.map(({ inputs }) => inputs.userPrincipalName).sort();
  const odd: readonly Odd[] = [
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
        .filter(({ bought, used }) => used < bought)
        .map(({ sku, bought, used }) => `${productName(sku)}: ${bought - used} of ${bought}`),
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
          ({ inputs: { mail, userPrincipalName }, isGuest, isSynchronized }) =>
            !isGuest &&
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
