/** Updates: begun under a lease, written entry by entry, folded into the next version of the state when they end. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Queries, Row, Work } from "../database/port.ts";
import { integer, optionalText, text } from "../database/row.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { checkedEntry, KIND, operationsMeantBy, refused } from "../journal/entry.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { settleCreation } from "../intents/table.ts";
import { acquire, breakLease, release, renew, requireLease } from "../leases/table.ts";
import type { Fence, LeaseOwner, LeaseTimes } from "../leases/table.ts";
import { fold } from "./folding.ts";
import type { Ending } from "./folding.ts";
import { getStack } from "./stack-info.ts";

/** What the engine says about an update beforehand: its message, environment and settings. */
type UpdateRequest = Readonly<Record<string, unknown>>;

/** Names an update and proves that the caller is the engine that began it. */
export interface UpdateKey {
  readonly id: string;
  readonly token: string;
}

interface CreateUpdateInput {
  readonly id: string;
  readonly stack: string;
  readonly kind: string;
  readonly request: UpdateRequest;
}

/** False when there is no such stack. */
async function createUpdate(queries: Queries, input: CreateUpdateInput): Promise<boolean> {
  const { id, stack, kind, request } = input;
  const created = await queries.run(
    `INSERT INTO updates (id, stack, kind, status, version, engine_version, request, started)
     SELECT ?, stack, ?, 'not started', 0, '', ?, ? FROM stacks WHERE stack = ?`,
    ...[id, kind, JSON.stringify(request), await queries.now(), stack],
  );
  return created === 1;
}

interface StartUpdateInput extends LeaseTimes, UpdateKey {
  readonly stack: string;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly engineVersion: string;
  /** Name of the stack's lease. */
  readonly lease: string;
  /** The lease under which the caller works; without one the update takes a lease of its own. */
  readonly fence: Fence | undefined;
  readonly owner: LeaseOwner;
}

type Start =
  | { readonly started: true; readonly version: number }
  | { readonly started: false; readonly why: "missing" | "held" };

/** Also ends what an update whose lease ran out has left: its journal is part of the state from then on. */
async function startUpdate(queries: Queries, input: StartUpdateInput): Promise<Start> {
  const { id, token, stack, tags, engineVersion } = input;
  const found = await getStack(queries, { stack });
  const [update] = await queries.all(
    "SELECT status FROM updates WHERE id = ? AND stack = ?",
    id,
    stack,
  );
  if (found === undefined || update === undefined) return { started: false, why: "missing" };
  const lease = await leaseFor(queries, input);
  if (lease === undefined || text(update, "status") !== "not started") {
    return { started: false, why: "held" };
  }
  if (found.running !== undefined) {
    const [earlier] = await queries.all(
      "SELECT lease_epoch FROM updates WHERE id = ?",
      found.running.id,
    );
    // Of the same epoch: the engine is still at it, under the lease of one command.
    if (earlier !== undefined && integer(earlier, "lease_epoch") === lease.epoch) {
      return { started: false, why: "held" };
    }
    await fold(queries, found, "failed");
  }
  const base = await getStack(queries, { stack });
  const version = (base?.version ?? 0) + 1;
  await queries.run(
    `UPDATE updates SET status = 'running', version = ?, token_hash = ?, lease_holder = ?, lease_epoch = ?,
       engine_version = ?, started = ? WHERE id = ?`,
    ...[version, hashOf(token), lease.holder, lease.epoch, engineVersion, await queries.now(), id],
  );
  await queries.run(
    "UPDATE stacks SET running = ?, latest_update = ?, tags = ? WHERE stack = ?",
    ...[id, id, JSON.stringify(tags ?? found.tags), stack],
  );
  return { started: true, version };
}

/** Stores entries once, in whatever order and however often they come. What they hold was made: its intent is done. */
async function appendJournal(
  queries: Queries,
  { key, body }: { readonly key: UpdateKey; readonly body: Uint8Array },
): Promise<void> {
  const { id, stack } = await requireRunning(queries, key);
  const entries = entriesOf(body);
  for (const { entry, content } of entries) {
    const made = entry.kind === KIND.success ? entry.state : undefined;
    if (made !== undefined) await settleCreation(queries, { stack, urn: made.urn });
    const madeBy = made === undefined ? null : entry.operationID;
    const stored = await queries.run(
      "INSERT INTO journal (update_id, sequence, made_by, content) VALUES (?, ?, ?, ?) ON CONFLICT (update_id, sequence) DO NOTHING",
      ...[id, entry.sequenceID, madeBy, content],
    );
    if (stored === 0) await requireSame(queries, { id, entry, content });
  }
  for (const { entry } of entries) await requireOperations(queries, id, entry);
}

function entriesOf(body: Uint8Array): readonly { entry: JournalEntry; content: string }[] {
  const { entries = [] } = parsed(body) as { readonly entries?: readonly unknown[] };
  if (!Array.isArray(entries)) throw refused("it is not a list of entries");
  return entries.map((entry) => ({ entry: checkedEntry(entry), content: JSON.stringify(entry) }));
}

function parsed(body: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (typeof value === "object" && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw refused("it is cut off or not JSON");
}

async function requireSame(
  queries: Queries,
  {
    id,
    entry,
    content,
  }: { readonly id: string; readonly entry: JournalEntry; readonly content: string },
): Promise<void> {
  const rows = await queries.all(
    "SELECT sequence FROM journal WHERE update_id = ? AND sequence = ? AND content = ?",
    ...[id, entry.sequenceID, content],
  );
  if (rows.length === 0) throw refused(`entry ${entry.sequenceID} came twice, with two contents`);
}

/** The engine sends what an entry builds on before it or with it; otherwise the entry would hit another resource. */
async function requireOperations(queries: Queries, id: string, entry: JournalEntry): Promise<void> {
  for (const operation of operationsMeantBy(entry)) {
    const rows = await queries.all(
      "SELECT sequence FROM journal WHERE update_id = ? AND made_by = ?",
      id,
      operation,
    );
    if (rows.length === 0) {
      throw refused(
        `entry ${entry.sequenceID} builds on operation ${operation}, which is not there`,
      );
    }
  }
}

/** Keeps the number of changes by kind for the history. */
async function noteChanges(
  queries: Queries,
  {
    key,
    changes,
  }: { readonly key: UpdateKey; readonly changes: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { id } = await requireRunning(queries, key);
  await queries.run(
    "UPDATE updates SET resource_changes = ? WHERE id = ?",
    JSON.stringify(changes),
    id,
  );
}

/** Renews the lease that the update took for itself; a command renews its own. */
async function renewUpdate(
  queries: Queries,
  { key, ...times }: LeaseTimes & { readonly key: UpdateKey },
): Promise<void> {
  const { fence } = await requireRunning(queries, key);
  if (fence.holder === key.id) await renew(queries, { fence, ...times });
}

/** Told again, it changes nothing: the engine repeats what it got no answer to. */
async function completeUpdate(
  queries: Queries,
  { key, ending }: { readonly key: UpdateKey; readonly ending: Ending },
): Promise<void> {
  const update = await authenticated(queries, key);
  if (text(update, "status") === ending) return;
  const { id, stack, fence } = await requireRunning(queries, key);
  const found = await getStack(queries, { stack });
  if (found !== undefined) await fold(queries, found, ending);
  if (fence.holder === id) await release(queries, fence);
}

interface CancelInput {
  readonly stack: string;
  readonly id: string;
  /** Name of the stack's lease. */
  readonly lease: string;
  readonly fence: Fence | undefined;
  /** Whether whoever began it ends it, and so knows that nothing of it is under way any more. */
  readonly isOwn: boolean;
}

/**
 * Ends the update for its engine, whoever runs it: what that sends later is refused. Its lease is let go by whoever
 * began it and broken by others; the lease under which the caller works stays. False when it is not under way.
 */
async function cancelUpdate(queries: Queries, input: CancelInput): Promise<boolean> {
  const { stack, id, lease, fence, isOwn } = input;
  const found = await getStack(queries, { stack });
  if (found?.running?.id !== id) return false;
  const [row] = await queries.all("SELECT lease_holder, lease_epoch FROM updates WHERE id = ?", id);
  if (row === undefined) return false;
  await fold(queries, found, "cancelled");
  const holder = text(row, "lease_holder");
  if (isOwn && holder === id) {
    await release(queries, { name: lease, holder, epoch: integer(row, "lease_epoch") });
  } else if (holder !== fence?.holder) {
    await breakLease(queries, lease);
  }
  return true;
}

interface Running {
  readonly id: string;
  readonly stack: string;
  readonly fence: Fence;
}

/** @throws ExpectedError `lease-lost` when it has ended, or its lease is another's by now */
async function requireRunning(queries: Queries, key: UpdateKey): Promise<Running> {
  const row = await authenticated(queries, key);
  const stack = text(row, "stack");
  const fence = {
    name: leaseNameOf(stack),
    epoch: integer(row, "lease_epoch"),
    holder: text(row, "lease_holder"),
  };
  if (text(row, "status") !== "running") throw updateOver(key.id);
  await requireLease(queries, fence);
  return { id: key.id, stack, fence };
}

/** @throws ExpectedError `lease-lost`, also for a wrong token: it tells nobody which ids exist */
async function authenticated(queries: Queries, { id, token }: UpdateKey): Promise<Row> {
  const [row] = await queries.all(
    "SELECT stack, status, token_hash, lease_holder, lease_epoch FROM updates WHERE id = ?",
    id,
  );
  const expected = row && optionalText(row, "token_hash");
  if (row === undefined || expected === undefined || !isSame(expected, hashOf(token))) {
    throw updateOver(id);
  }
  return row;
}

const updateOver = (id: string): ExpectedError =>
  new ExpectedError(
    "lease-lost",
    `Update ${id} has ended, or was never begun; nothing more is stored for it.`,
    { hint: "See who is at work, wait for their end, then plan again." },
  );

async function leaseFor(queries: Queries, input: StartUpdateInput): Promise<Fence | undefined> {
  const { id, lease: name, fence, owner, lifetime, grace } = input;
  if (fence !== undefined) {
    if (fence.name !== name) return undefined;
    await requireLease(queries, fence);
    return fence;
  }
  const own = { name, holder: id, owner, purpose: "update", lifetime, grace };
  const told = await acquire(queries, own);
  return told.acquired ? { name, holder: id, epoch: told.epoch } : undefined;
}

/** Name of the lease that guards a stack. */
export const leaseNameOf = (stack: string): string => `stack/${stack}`;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

export const updateWork = {
  createUpdate: { access: "write", run: createUpdate },
  startUpdate: { access: "write", run: startUpdate },
  appendJournal: { access: "write", run: appendJournal },
  noteChanges: { access: "write", run: noteChanges },
  renewUpdate: { access: "write", run: renewUpdate },
  completeUpdate: { access: "write", run: completeUpdate },
  cancelUpdate: { access: "write", run: cancelUpdate },
} satisfies Record<string, Work<never, unknown>>;
