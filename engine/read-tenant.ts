/** A tenant that exists, read as a whole by a client that cannot write: as a tenant file, and under which ids. */
import { draftTenant, withBackup, withZones } from "../components/index.ts";
import type { BackupOperator, DraftedTenant } from "../components/index.ts";
import { adoptionBy, readBackup, readZones, takeInventory } from "../provider/index.ts";
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
  /** Read what the backup vendor and DNS hosts have, too. Its operator, for the tenant file: no service knows it. */
  readonly backup?: { readonly operator: BackupOperator | undefined };
}

export interface ReadTenant extends DraftedTenant {
  /** For `Session.open`: what is declared is found under these ids. */
  readonly adopted: NonNullable<SessionOptions["adopted"]>;
}

/** @throws ExpectedError `no-credential`; `wrong-tenant` when the credentials lead to another one */
export async function readTenant(options: ReadTenantOptions): Promise<ReadTenant> {
  const { tenantId, initialDomain, managedBy, backup, ...rest } = options;
  const tenant = { id: tenantId, displayName: initialDomain, initialDomain, domains: [] };
  const service = await openService({ ...rest, tenant: { tenant }, mayWrite: refuseWrites });
  try {
    const { connection } = service;
    const inventory = await takeInventory(connection, { tenantId, initialDomain });
    const drafted = draftTenant(inventory, managedBy);
    if (backup === undefined) return { ...drafted, adopted: adoptionBy(inventory) };
    const [read, zones] = await Promise.all([
      readBackup(connection, initialDomain),
      readZones(connection, inventory.tenant.domains),
    ]);
    const job = "found" in read ? read.found.id : undefined;
    return {
      ...withZones(withBackup(drafted, { ...backup, read }), zones),
      adopted: adoptionBy(inventory, job),
    };
  } finally {
    await service.close();
  }
}
