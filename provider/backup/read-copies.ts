/** Asks whoever keeps the copies of a tenant, and Microsoft how old is what they do not have. Only reads. */
import type { CopyKind } from "../../core/copy-kinds.ts";
import { isRequestError } from "../../services/index.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import { NoBackupAccountError } from "../kit/failures.ts";
import { RefusedError } from "../kit/refusal.ts";
import type { NotLooked, Part } from "../permissions.ts";
import type { Copies } from "./copies.ts";
import type { WantedPlace } from "./place.ts";
import { veeamCopies } from "./veeam-copies.ts";

/** All of it, or why it is not known. */
export async function readCopies(
  connection: Connection,
  place: Omit<WantedPlace, "retention">,
): Promise<Part<Copies>> {
  try {
    return { found: await veeamCopies(readingContext(connection).backup(), place).read() };
  } catch (error) {
    return notRead(error);
  }
}

function notRead(error: unknown): NotLooked {
  const isExpected =
    isRequestError(error) || error instanceof RefusedError || error instanceof NoBackupAccountError;
  if (!isExpected) throw error;
  return { reason: error.message.replace(/\.$/, "") };
}

/** Something of which a copy is looked for. */
export interface CopySought {
  readonly kind: CopyKind;
  /** Object id or user principal name; of a site its address. */
  readonly key: string;
}

/** When each was made at Microsoft (UTC), in that order; undefined for what is not there. */
export async function readCreated(
  connection: Connection,
  sought: readonly CopySought[],
): Promise<readonly (string | undefined)[]> {
  const { graph } = readingContext(connection).service;
  return await Promise.all(
    sought.map(async (one) => {
      const path = `${pathOf(one)}?$select=id,createdDateTime`;
      try {
        return (await graph.tryGet<{ createdDateTime: string }>(path))?.createdDateTime;
      } catch (error) {
        // Of what nobody may ask about, a missing copy is a missing copy.
        if (!isRequestError(error, "forbidden")) throw error;
        return LONG_AGO;
      }
    }),
  );
}

const LONG_AGO = "1970-01-01T00:00:00Z";

function pathOf({ kind, key }: CopySought): string {
  if (kind === "group" || kind === "team") return `/groups/${encodeURIComponent(key)}`;
  if (kind !== "site") return `/users/${encodeURIComponent(key)}`;
  const { host, pathname } = new URL(key);
  return pathname === "/" ? `/sites/${host}` : `/sites/${host}:${pathname}`;
}
