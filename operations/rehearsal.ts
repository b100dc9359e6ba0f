/**
 * Recovery, tried without harm: what is kept of a workspace opens with what its holders keep. Losing the passphrase
 * of the state, or the last key that signs, loses everything; this shows in time that neither is lost.
 */
import { DAY_MS } from "../core/calendar.ts";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { keyId, providerKey } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { readJsonFile } from "../core/json-file.ts";
import { stateDatabasePath } from "../workspace/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { refuseElsewhere, verifiedTenants, withCopy, workspaceIn } from "./backup.ts";
import type { BackedUpTenant, BackupRequest } from "./backup.ts";
import type { OperationContext } from "./ports.ts";

/** After that long a holder may have left, or a copy may be gone. */
const LONGEST_DAYS = 90;
const NEEDED_HOLDERS = 2;

/** Of this workspace, by the last rehearsal. */
const keptSchema = z.strictObject({
  holders: z.array(z.string()),
  /** When each of them rehearsed last, by address. */
  last: z.record(z.string(), z.iso.datetime()),
});
type Kept = z.output<typeof keptSchema>;

export interface Rehearsal {
  readonly at: string;
  /** Address whose key was opened. */
  readonly by: string;
  /** Addresses whose keys may sign what is applied, by the provider's trust roots. */
  readonly holders: readonly string[];
  readonly tenants: readonly BackedUpTenant[];
}

type Ports = Pick<OperationContext, "workspace" | "trust" | "now" | "heads" | "signal">;

/**
 * Opens a backup in a temporary folder: verifies each record, has the engine open every secret of each state with the
 * passphrase or key vault that was given, and opens the applier's key. Keeps for whom and when, and changes nothing else.
 * @throws ExpectedError `wrong-passphrase`, `backup-damaged`, `record-broken`, `no-applier`, those of the key
 */
export async function rehearseRecovery(
  context: Ports,
  { file }: BackupRequest,
): Promise<Rehearsal> {
  const { workspace, signal } = context;
  if (workspace.settings.server === undefined) refuseElsewhere(workspace);
  const { by, holders } = await keyHolders(context);
  // A backup lies behind what was seen since it was made; here it is only asked whether it holds.
  const heads = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
  const tenants = await withCopy(file, async (folder) => {
    const copy = workspaceIn(workspace, folder);
    const found = await verifiedTenants({ ...context, heads }, stateDatabasePath(copy));
    const { openStateSecrets } = await import("../engine/index.ts");
    for (const { stack, hasState } of found) {
      const own = join(folder, stack);
      if (hasState) await openStateSecrets({ workspace: copy, stack, folder: own, signal });
    }
    return found;
  });
  const at = context.now().toISOString();
  await keep(workspace, { holders, last: { ...keptIn(workspace)?.last, [by]: at } });
  return { at, by, holders, tenants };
}

async function keyHolders({
  trust,
  now,
}: Pick<Ports, "trust" | "now">): Promise<{ readonly by: string; readonly holders: string[] }> {
  const { email: by, key } = await trust.applier();
  const roots = await trust.roots();
  const at = now().toISOString();
  const holders = roots.keys
    .filter(({ publicKey }) => mayApply(publicKey) !== undefined)
    .map(({ email }) => email);
  if (mayApply(key.publicKey) === undefined) {
    throw new ExpectedError("no-applier", `The key of ${by} is not among the provider's keys.`, {
      hint: "Use the key that trust-roots.json names, or have the new one added there (docs/approval.md).",
    });
  }
  return { by, holders: [...new Set(holders)] };

  function mayApply(publicKey: string): unknown {
    return providerKey(roots, keyId(publicKey), { purpose: "application", at });
  }
}

const pathIn = ({ dataDirectory }: Workspace): string => join(dataDirectory, "rehearsal.json");

/** Undefined where nothing is kept, and for a damaged file, which shows nothing. */
function keptIn(workspace: Workspace): Kept | undefined {
  const path = pathIn(workspace);
  return keptSchema.safeParse(existsSync(path) ? readJsonFile(path) : undefined).data;
}

async function keep(workspace: Workspace, kept: Kept): Promise<void> {
  await mkdir(workspace.dataDirectory, { recursive: true, mode: 0o700 });
  const unfinished = `${pathIn(workspace)}.part`;
  await writeFile(unfinished, JSON.stringify(kept));
  await rename(unfinished, pathIn(workspace));
}

/** How recovery stands, in a few words for each holder, and whether one of them has to rehearse now. */
export function recoveryStanding(
  workspace: Workspace,
  now: Date,
): { readonly found: string; readonly isDue: boolean } {
  const kept = keptIn(workspace);
  if (kept === undefined) return { found: "never rehearsed here", isDue: true };
  const holders = kept.holders.map((email) => holderStanding(email, kept.last[email], now));
  const isAlone = holders.length < NEEDED_HOLDERS;
  const found = holders.map((holder) => holder.found);
  return {
    found: [...found, ...(isAlone ? ["nobody else holds a key that signs"] : [])].join("; "),
    isDue: isAlone || holders.some((holder) => holder.isDue),
  };
}

function holderStanding(
  email: string,
  last: string | undefined,
  now: Date,
): ReturnType<typeof recoveryStanding> {
  if (last === undefined) return { found: `${email} never rehearsed here`, isDue: true };
  const days = Math.floor((now.getTime() - Date.parse(last)) / DAY_MS);
  const isDue = days > LONGEST_DAYS;
  const found = `${email} rehearsed on ${last.slice(0, 10)}`;
  return { found: isDue ? `${found}, ${days} days ago` : found, isDue };
}
