/** What the DNS of a tenant's domains has to hold, read by a client that cannot write. */
import type { DomainRecords } from "../core/dns-records.ts";
import { readDomainRecords } from "../provider/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { openService, refuseWrites } from "./connect.ts";
import type { SessionOptions } from "./session-options.ts";

export interface ReadDnsOptions extends Pick<
  SessionOptions,
  "workspace" | "signal" | "onRequest" | "onWaiting"
> {
  readonly tenant: Tenant;
  /** Those that the tenant does not have are left out of the answer. */
  readonly domains: readonly string[];
}

/** @throws ExpectedError `no-credential` */
export async function readDns({
  domains,
  ...options
}: ReadDnsOptions): Promise<readonly DomainRecords[]> {
  const service = await openService({ ...options, mayWrite: refuseWrites });
  try {
    return await readDomainRecords(service.connection.service, domains);
  } finally {
    await service.close();
  }
}
