import type { Tenant } from "../tenant-file/index.ts";

/** What has to be known of a tenant to reach it; in practice also what is there before the first apply. */
export interface ReachedTenant extends Omit<Partial<Tenant>, "tenant"> {
  readonly tenant: Pick<Tenant["tenant"], "id" | "displayName" | "initialDomain"> & {
    readonly domains: readonly string[];
  };
}
