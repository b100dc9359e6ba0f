/** How resources reach their tenant. */
import { localDns } from "../../core/dns-look-up.ts";
import type { LookUp } from "../../core/dns-records.ts";
import type { BackupCredentials, Microsoft365 } from "../../services/index.ts";
import type { ResourceContext } from "./define.ts";
import { NoBackupAccountError, NoCloudflareTokenError } from "./failures.ts";

export interface Connection {
  readonly service: Microsoft365;
  /** The account at the backup vendor; undefined where there is none. */
  readonly backupCredentials: BackupCredentials | undefined;
  /** API token; left out where there is none. */
  readonly cloudflareToken?: string | undefined;
  /** Left out in practice, where nobody is asked. */
  readonly lookUp?: LookUp;
}

/** What definitions are given for one call. */
export function contextOf(
  { service, backupCredentials, cloudflareToken, lookUp }: Connection,
  call: Pick<ResourceContext, "ahead" | "begunAt" | "created" | "signal">,
): ResourceContext {
  return {
    service,
    backup: () => {
      if (backupCredentials === undefined) throw new NoBackupAccountError();
      return service.backup(backupCredentials);
    },
    cloudflare: () => {
      if (cloudflareToken === undefined) throw new NoCloudflareTokenError();
      return service.cloudflare(cloudflareToken);
    },
    lookUp: lookUp ?? localDns(true, []),
    tenantId: service.tenantId,
    ...call,
  };
}

/** For what makes nothing, and ends by itself. */
export const readingContext = (connection: Connection): ResourceContext =>
  contextOf(connection, { signal: new AbortController().signal, created: () => undefined });
