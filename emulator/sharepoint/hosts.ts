/** A tenant's host names. */
import { REGISTRY, tenantRecords } from "../core/tenants.ts";
import type { Scope } from "../core/workload.ts";

export interface TenantHosts {
  /** `contoso.sharepoint.com` */
  content: string;
  /** `contoso-admin.sharepoint.com` */
  admin: string;
}

/** Host names follow the initial domain: contoso.onmicrosoft.com has contoso.sharepoint.com. */
export function hostsOf(scope: Scope): TenantHosts {
  const record = scope.tenant(REGISTRY).store.get(tenantRecords, scope.tenantId);
  const name = (record?.domains[0] ?? "").replace(/\..*$/, "").toLowerCase();
  return { content: `${name}.sharepoint.com`, admin: `${name}-admin.sharepoint.com` };
}
