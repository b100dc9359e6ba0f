/** Creates a tenant, or adds to one what the seed has more; never takes anything away. */
import type { ApplicationSeed, TenantSeed } from "./core/tenant-seed.ts";
import type { Scope } from "./core/workload.ts";
import {
  REGISTRY,
  applicationCredentials,
  hashSecret,
  tenantRecords,
  type ApplicationCredentials,
} from "./core/tenants.ts";
import { toTimestamp } from "./core/clock.ts";
import {
  applications,
  domains,
  groups,
  organizations,
  servicePrincipals,
  subscribedSkus,
} from "./entities/collections.ts";
import { newDomain } from "./entities/domain.ts";
import { addPolicies } from "./entities/policies.ts";
import { setBoughtUnits } from "./entities/subscribed-sku.ts";

export function addTenant(scope: Scope, seed: TenantSeed): void {
  const isNew = scope.store.get(organizations, seed.tenantId) === undefined;
  recordTenant(scope, seed);
  if (isNew) addOrganization(scope, seed);
  for (const name of [seed.initialDomain, ...seed.domains]) addDomain(scope, name, seed);
  for (const { skuPartNumber, enabledUnits } of seed.subscribedSkus)
    raiseBoughtUnits(scope, skuPartNumber, enabledUnits);
  for (const application of seed.applications) addApplication(scope, application);
  for (const name of seed.securityGroups ?? []) addSecurityGroup(scope, name);
  if (isNew) {
    addPolicies(scope, { securityDefaults: seed.securityDefaults === true });
    scope.emit("tenant.created", { id: seed.tenantId });
  }
}

function recordTenant(scope: Scope, seed: TenantSeed): void {
  const { store } = scope.tenant(REGISTRY);
  const known = store.get(tenantRecords, seed.tenantId);
  const names = new Set([seed.initialDomain, ...(known?.domains ?? []), ...seed.domains]);
  const record = { id: seed.tenantId, displayName: seed.displayName, domains: [...names] };
  if (known === undefined) store.insert(tenantRecords, record, scope.nowMs);
  else store.replace(tenantRecords, record);
}

function addOrganization(scope: Scope, seed: TenantSeed): void {
  scope.store.insert(
    organizations,
    {
      id: seed.tenantId,
      displayName: seed.displayName,
      createdDateTime: toTimestamp(scope.nowMs),
      tenantType: "AAD",
      businessPhones: [],
      marketingNotificationEmails: [],
      securityComplianceNotificationMails: [],
      securityComplianceNotificationPhones: [],
      technicalNotificationMails: [],
      provisionedPlans: [],
      assignedPlans: [],
      defaultUsageLocation: null,
      preferredLanguage: "nl",
    },
    scope.nowMs,
  );
}

function addDomain(scope: Scope, name: string, seed: TenantSeed): void {
  if (scope.store.get(domains, name) !== undefined) return;
  const isInitial = name === seed.initialDomain;
  const supportedServices = ["Email", "OfficeCommunicationsOnline"];
  const domain = {
    ...newDomain(name),
    isDefault: isInitial,
    isInitial,
    isVerified: true,
    supportedServices,
  };
  scope.store.insert(domains, domain, scope.nowMs);
}

function raiseBoughtUnits(scope: Scope, skuPartNumber: string, enabledUnits: number): void {
  const known = scope.store.find(subscribedSkus, "skuPartNumber", skuPartNumber)[0]?.object;
  const { enabled } = (known?.prepaidUnits ?? { enabled: 0 }) as { enabled: number };
  if (known === undefined || enabled < enabledUnits)
    setBoughtUnits(scope, skuPartNumber, enabledUnits);
}

/** As if it had always been there. */
function addSecurityGroup(scope: Scope, displayName: string): void {
  if (scope.store.find(groups, "displayName", displayName).length > 0) return;
  const id = scope.newId();
  const group = { id, displayName, mailNickname: id, mailEnabled: false, securityEnabled: true };
  const times = { createdDateTime: toTimestamp(0), renewedDateTime: toTimestamp(0) };
  const without = { groupTypes: [], proxyAddresses: [], visibility: null, mail: null };
  scope.store.insert(groups, { ...group, ...times, ...without }, 0);
}

function addApplication(scope: Scope, seed: ApplicationSeed): void {
  const id = seed.clientId.toLowerCase();
  const displayName = seed.displayName ?? "Tenantry";
  if (scope.store.find(applications, "appId", id).length === 0) {
    scope.store.insert(applications, { id: scope.newId(), appId: id, displayName }, scope.nowMs);
    scope.store.insert(
      servicePrincipals,
      {
        id: scope.newId(),
        appId: id,
        displayName,
        servicePrincipalType: "Application",
        accountEnabled: true,
      },
      scope.nowMs,
    );
  }
  const known = scope.store.get(applicationCredentials, id);
  const credentials: ApplicationCredentials = {
    id,
    secretHashes: merge(
      known?.secretHashes,
      seed.clientSecret === undefined ? [] : [hashSecret(seed.clientSecret)],
    ),
    certificatePems: merge(
      known?.certificatePems,
      seed.certificatePem === undefined ? [] : [seed.certificatePem],
    ),
    federated: [...(known?.federated ?? []), ...(seed.federatedCredentials ?? [])],
    redirectUris: merge(known?.redirectUris, seed.redirectUris ?? []),
    ...(seed.roles === undefined ? {} : { roles: [...seed.roles] }),
  };
  if (known === undefined) scope.store.insert(applicationCredentials, credentials, scope.nowMs);
  else scope.store.replace(applicationCredentials, credentials);
}

function merge(known: readonly string[] = [], added: readonly string[]): string[] {
  return [...new Set([...known, ...added])];
}
