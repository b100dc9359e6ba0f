/**
 * Which tenant the stack is about, and who decides for it. Reads who the tenant is and refuses another one;
 * writes nothing: contract, approval and management live in the stack only.
 * @see https://learn.microsoft.com/graph/api/organization-list (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import type { DescribedChange, Description, ResourceContext } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { wordOf } from "../../core/i18n/labels.ts";
import { clauses, en, nl, objects, text, texts } from "../../core/i18n/phrases.ts";
import { serviceLevel } from "../../core/service-level.ts";
import { RefusedError } from "../kit/refusal.ts";
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

type Inputs = z.output<typeof inputs>;

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

  describe,
});

const decisionMakerNames = (properties: DescribedChange["after"]): string[] => {
  const approval = properties?.approval;
  const record = typeof approval === "object" ? (approval as Record<string, unknown>) : undefined;
  return objects(record, "decisionMakers").map((person) => text(person, "name"));
};

const contractOf = (properties: DescribedChange["after"]) => {
  const {
    start = "",
    end = "",
    serviceLevel: level = "",
  } = (properties?.contract ?? {}) as Partial<Inputs["contract"]>;
  return { start, end, level: wordOf("serviceLevel", level) ?? { nl: level, en: level } };
};

function describe({ operation, before, after, changedPaths }: DescribedChange): Description {
  const name = text(after, "displayName") || text(before, "displayName");
  const makers = decisionMakerNames(after);
  const base = { section: "tenant" as const, affected: makers };
  switch (operation) {
    case "create":
    case "adopt": {
      const { end, level } = contractOf(after);
      return {
        ...base,
        severity: "sensitive",
        nl: `De Microsoft 365-omgeving van ${name} komt onder beheer (${level.nl}, tot en met ${nl.day(end)}); ${nl.list(makers)} ${nl.form(makers.length, { one: "beslist", other: "beslissen" })}`,
        en: `The Microsoft 365 tenant of ${name} comes under management (${level.en}, until ${en.day(end)}); ${en.list(makers)} ${en.form(makers.length, { one: "decides", other: "decide" })}`,
      };
    }
    case "delete":
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `De Microsoft 365-omgeving van ${name} valt niet meer onder dit beheer; in de omgeving zelf verandert hierdoor niets`,
        en: `The Microsoft 365 tenant of ${name} is no longer managed here; this changes nothing in the tenant itself`,
      };
    case "update": {
      const keys = new Set(changedPaths.map(topLevelKey));
      const { start, end, level } = contractOf(after);
      const domains = texts(after, "domains");
      return {
        ...base,
        severity: "sensitive",
        nl: `${name}: ${
          clauses([
            keys.has("approval") &&
              `${nl.list(makers)} ${nl.form(makers.length, { one: "beslist", other: "beslissen" })} voortaan`,
            keys.has("contract") &&
              `het contract loopt van ${nl.day(start)} tot en met ${nl.day(end)} (${level.nl})`,
            keys.has("domains") && `de domeinen zijn ${nl.list(domains)}`,
            keys.has("managedBy") && "het beheer gaat naar een andere partij of een ander domein",
            keys.has("displayName") && `heette ${text(before, "displayName")}`,
          ]) ?? "gegevens van de omgeving veranderen"
        }`,
        en: `${name}: ${
          clauses([
            keys.has("approval") &&
              `${en.list(makers)} ${en.form(makers.length, { one: "decides", other: "decide" })} from now on`,
            keys.has("contract") &&
              `the contract runs from ${en.day(start)} to ${en.day(end)} (${level.en})`,
            keys.has("domains") && `the domains are ${en.list(domains)}`,
            keys.has("managedBy") && "another party or domain manages the tenant",
            keys.has("displayName") && `was called ${text(before, "displayName")}`,
          ]) ?? "details of the tenant change"
        }`,
      };
    }
  }
}
