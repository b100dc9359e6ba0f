/**
 * Which tenant the stack is about, and who decides for it. Reads who the tenant is and refuses another one;
 * writes nothing: contract, approval and management live in the stack only.
 * @see https://learn.microsoft.com/graph/api/organization-list (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { en } from "../../core/i18n/phrases.ts";
import { serviceLevel } from "../../core/service-level.ts";
import { RefusedError } from "../kit/refusal.ts";
import { describeTenant } from "./describe-tenant.ts";
import { address, day, domain, setOf } from "../kit/zod-shapes.ts";

const inputs = z.strictObject({
  tenantId: z.guid().toLowerCase().describe("Directory id of the tenant."),
  displayName: z.string().min(1).describe("What the customer is called."),
  initialDomain: domain.describe("The tenant's first domain, such as contoso.onmicrosoft.com."),
  domains: setOf(domain).describe("Domains that the tenant must have, verified."),
  contract: z.strictObject({
    start: day,
    end: day,
    serviceLevel,
  }),
  approval: z.strictObject({
    required: z.int().min(1),
    decisionMakers: z.array(z.strictObject({ name: z.string().min(1), email: address })),
  }),
  managedBy: z.strictObject({ name: z.string().min(1), domains: setOf(domain) }),
});

const outputs = z.object({
  organizationName: z.string().describe("What the tenant calls itself."),
});

interface Organization {
  readonly id: string;
  readonly displayName: string | null;
}

interface Domain {
  readonly id: string;
  readonly isInitial: boolean;
  readonly isVerified: boolean;
}

interface Identity {
  readonly organization: Organization;
  readonly initialDomain: string;
  readonly verifiedDomains: ReadonlySet<string>;
}

async function identify(context: ResourceContext): Promise<Identity> {
  const { graph } = context.service;
  const [organizations, domains] = await Promise.all([
    graph.all<Organization>("/organization?$select=id,displayName"),
    graph.all<Domain>("/domains?$select=id,isInitial,isVerified"),
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
  };
}

/** Refuses every tenant but the declared one. */
function demandTenant(
  identity: Identity,
  declared: { tenantId: string; initialDomain?: string },
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

function demandDomains({ verifiedDomains }: Identity, domains: readonly string[]): void {
  const missing = domains.filter((name) => !verifiedDomains.has(name));
  if (missing.length === 0) return;
  throw new RefusedError({
    code: "domain-not-verified",
    message: `The tenant has not verified ${en.list(missing)}`,
    hint: "Add and verify the domain in the tenant, or take it out of the tenant file.",
  });
}

export const tenant = defineResource({
  token: "m365:directory:Tenant",
  summary:
    "The identity of the tenant, and who decides for it. Refuses credentials of another tenant.",
  inputs,
  outputs,
  permissions: { read: ["Organization.Read.All", "Domain.Read.All"], write: [] },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/organization-list", checked: "2026-11-22" },
    { url: "https://learn.microsoft.com/graph/api/domain-list", checked: "2026-11-22" },
  ],
  replaceOn: ["tenantId"],
  elementKeys: { "approval.decisionMakers": ["email"] },
  // Agreements between people: no service knows them.
  writeOnly: ["displayName", "contract", "approval", "managedBy"],

  validate({ contract, approval }) {
    return [
      ...(contract.end > contract.start
        ? []
        : [{ property: "contract.end", reason: `must be after its start, ${contract.start}` }]),
      ...(approval.required <= Math.max(1, approval.decisionMakers.length)
        ? []
        : [{ property: "approval.required", reason: "is more than there are decision makers" }]),
    ];
  },

  // Other domains that the tenant has verified are nobody's drift.
  managed: (found, declared) => ({
    ...found,
    domains: declared.domains.filter((name) => found.domains?.includes(name)),
  }),

  async read(context, { id, previous }) {
    const identity = await identify(context);
    demandTenant(identity, previous ?? { tenantId: id });
    return {
      id,
      inputs: {
        tenantId: identity.organization.id.toLowerCase(),
        initialDomain: identity.initialDomain,
        domains: [...identity.verifiedDomains].sort(),
      },
      outputs: { organizationName: identity.organization.displayName ?? "" },
    };
  },

  async reconcile(context, { wanted }) {
    const identity = await identify(context);
    demandTenant(identity, wanted);
    demandDomains(identity, wanted.domains);
    return {
      id: wanted.tenantId,
      outputs: { organizationName: identity.organization.displayName ?? "" },
    };
  },

  async remove() {
    // Nothing was made, so nothing goes: the tenant itself stays as it is.
  },

  describe: describeTenant,
});
