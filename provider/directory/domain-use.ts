/**
 * What uses a domain, and what stands in the way of a plan that takes one away or gives people addresses in one: asked
 * before the first write, so that nothing is half done.
 * @see https://learn.microsoft.com/graph/api/domain-list-domainnamereferences (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/user-post-users (federated domains, v1.0, checked 2026-11)
 */
import { odata } from "../../services/index.ts";
import type { Microsoft365 } from "../../services/index.ts";
import { NOUNS } from "../../core/nouns.ts";
import { en } from "../../core/i18n/phrases.ts";
import type { Properties } from "../kit/values.ts";

interface Reference {
  readonly id: string;
  readonly displayName?: string | null;
  readonly userPrincipalName?: string | null;
  readonly mail?: string | null;
}

/** Users, groups and applications with an address or name in the domain. */
export const referencesTo = async (
  { graph }: Microsoft365,
  domain: string,
): Promise<readonly Reference[]> =>
  (await graph.tryGet(odata`/domains/${domain}?$select=id`)) === undefined
    ? []
    : await graph.all<Reference>(odata`/domains/${domain}/domainNameReferences`);

const nameOf = ({ id, userPrincipalName, mail, displayName }: Reference): string =>
  userPrincipalName ?? mail ?? displayName ?? id;

export const inUse = (domain: string, references: readonly Reference[]) => ({
  code: "domain-in-use" as const,
  message: `${domain} is still used by ${en.list(references.map(nameOf))}`,
  hint: "Give each of them an address in another domain first; Microsoft keeps a domain as long as something uses it.",
});

/** A change that a plan is to make. */
export interface UseOfDomain {
  readonly type: string;
  readonly operation: string;
  /** Of the object; undefined for what is created. */
  readonly id: string | undefined;
  /** As declared, or as they were for what goes. */
  readonly inputs: Properties;
}

export interface DomainHindrance {
  readonly code: "domain-in-use" | "domain-not-verified" | "domain-federated";
  /** One sentence without a full stop. */
  readonly message: string;
}

const isDomain = ({ type }: UseOfDomain): boolean => type === NOUNS.domain.type;
const isPerson = ({ type }: UseOfDomain): boolean => type === NOUNS.user.type;

/** What stands in the way, each change's own; undefined where nothing does. */
export async function domainHindrances(
  changes: readonly UseOfDomain[],
  service: Microsoft365,
): Promise<readonly (DomainHindrance | undefined)[]> {
  // Who waits for a domain of the same plan is not there before it.
  const coming = new Set(changes.filter(isDomain).map(({ inputs }) => inputs.name));
  const domainOf = ({ operation, inputs: { userPrincipalName: name } }: UseOfDomain) =>
    typeof name !== "string" || operation === "delete"
      ? undefined
      : name.slice(name.indexOf("@") + 1).toLowerCase();
  const given = changes.map((change) => {
    const domain = isPerson(change) ? domainOf(change) : undefined;
    return domain === undefined || coming.has(domain) ? undefined : domain;
  });
  const domains = given.some((domain) => domain !== undefined) ? await domainsOf(service) : [];
  // Who only gets another name keeps the old address as an alias.
  const removed = new Set(
    changes.flatMap(({ operation, id }) =>
      operation === "delete" ? (id?.split("/").at(-1) ?? []) : [],
    ),
  );
  return await Promise.all(
    changes.map(async (change, at) => {
      const name = given[at];
      if (name !== undefined) return notUsable(name, domains);
      if (!isDomain(change) || change.operation !== "delete") return undefined;
      const going = String(change.inputs.name);
      const staying = (await referencesTo(service, going)).filter(({ id }) => !removed.has(id));
      if (staying.length === 0) return undefined;
      const { code, message } = inUse(going, staying);
      return { code, message };
    }),
  );
}

interface Usable {
  readonly id: string;
  readonly isVerified: boolean;
  readonly authenticationType: string | null;
}

const domainsOf = async ({ graph }: Microsoft365): Promise<readonly Usable[]> =>
  await graph.all<Usable>("/domains?$select=id,isVerified,authenticationType");

function notUsable(name: string, domains: readonly Usable[]): DomainHindrance | undefined {
  const found = domains.find(({ id }) => id.toLowerCase() === name);
  if (found?.isVerified !== true) {
    const why = found === undefined ? "is not a domain of the tenant" : "is not verified yet";
    return { code: "domain-not-verified", message: `${name} ${why}` };
  }
  if (found.authenticationType !== "Federated") return undefined;
  return {
    code: "domain-federated",
    message: `people of ${name} sign in at another service, which makes their accounts`,
  };
}
