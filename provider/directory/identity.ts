/**
 * Which tenant the credentials lead to, and the refusal of another one.
 * @see https://learn.microsoft.com/graph/api/organization-list (v1.0, checked 2026-11)
 */
import type { Microsoft365 } from "../../services/index.ts";
import { en } from "../../core/i18n/phrases.ts";
import { RefusedError } from "../kit/refusal.ts";

interface Organization {
  readonly id: string;
  readonly displayName: string | null;
  readonly countryLetterCode?: string | null;
  readonly preferredLanguage?: string | null;
}

interface Domain {
  readonly id: string;
  readonly isInitial: boolean;
  readonly isVerified: boolean;
  readonly authenticationType?: string | null;
}

export interface Identity {
  readonly organization: Organization;
  readonly initialDomain: string;
  readonly verifiedDomains: ReadonlySet<string>;
  /** Added, and not verified yet; sorted. */
  readonly unverifiedDomains: readonly string[];
  /** Of those whose people sign in at another service, which decides who may. */
  readonly federatedDomains: readonly string[];
}

export async function identify({ graph }: Microsoft365): Promise<Identity> {
  const [organizations, domains] = await Promise.all([
    graph.all<Organization>(
      "/organization?$select=id,displayName,countryLetterCode,preferredLanguage",
    ),
    graph.all<Domain>("/domains?$select=id,isInitial,isVerified,authenticationType"),
  ]);
  const [organization] = organizations;
  if (organization === undefined || organizations.length > 1) {
    throw new Error(`GET /organization gave ${organizations.length} organisations instead of one`);
  }
  const verified = domains.filter(({ isVerified }) => isVerified);
  return {
    organization,
    initialDomain: domains.find(({ isInitial }) => isInitial)?.id.toLowerCase() ?? "",
    verifiedDomains: new Set(verified.map(({ id }) => id.toLowerCase())),
    unverifiedDomains: domains
      .filter(({ isVerified }) => !isVerified)
      .map(({ id }) => id.toLowerCase())
      .sort(),
    federatedDomains: verified
      .filter(({ authenticationType }) => authenticationType === "Federated")
      .map(({ id }) => id.toLowerCase())
      .sort(),
  };
}

/** Refuses every tenant but the declared one. */
export function demandTenant(
  identity: Identity,
  declared: { readonly tenantId: string; readonly initialDomain?: string },
): void {
  const { organization, initialDomain } = identity;
  const isSame =
    organization.id.toLowerCase() === declared.tenantId.toLowerCase() &&
    (declared.initialDomain === undefined || declared.initialDomain === initialDomain);
  if (isSame) return;
  const wanted = [declared.initialDomain, declared.tenantId].filter(Boolean).join(", ");
  throw new RefusedError({
    code: "wrong-tenant",
    message: `The credentials lead to ${organization.displayName ?? "a tenant"} (${initialDomain}, ${organization.id}), not to the declared tenant (${wanted})`,
    hint: "Correct the tenant id and initial domain in the tenant file, or use the credentials of that tenant.",
  });
}

export function demandDomains({ verifiedDomains }: Identity, domains: readonly string[]): void {
  const missing = domains.filter((name) => !verifiedDomains.has(name));
  if (missing.length === 0) return;
  throw new RefusedError({
    code: "domain-not-verified",
    message: `The tenant has not verified ${en.list(missing)}`,
    hint: "Add and verify the domain in the tenant, or take it out of the tenant file.",
  });
}
