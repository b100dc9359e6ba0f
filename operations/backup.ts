/** Copies of state, record and plans, of a workspace or a server: made, put back, and opened for proof. docs/recovery.md. */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { headOf } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import {
  backUpDatabase,
  openStateDatabase,
  recordStore,
  requireWhole,
  restoreDatabase,
} from "../state/index.ts";
import type { KnownHeads, StateDatabase } from "../state/index.ts";
import { stateDatabasePath } from "../workspace/index.ts";
import type { Workspace } from "../workspace/index.ts";
import type { OperationContext } from "./ports.ts";
import { recordOf } from "./records.ts";

export interface BackupRequest {
  /** Path of the backup. */
  readonly file: string;
}

/** A tenant as a backup holds it. */
export interface BackedUpTenant {
  readonly stack: string;
  /** Of its record, all verified. */
  readonly entries: number;
  /** Whether there is a state, which a tenant that was never planned has not. */
  readonly hasState: boolean;
}

type Ports = Pick<OperationContext, "workspace" | "trust" | "now" | "heads">;

interface ServerBackupRequest extends BackupRequest {
  /** Path of a SQLite file, or `postgres:` URL, that a server works on. */
  readonly database: string;
}

/**
 * A copy of one moment, whole when this returns; others may be at work.
 * @throws ExpectedError `file-unusable`, `state-full`, `backup-elsewhere`
 */
export async function backUp(
  { workspace }: Pick<OperationContext, "workspace">,
  { file }: BackupRequest,
): Promise<void> {
  refuseElsewhere(workspace);
  await backUpServer({ database: stateDatabasePath(workspace), file });
}

/** @throws ExpectedError as `backUp`, and where the database cannot be reached or holds nothing of ours */
export async function backUpServer({ database, file }: ServerBackupRequest): Promise<void> {
  await backUpDatabase(database, file);
  requireWhole(file);
}

/**
 * Brings this workspace to where the backup stands, once record and state in it were verified; what is here and not
 * in the backup, or known to be missing there, refuses it.
 * @throws ExpectedError `backup-damaged`, `backup-older`, `record-broken`, `tenant-locked`, `backup-elsewhere`
 */
export async function restoreBackup(
  context: Ports,
  { file }: BackupRequest,
): Promise<readonly BackedUpTenant[]> {
  refuseElsewhere(context.workspace);
  return await withCopy(file, async (folder) => {
    const copy = stateDatabasePath(workspaceIn(context.workspace, folder));
    const tenants = await verifiedTenants(context, copy);
    await restoreDatabase(stateDatabasePath(context.workspace), copy);
    return tenants;
  });
}

/**
 * Brings a server's database to where the backup stands, which may be one of a workspace. A server knows no keys, so
 * records are not verified here: a rehearsal of the same file in a workspace does that, and each use of them.
 * @throws ExpectedError `backup-damaged`, `backup-older`, `tenant-locked`
 */
export async function restoreServer({ database, file }: ServerBackupRequest): Promise<void> {
  await withCopy(file, async (folder) => {
    const copy = join(folder, "state.sqlite");
    // Brings a backup of an earlier version to the present one.
    await (await openStateDatabase(copy)).close();
    await restoreDatabase(database, copy);
  });
}

/** The same workspace with what it keeps between runs, also what a server keeps for it, in another folder. */
export const workspaceIn = (workspace: Workspace, dataDirectory: string): Workspace => ({
  ...workspace,
  settings: { ...workspace.settings, state: "embedded", server: undefined },
  dataDirectory,
});

/** Uses a copy of the backup as the database of a workspace of its own, which is gone afterwards. */
export async function withCopy<T>(
  file: string,
  use: (dataDirectory: string) => Promise<T>,
): Promise<T> {
  requireWhole(file);
  const { temporaryFolder } = await import("../engine/index.ts");
  const folder = temporaryFolder();
  try {
    await copyFile(file, join(folder.path, "state.sqlite"));
    return await use(folder.path);
  } finally {
    folder.remove();
  }
}

/** @throws ExpectedError `record-broken`, and `backup-older` where a head is known that the copy lacks */
export async function verifiedTenants(
  context: Ports,
  copy: string,
): Promise<readonly BackedUpTenant[]> {
  const database = await openStateDatabase(copy);
  try {
    const states = await database.run("listStacks", undefined);
    const stateOf = new Map(states.map((state) => [state.split("/").at(-1) ?? "", state]));
    const records = recordStore(database);
    const recorded = (await records.list("")).filter((key) => key.includes("/entries/"));
    const names = new Set([...stateOf.keys(), ...recorded.map((key) => key.split("/")[0] ?? "")]);
    const tenants: BackedUpTenant[] = [];
    for (const stack of [...names].sort()) {
      const entries = await verifiedEntries({ ...context, records }, stack);
      const state = stateOf.get(stack);
      if (state !== undefined) await requireReadable(database, state);
      tenants.push({ stack, entries, hasState: state !== undefined });
    }
    return tenants;
  } finally {
    await database.close();
  }
}

async function verifiedEntries(
  context: Parameters<typeof recordOf>[0],
  stack: string,
): Promise<number> {
  const heads: KnownHeads = { ...context.heads, write: () => Promise.resolve() };
  const verification = await (await recordOf({ ...context, heads }, stack)).verify();
  if (verification.ok) return headOf(verification.record).sequence;
  const { sequence, reason, message } = verification.break;
  if (reason === "rollback") {
    throw new ExpectedError(
      "backup-older",
      `The backup holds less of the record of ${stack} than was seen before: ${message}`,
      {
        hint: "Nothing was changed. Restore a newer backup; docs/recovery.md says what to do when there is none.",
      },
    );
  }
  throw new ExpectedError(
    "record-broken",
    `The record of ${stack} in the backup is not valid from entry ${sequence}: ${message}`,
    { hint: "Nothing was changed. Use another backup, and find out who can write to this one." },
  );
}

async function requireReadable(database: StateDatabase, stack: string): Promise<void> {
  const content = await database.run("exportStack", { stack, version: undefined });
  if (content !== undefined) JSON.parse(gunzipSync(content).toString("utf8"));
}

/** @throws ExpectedError `backup-elsewhere` unless the state is in this workspace's own database */
export function refuseElsewhere({ settings }: Workspace): void {
  if (settings.state === "embedded") return;
  throw new ExpectedError(
    "backup-elsewhere",
    "The state of this workspace is not in its database.",
    {
      hint: "Back up what `state` names with its own tools, or the server's database where the server runs (docs/recovery.md).",
    },
  );
}
