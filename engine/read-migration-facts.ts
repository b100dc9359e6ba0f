/** What the tenant says of people and machines before a migration, read by a client that cannot write. */
import { migrationFacts } from "../provider/index.ts";
import type { MigrationFacts } from "../provider/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { openService, refuseWrites } from "./connect.ts";
import type { SessionOptions } from "./session-options.ts";

export interface MigrationFactsOptions extends Pick<
  SessionOptions,
  "workspace" | "signal" | "onRequest" | "onWaiting"
> {
  readonly tenant: Tenant;
}

/** @param use the facts are gone afterwards @throws ExpectedError `no-credential` */
export async function readMigrationFacts<T>(
  options: MigrationFactsOptions,
  use: (facts: MigrationFacts) => Promise<T>,
): Promise<T> {
  const service = await openService({ ...options, mayWrite: refuseWrites });
  try {
    return await use(migrationFacts(service.connection));
  } finally {
    await service.close();
  }
}
