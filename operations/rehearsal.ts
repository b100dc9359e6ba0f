/**
 * Recovery, tried without harm: what is kept of a workspace opens with what its holders keep. Losing the passphrase
 * of the state, or the last key that signs, loses everything; this shows in time that neither is lost.
 */
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
const DAY_MS = 24 * 60 * 60 * 1000;
const NEEDED_HOLDERS = 2;

const rehearsalSchema = z.strictObject({
  at: z.iso.datetime(),
  /** Address whose key was opened. */
  by: z.string(),
  /** Addresses whose keys may sign what is applied, by the provider's trust roots. */
  holders: z.array(z.string()),
});

export interface Rehearsal extends z.output<typeof rehearsalSchema> {
  readonly tenants: readonly BackedUpTenant[];
}

type Ports = Pick<OperationContext, "workspace" | "trust" | "now" | "heads" | "signal">;

/**
 * Opens a backup in a temporary folder: verifies each record, has the engine open every secret of each state with the
 * passphrase or key vault that was given, and opens the applier's key. Keeps the date, and changes nothing else.
 * @throws ExpectedError `wrong-passphrase`, `backup-damaged`, `record-broken`, `no-applier`, those of the key
 */
export async function rehearseRecovery(
  context: Ports,
  { file }: BackupRequest,
): Promise<Rehearsal> {
  const { workspace, signal } = context;
  refuseElsewhere(workspace);
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
  const rehearsal = { at: context.now().toISOString(), by, holders };
  await keep(workspace, rehearsal);
  return { ...rehearsal, tenants };
}

async function keyHolders({
  trust,
  now,
}: Pick<Ports, "trust" | "now">): Promise<Pick<Rehearsal, "by" | "holders">> {
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

async function keep(
  workspace: Workspace,
  rehearsal: z.output<typeof rehearsalSchema>,
): Promise<void> {
  await mkdir(workspace.dataDirectory, { recursive: true, mode: 0o700 });
  const unfinished = `${pathIn(workspace)}.part`;
  await writeFile(unfinished, JSON.stringify(rehearsal));
  await rename(unfinished, pathIn(workspace));
}

/** How recovery stands, in a few words, and whether it has to be rehearsed now. */
export function recoveryStanding(
  workspace: Workspace,
  now: Date,
): { readonly found: string; readonly isDue: boolean } {
  const path = pathIn(workspace);
  // A damaged file is one that shows nothing.
  const kept = rehearsalSchema.safeParse(existsSync(path) ? readJsonFile(path) : undefined).data;
  if (kept === undefined) return { found: "never rehearsed here", isDue: true };
  const days = Math.floor((now.getTime() - Date.parse(kept.at)) / DAY_MS);
  const last = `rehearsed by ${kept.by} on ${kept.at.slice(0, 10)}`;
  if (days > LONGEST_DAYS) return { found: `${last}, ${days} days ago`, isDue: true };
  if (kept.holders.length >= NEEDED_HOLDERS) return { found: last, isDue: false };
  return { found: `only ${kept.holders.join()} holds a key that signs`, isDue: true };
}
