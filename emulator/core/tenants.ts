/** Which tenants exist, and the credentials of their applications. */
import { createHash } from "node:crypto";
import type { Scope } from "./workload.ts";
import { defineCollection } from "./store.ts";

/** The pseudo tenant whose store holds the list of tenants. */
export const REGISTRY = "emulator";

export interface TenantRecord {
  /** Tenant id. */
  id: string;
  displayName: string;
  /** Every verified domain name, the initial one first. */
  domains: string[];
}

export const tenantRecords = defineCollection<TenantRecord>("emulator.tenant", {
  domain: (tenant) => tenant.domains,
});

export interface FederatedCredential {
  issuer: string;
  subject: string;
  audiences: string[];
  /** Public key that checks the other party's signature. */
  publicKeyPem: string;
}

export interface ApplicationCredentials {
  /** Client id. */
  id: string;
  secretHashes: string[];
  certificatePems: string[];
  federated: FederatedCredential[];
  /** Application permissions; undefined = all that exist. */
  roles?: string[];
  /** Where people may be sent back to after they signed in; none when left out. */
  redirectUris?: string[];
}

export const applicationCredentials =
  defineCollection<ApplicationCredentials>("emulator.credentials");

export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64");
}

/** @param nameOrId tenant id or any verified domain */
export function findTenant(scope: Scope, nameOrId: string): TenantRecord | undefined {
  const { store } = scope.tenant(REGISTRY);
  return (
    store.get(tenantRecords, nameOrId.toLowerCase()) ??
    store.find(tenantRecords, "domain", nameOrId)[0]?.object
  );
}
