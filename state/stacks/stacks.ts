/** Stacks, their deployments and what is imported into them. A stack is `<organisation>/<project>/<name>`. */
import type { Queries, Work } from "../database/port.ts";
import { bytes, integer, text } from "../database/row.ts";
import { EMPTY_DEPLOYMENT } from "../journal/deployment.ts";
import { current, requireLease } from "../leases/table.ts";
import type { Fence } from "../leases/table.ts";
import { liveDeployment } from "./folding.ts";
import { pack } from "./packing.ts";
import { putDeployment } from "./deployments.ts";
import { getStack } from "./stack-info.ts";
import type { StackInfo } from "./stack-info.ts";

/** Who changes a stack outside an update. `name` is that of the stack's lease; without a fence nobody may hold it. */
export interface Guard {
  readonly lease: string;
  readonly fence: Fence | undefined;
}

interface StackInput {
  readonly stack: string;
}

/**
 * False when there is such a stack and something was done with it. An untouched one counts as made just now, so that
 * commands which meet in a new workspace all succeed.
 */
async function createStack(
  queries: Queries,
  { stack, tags }: StackInput & Pick<StackInfo, "tags">,
): Promise<boolean> {
  const created = await queries.run(
    `INSERT INTO stacks (stack, tags, version, created) VALUES (?, ?, 0, ?) ON CONFLICT (stack) DO NOTHING`,
    ...[stack, JSON.stringify(tags), await queries.now()],
  );
  if (created === 1) return true;
  const found = await getStack(queries, { stack });
  return found?.latestUpdate === undefined;
}

/** Names of all stacks, sorted. */
async function listStacks(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.all("SELECT stack FROM stacks ORDER BY stack");
  return rows.map((row) => text(row, "stack"));
}

async function setTags(
  queries: Queries,
  { stack, tags }: StackInput & Pick<StackInfo, "tags">,
): Promise<boolean> {
  const changed = await queries.run(
    "UPDATE stacks SET tags = ? WHERE stack = ?",
    JSON.stringify(tags),
    stack,
  );
  return changed === 1;
}

type Removal = "removed" | "missing" | "filled" | "held";

async function deleteStack(
  queries: Queries,
  { stack, isForced, guard }: StackInput & { readonly isForced: boolean; readonly guard: Guard },
): Promise<Removal> {
  const found = await getStack(queries, { stack });
  if (found === undefined) return "missing";
  if (!(await mayChange(queries, guard, found))) return "held";
  const { deployment } = await liveDeployment(queries, found);
  if (!isForced && (deployment.resources ?? []).length > 0) return "filled";
  await queries.run(
    "DELETE FROM journal WHERE update_id IN (SELECT id FROM updates WHERE stack = ?)",
    stack,
  );
  for (const table of ["updates", "deployments", "stacks"]) {
    await queries.run(`DELETE FROM ${table} WHERE stack = ?`, stack);
  }
  return "removed";
}

/** Gzipped JSON as the engine exports it: the state now, or as a version left it; undefined when it is not there. */
async function exportStack(
  queries: Queries,
  { stack, version }: StackInput & { readonly version: number | undefined },
): Promise<Uint8Array | undefined> {
  const found = await getStack(queries, { stack });
  if (found === undefined) return undefined;
  if (version === undefined && found.running !== undefined) {
    return pack(await liveDeployment(queries, found));
  }
  const wanted = version ?? found.version;
  if (wanted === 0) return pack({ version: 3, deployment: EMPTY_DEPLOYMENT });
  const [row] = await queries.all(
    "SELECT content FROM deployments WHERE stack = ? AND version = ?",
    stack,
    wanted,
  );
  return row && bytes(row, "content");
}

type Import = "imported" | "missing" | "held";

/** Replaces the state, and with it what an update that broke off had written to its journal. */
async function importStack(
  queries: Queries,
  input: StackInput & { readonly id: string; readonly content: Uint8Array; readonly guard: Guard },
): Promise<Import> {
  const { stack, id, content, guard } = input;
  const found = await getStack(queries, { stack });
  if (found === undefined) return "missing";
  if (!(await mayChange(queries, guard, found))) return "held";
  const now = await queries.now();
  const version = Math.max(found.version, await lastVersion(queries, stack)) + 1;
  if (found.running !== undefined) {
    await queries.run("DELETE FROM journal WHERE update_id = ?", found.running.id);
    await queries.run(
      "UPDATE updates SET status = 'failed', ended = ? WHERE id = ?",
      ...[now, found.running.id],
    );
  }
  await putDeployment(queries, { stack, version, content });
  await queries.run(
    `INSERT INTO updates (id, stack, kind, status, version, engine_version, request, started, ended)
     VALUES (?, ?, 'import', 'succeeded', ?, '', '{}', ?, ?)`,
    ...[id, stack, version, now, now],
  );
  await queries.run(
    "UPDATE stacks SET version = ?, latest_update = ?, running = NULL WHERE stack = ?",
    ...[version, id, stack],
  );
  return "imported";
}

async function lastVersion(queries: Queries, stack: string): Promise<number> {
  const [row] = await queries.all(
    "SELECT COALESCE(MAX(version), 0) AS version FROM updates WHERE stack = ?",
    stack,
  );
  return row === undefined ? 0 : integer(row, "version");
}

/** @throws ExpectedError `lease-lost` when a lease was given that no longer counts */
async function mayChange(queries: Queries, guard: Guard, { running }: StackInfo): Promise<boolean> {
  if (guard.fence === undefined) return (await current(queries, guard.lease)) === undefined;
  await requireLease(queries, guard.fence);
  if (running === undefined) return true;
  // An update of an earlier epoch is over; one of this epoch is under way.
  const [row] = await queries.all(
    "SELECT lease_epoch FROM updates WHERE id = ? AND lease_epoch = ?",
    running.id,
    guard.fence.epoch,
  );
  return row === undefined;
}

export const stackWork = {
  createStack: { access: "write", run: createStack },
  getStack: { access: "read", run: getStack },
  listStacks: { access: "read", run: listStacks },
  setTags: { access: "write", run: setTags },
  deleteStack: { access: "write", run: deleteStack },
  exportStack: { access: "read", run: exportStack },
  importStack: { access: "write", run: importStack },
} satisfies Record<string, Work<never, unknown>>;
