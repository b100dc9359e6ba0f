/** What was done with a stack, in the shape in which the engine shows it (`apitype.UpdateInfo`). */
import type { Queries, Row, Work } from "../database/port.ts";
import { integer, optionalText, text } from "../database/row.ts";

/** Times are seconds since 1970. */
interface UpdateInfo {
  readonly kind: string;
  readonly startTime: number;
  readonly message: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly result: "succeeded" | "failed" | "in-progress";
  readonly endTime: number;
  readonly version: number;
  readonly resourceChanges?: Readonly<Record<string, number>>;
}

/** Newest first. */
async function history(
  queries: Queries,
  {
    stack,
    limit,
    offset,
  }: { readonly stack: string; readonly limit: number; readonly offset: number },
): Promise<readonly UpdateInfo[]> {
  const rows = await queries.all(
    `SELECT kind, status, version, request, resource_changes, started, ended FROM updates
     WHERE stack = ? AND version > 0 ORDER BY version DESC LIMIT ? OFFSET ?`,
    ...[stack, limit, offset],
  );
  return rows.map(infoOf);
}

/** Status of an update in the engine's words; undefined when it is not there. */
async function updateStatus(
  queries: Queries,
  { stack, id }: { readonly stack: string; readonly id: string },
): Promise<string | undefined> {
  const [row] = await queries.all(
    "SELECT status FROM updates WHERE stack = ? AND id = ?",
    stack,
    id,
  );
  return row && text(row, "status");
}

interface KeptRequest {
  readonly message?: string;
  readonly environment?: Record<string, string>;
  readonly config?: Record<string, unknown>;
}

function infoOf(row: Row): UpdateInfo {
  const {
    message = "",
    environment = {},
    config = {},
  } = JSON.parse(text(row, "request")) as KeptRequest;
  const status = text(row, "status");
  const changes = optionalText(row, "resource_changes");
  const started = integer(row, "started");
  const ended = row.ended === null ? started : integer(row, "ended");
  return {
    kind: text(row, "kind"),
    startTime: Math.floor(started / 1000),
    message,
    environment,
    config,
    result: status === "running" ? "in-progress" : status === "succeeded" ? "succeeded" : "failed",
    endTime: Math.floor(ended / 1000),
    version: integer(row, "version"),
    ...(changes === undefined
      ? {}
      : { resourceChanges: JSON.parse(changes) as Record<string, number> }),
  };
}

export const historyWork = {
  history: { access: "read", run: history },
  updateStatus: { access: "read", run: updateStatus },
} satisfies Record<string, Work<never, unknown>>;
