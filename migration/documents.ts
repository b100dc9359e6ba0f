/** What the customer's decision makers sign, as data whose hash says whether it is still the same. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../core/canonical-json.ts";
import { productName } from "../core/sku-catalogue.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { Migration } from "./migration-schema.ts";

/** SHA-256 in hexadecimal of anything that JSON holds. */
export const hashOf = (document: unknown): string =>
  createHash("sha256").update(canonicalJson(document)).digest("hex");

/** Each by the name under which it is signed. */
export const DOCUMENTS = ["plan", "by-hand"] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

/** Plan of approach, hours, scope, tasks, risks and products; a change of any of it is signed anew. */
const plan = (migration: Migration): unknown => {
  const { approach, workPackages, scope, tasks, risks, domains, people } = migration;
  return {
    ...{ approach, workPackages, scope, tasks, risks },
    handOver: domains.map(({ name, handOver }) => ({ name, handOver })),
    products: people.map(({ user, products }) => ({ user, products })),
  };
};

/** Sources of which something moves by hand or does not come along. */
export const byHand = ({
  inventory: { mail, files },
}: Migration): { readonly name: string; readonly doesNotCome: readonly string[] }[] => [
  ...mail
    .filter((one) => [one.mail, one.calendar, one.contacts].some((route) => route !== "automatic"))
    .map(({ name, mail: ofMail, calendar, contacts, doesNotCome = [] }) => ({
      ...{ name, mail: ofMail, calendar, contacts, doesNotCome },
    })),
  ...files
    .filter(({ route, doesNotCome = [] }) => route === "byHand" || doesNotCome.length > 0)
    .map(({ name, route, doesNotCome = [] }) => ({ name, route, doesNotCome })),
];

export const documentOf = (name: DocumentName, migration: Migration): string =>
  hashOf(name === "plan" ? plan(migration) : byHand(migration));

export interface ChangedProducts {
  readonly user: string;
  /** Names of products. */
  readonly agreed: readonly string[];
  readonly now: readonly string[];
}

/** Who gets something else by the tenant file than was agreed: a later change, which went the ordinary way. */
export const productsChanged = (migration: Migration, tenant: Tenant): ChangedProducts[] =>
  migration.people.flatMap(({ user, products }) => {
    const now = productsOf(tenant, user);
    const isSame = now === undefined || [...now].toSorted().join() === products.toSorted().join();
    const named = (skus: Iterable<string>): string[] => [...skus].map(productName);
    return isSame ? [] : [{ user, agreed: named(products), now: named(now) }];
  });

/** Directly, and by groups whose members are listed; undefined where the file does not say. */
function productsOf({ users, groups }: Tenant, name: string): ReadonlySet<string> | undefined {
  const user = users?.find(({ userPrincipalName }) => userPrincipalName === name);
  if (user === undefined) return undefined;
  const ofGroups = (groups ?? [])
    .filter(({ members }) => members?.includes(name) === true)
    .flatMap(({ licenses }) => licenses ?? []);
  return new Set([...(user.licenses ?? []), ...ofGroups]);
}
