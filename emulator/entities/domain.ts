/**
 * Domains: adding, verifying, their DNS records.
 * @see https://learn.microsoft.com/graph/api/resources/domain (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import { guidFrom } from "../core/random.ts";
import { REGISTRY, tenantRecords } from "../core/tenants.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer, entityAnswer } from "../graph/responses.ts";
import { pageAnswer, pageOf } from "../graph/collection-query.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed, entityOperations } from "../graph/entity.ts";
import { badRequest } from "../graph/errors.ts";
import type { GraphObject } from "../graph/object.ts";
import { shapeObject } from "../graph/shape.ts";
import { readQuery } from "../odata/query.ts";
import { domains, groups, organizations, users } from "./collections.ts";
import { groupDefinition } from "./group.ts";
import { initialDomain, isVerifiedDomain } from "./rules.ts";
import { userDefinition } from "./user.ts";

const TTL_SECONDS = 3600;
const DOMAIN_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

const domainDefinition: EntityDefinition = {
  type: "domain",
  path: "/domains",
  collection: domains,
  methods: ["list", "get", "create", "update", "delete"],
  readOnly: [
    "authenticationType",
    "availabilityStatus",
    "isAdminManaged",
    "isInitial",
    "isRoot",
    "isVerified",
    "state",
  ],
  immutable: ["id"],
  create: (call, object, input) => {
    const given = input.properties.id;
    const id = typeof given === "string" ? given.toLowerCase() : "";
    if (!DOMAIN_NAME.test(id))
      throw badRequest("Invalid value specified for property 'id' of resource 'Domain'.");
    if (call.store.get(domains, id) !== undefined || isTakenElsewhere(call, id)) {
      throw badRequest("A domain with the same name already exists.");
    }
    const root = parentOf(call, id);
    return {
      ...newDomain(id),
      ...object,
      id,
      isRoot: root === undefined,
      isVerified: root !== undefined,
    };
  },
  update: (call, { before, after, input }) => {
    if (before.isVerified !== true) throw badRequest("Only verified domains can be changed.");
    if (input.properties.isDefault === false && before.isDefault === true) {
      throw badRequest(
        "The default domain can only be changed by making another domain the default.",
      );
    }
    if (after.isDefault === true) makeDefault(call, before.id);
    return after;
  },
  remove: (call, domain) => {
    if (domain.isInitial === true || domain.isDefault === true) {
      throw badRequest("The initial domain and the default domain cannot be deleted.");
    }
    if (referencesOf(call, domain.id).length > 0) {
      throw badRequest("The domain cannot be deleted because directory objects refer to it.");
    }
  },
};

export const domainRoutes: readonly Route[] = [
  ...entityOperations(domainDefinition),
  { method: "POST", path: "/domains/:id/verify", handle: verify },
  { method: "GET", path: "/domains/:id/verificationDnsRecords", handle: verificationRecords },
  { method: "GET", path: "/domains/:id/serviceConfigurationRecords", handle: serviceRecords },
  { method: "GET", path: "/domains/:id/domainNameReferences", handle: nameReferences },
  { method: "GET", path: "/domains/:id/rootDomain", handle: rootDomain },
];

export function newDomain(id: string): GraphObject {
  return {
    id,
    authenticationType: "Managed",
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault: false,
    isInitial: false,
    isRoot: true,
    isVerified: false,
    passwordNotificationWindowInDays: 14,
    passwordValidityPeriodInDays: 2147483647,
    state: null,
    supportedServices: [],
  };
}

function isTakenElsewhere(scope: Scope, id: string): boolean {
  const owner = scope.tenant(REGISTRY).store.find(tenantRecords, "domain", id)[0]?.object;
  return owner !== undefined && owner.id !== scope.tenantId;
}

/** The verified domain of which this is a part. */
function parentOf(scope: Scope, id: string): string | undefined {
  const labels = id.split(".");
  return labels
    .map((_label, index) => labels.slice(index + 1).join("."))
    .find((name) => isVerifiedDomain(scope, name));
}

function makeDefault(scope: Scope, id: string): void {
  for (const { object } of scope.store.list(domains)) {
    if (object.id !== id && object.isDefault === true)
      scope.store.replace(domains, { ...object, isDefault: false });
  }
}

function referencesOf(scope: Scope, domain: string) {
  const suffix = `@${domain}`;
  const uses = (object: GraphObject): boolean =>
    [object.userPrincipalName, object.mail, ...((object.proxyAddresses ?? []) as string[])].some(
      (value) => typeof value === "string" && value.toLowerCase().endsWith(suffix),
    );
  return [
    ...scope.store.list(users).map((entry) => ({ definition: userDefinition, entry })),
    ...scope.store.list(groups).map((entry) => ({ definition: groupDefinition, entry })),
  ].filter(({ entry }) => uses(entry.object));
}

function domainAnswer(call: Call, object: GraphObject): Answer {
  return entityAnswer(call, shapeObject(call, { definition: domainDefinition, object }), {
    type: "domain",
    context: "domains",
  });
}

/**
 * The emulator has no DNS: the record of a domain is there `domainRecordDelayMs` after it was added, and never where its
 * name ends with `.invalid` (RFC 2606).
 */
function verify(call: Call): Answer {
  const domain = addressed(call, domainDefinition);
  const addedMs = call.store.entry(domains, domain.id)?.createdMs ?? 0;
  const isTooEarly = call.nowMs < addedMs + call.behaviour.domainRecordDelayMs;
  if (domain.id.endsWith(".invalid") || isTooEarly) {
    throw new ServiceFailure(400, "Request_BadRequest", {
      message:
        "Domain verification failed with the following error: 'DNS verification record not found'.",
    });
  }
  const verified = {
    ...domain,
    isVerified: true,
    supportedServices: ["Email", "OfficeCommunicationsOnline"],
  };
  call.store.replace(domains, verified);
  const registry = call.tenant(REGISTRY).store;
  const tenant = registry.get(tenantRecords, call.tenantId);
  if (tenant !== undefined) {
    registry.replace(tenantRecords, {
      ...tenant,
      domains: [...new Set([...tenant.domains, domain.id])],
    });
  }
  return domainAnswer(call, verified);
}

type DnsRecord = Record<string, unknown>;

function recordsAnswer(call: Call, domain: GraphObject, records: readonly DnsRecord[]): Answer {
  const complete = records.map((record) => ({
    ...record,
    id: guidFrom(domain.id, JSON.stringify(record)),
    ttl: TTL_SECONDS,
    supportedService: record.supportedService ?? "Email",
    isOptional: record.isOptional ?? false,
  }));
  return collectionAnswer(call, complete, { type: "domainDnsRecord", context: "domainDnsRecords" });
}

/** `MS=ms…`, decided by tenant and domain. */
function verificationText(call: Call, domain: string): string {
  const number =
    Math.floor(call.fraction("domain-verification", call.tenantId, domain) * 90_000_000) +
    10_000_000;
  return `MS=ms${number}`;
}

function verificationRecords(call: Call): Answer {
  const domain = addressed(call, domainDefinition);
  const text = verificationText(call, domain.id);
  return recordsAnswer(call, domain, [
    {
      "@odata.type": "#microsoft.graph.domainDnsTxtRecord",
      recordType: "Txt",
      label: domain.id,
      text,
    },
    {
      "@odata.type": "#microsoft.graph.domainDnsMxRecord",
      recordType: "Mx",
      label: domain.id,
      mailExchange: `${text.slice(3)}.msv1.invalid`,
      preference: 32767,
    },
  ]);
}

/** Domains added from this day on have names of another form (message centre MC1048624, seen 2026-02-02). */
const NEW_NAMES_FROM_MS = Date.UTC(2026, 6, 1);

/** Where mail of the domain goes, and where its DKIM keys lie. Nobody but the service can work the new names out. */
export function dnsHosts(
  call: Call,
  domain: string,
): {
  readonly mail: { readonly mailExchange: string; readonly preference: number };
  readonly selectors: readonly [string, string];
} {
  const dashed = domain.replaceAll(".", "-");
  const addedMs = call.store.entry(domains, domain)?.createdMs ?? 0;
  const tenantMs = call.store.entry(organizations, call.tenantId)?.createdMs ?? 0;
  const initial = initialDomain(call);
  if (addedMs <= tenantMs || addedMs < NEW_NAMES_FROM_MS) {
    return {
      mail: { mailExchange: `${dashed}.mail.protection.outlook.com`, preference: 0 },
      selectors: [
        `selector1-${dashed}._domainkey.${initial}`,
        `selector2-${dashed}._domainkey.${initial}`,
      ],
    };
  }
  const letter = "nerwy".charAt(Math.floor(call.fraction("dns-letter", domain) * 5));
  const keys = `_domainkey.${initial.split(".")[0] ?? ""}.${letter}-v1.dkim.mail.microsoft`;
  return {
    mail: { mailExchange: `${dashed}.${letter}-v1.mx.microsoft`, preference: 10 },
    selectors: [`selector1-${dashed}.${keys}`, `selector2-${dashed}.${keys}`],
  };
}

function serviceRecords(call: Call): Answer {
  const domain = addressed(call, domainDefinition);
  const { mail } = dnsHosts(call, domain.id);
  const cname = (label: string, canonicalName: string, supportedService: string): DnsRecord => ({
    "@odata.type": "#microsoft.graph.domainDnsCnameRecord",
    recordType: "CName",
    label: `${label}.${domain.id}`,
    canonicalName,
    supportedService,
  });
  return recordsAnswer(call, domain, [
    {
      "@odata.type": "#microsoft.graph.domainDnsMxRecord",
      recordType: "Mx",
      label: domain.id,
      ...mail,
    },
    {
      "@odata.type": "#microsoft.graph.domainDnsTxtRecord",
      recordType: "Txt",
      label: domain.id,
      text: "v=spf1 include:spf.protection.outlook.com -all",
    },
    cname("autodiscover", "autodiscover.outlook.com", "Email"),
    cname("enterpriseregistration", "enterpriseregistration.windows.net", "Intune"),
    cname("enterpriseenrollment", "enterpriseenrollment.manage.microsoft.com", "Intune"),
  ]);
}

function nameReferences(call: Call): Answer {
  const domain = addressed(call, domainDefinition);
  const query = readQuery(call, {
    type: "directoryObject",
    isDirectoryObject: true,
    maxPageSize: 999,
  });
  const page = pageOf(call, referencesOf(call, domain.id), query);
  return pageAnswer(call, page, {
    type: "directoryObject",
    context: "directoryObjects",
    query,
    withType: true,
  });
}

function rootDomain(call: Call): Answer {
  const domain = addressed(call, domainDefinition);
  const root = parentOf(call, domain.id) ?? domain.id;
  return domainAnswer(call, call.store.get(domains, root) ?? domain);
}
