/** A tenant that exists, read as a whole by a client that cannot write: as a tenant file, and under which ids. */
import { draftTenant } from "../components/index.ts";
import type { DraftedTenant } from "../components/index.ts";
import { adoptionBy, takeInventory } from "../provider/index.ts";
import type { TenantDraft } from "../tenant-file/index.ts";
import { openService, refuseWrites } from "./connect.ts";
import type { ServiceOptions } from "./connect.ts";
import type { SessionOptions } from "./session-options.ts";

export interface ReadTenantOptions extends Pick<
  SessionOptions,
  "signal" | "onRequest" | "onWaiting"
> {
  readonly workspace: SessionOptions["workspace"];
  readonly tenantId: string;
  readonly initialDomain: string;
  readonly onUnexpected?: ServiceOptions["onUnexpected"];
  /** The provider, for the tenant file. */
  readonly managedBy: TenantDraft["managedBy"];
}

export interface ReadTenant extends DraftedTenant {
  /** For `Session.open`: what is declared is found under these ids. */
  readonly adopted: NonNullable<SessionOptions["adopted"]>;
}

/** @throws ExpectedError `no-credential`; `wrong-tenant` when the credentials lead to another one */
export async function readTenant(options: ReadTenantOptions): Promise<ReadTenant> {
  const { tenantId, initialDomain, managedBy, ...rest } = options;
  const tenant = { id: tenantId, displayName: initialDomain, initialDomain, domains: [] };
  const service = await openService({ ...rest, tenant: { tenant }, mayWrite: refuseWrites });
  try {
    const inventory = await takeInventory(service.connection, { tenantId, initialDomain });
    return { ...draftTenant(inventory, managedBy), adopted: adoptionBy(inventory) };
  } finally {
    await service.close();
  }
}
