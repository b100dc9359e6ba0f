/** How resources reach their tenant. */
import type { BackupCredentials, Microsoft365 } from "../../services/index.ts";
import type { ResourceContext } from "./define.ts";
import { NoBackupAccountError } from "./failures.ts";

export interface Connection {
  readonly service: Microsoft365;
  /** The account at the backup vendor; undefined where there is none. */
  readonly backupCredentials: BackupCredentials | undefined;
}

/** What definitions are given for one call. */
export function contextOf(
  { service, backupCredentials }: Connection,
  call: Pick<ResourceContext, "ahead" | "begunAt" | "created" | "signal">,
): ResourceContext {
  return {
    service,
    backup: () => {
      if (backupCredentials === undefined) throw new NoBackupAccountError();
      return service.backup(backupCredentials);
    },
    tenantId: service.tenantId,
    ...call,
  };
}

/** For what makes nothing, and ends by itself. */
export const readingContext = (connection: Connection): ResourceContext =>
  contextOf(connection, { signal: new AbortController().signal, created: () => undefined });
