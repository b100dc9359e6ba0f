/** Leases as rows: who may write for a stack, and since which epoch. Times are of the database's clock. */
import { ExpectedError } from "../../core/expected-error.ts";
import { integer, optionalText, text } from "../database/row.ts";
import type { Queries, Row, Work } from "../database/port.ts";

/** For display; user, host and process id decide nothing, since ids are used again and hosts are cloned. */
export interface LeaseOwner {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** Among which processes the id is unique (process-table.ts); left out where nobody can say. */
  readonly table?: string;
}

/** Proves at each write that its lease is still the one that counts. */
export interface Fence {
  readonly name: string;
  /** Rises with each acquisition and each breaking of this lease, and never falls. */
  readonly epoch: number;
  /** Random: two that hold the same epoch cannot be told apart otherwise after a restored backup. */
  readonly holder: string;
}

export interface LeaseTimes {
  /** Milliseconds until a lease that is not renewed expires. */
  readonly lifetime: number;
  /** Milliseconds after that until others may take it: as long as one request of its holder can take. */
  readonly grace: number;
}

export interface LeaseState {
  readonly name: string;
  readonly epoch: number;
  readonly owner: LeaseOwner;
  /** What the holder does, such as `apply`. */
  readonly purpose: string;
  readonly since: Date;
  readonly expires: Date;
  /** When others may take it, if it is not renewed. */
  readonly free: Date;
  /** Whether it still counts: false between expiry (or breaking) and `free`. */
  readonly isAlive: boolean;
  /** Somebody took it from its holder. */
  readonly isBroken: boolean;
  /** Milliseconds until `free`, by the database's clock. */
  readonly freeIn: number;
}

type Acquisition =
  /** `previous` died with it: it was neither released nor renewed. */
  | { readonly acquired: true; readonly epoch: number; readonly previous: LeaseState | undefined }
  | { readonly acquired: false; readonly current: LeaseState };

interface AcquireInput extends LeaseTimes {
  /** Epoch of a holder whose process is gone for certain: its lease is not waited for. */
  readonly gone?: number | undefined;
  readonly name: string;
  readonly holder: string;
  readonly owner: LeaseOwner;
  readonly purpose: string;
}

const COLUMNS = "name, epoch, holder, owner, purpose, since, expires, free";

export async function acquire(queries: Queries, input: AcquireInput): Promise<Acquisition> {
  const { name, holder, owner, purpose, lifetime, grace, gone } = input;
  const previous = await find(queries, name);
  if (previous !== undefined && previous.freeIn > 0 && previous.epoch !== gone)
    return { acquired: false, current: previous };
  const now = await queries.now();
  const [row] = await queries.all(
    `INSERT INTO leases (${COLUMNS}) VALUES (?, 1, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET epoch = leases.epoch + 1, holder = excluded.holder, owner = excluded.owner,
       purpose = excluded.purpose, since = excluded.since, expires = excluded.expires, free = excluded.free
     RETURNING epoch`,
    ...[name, holder, JSON.stringify(owner), purpose],
    ...[now, now + lifetime, now + lifetime + grace],
  );
  if (row === undefined) throw new TypeError("A lease was neither made nor taken over");
  return { acquired: true, epoch: integer(row, "epoch"), previous: abandoned(previous) };
}

/** False when the lease is no longer this holder's. */
export async function renew(
  queries: Queries,
  { fence, lifetime, grace }: LeaseTimes & { readonly fence: Fence },
): Promise<boolean> {
  const expires = (await queries.now()) + lifetime;
  const renewed = await queries.run(
    "UPDATE leases SET expires = ?, free = ? WHERE name = ? AND epoch = ? AND holder = ?",
    ...[expires, expires + grace, fence.name, fence.epoch, fence.holder],
  );
  return renewed === 1;
}

/** Others may take it at once. Nothing happens when it is no longer this holder's. */
export async function release(queries: Queries, { name, epoch, holder }: Fence): Promise<void> {
  const now = await queries.now();
  await queries.run(
    "UPDATE leases SET holder = NULL, expires = ?, free = ? WHERE name = ? AND epoch = ? AND holder = ?",
    ...[now, now, name, epoch, holder],
  );
}

/** Takes the lease from its holder, whose requests under way end within the time that is left until `free`. */
export async function breakLease(queries: Queries, name: string): Promise<LeaseState | undefined> {
  const broken = await find(queries, name);
  if (broken === undefined || broken.freeIn <= 0) return undefined;
  await queries.run(
    "UPDATE leases SET epoch = epoch + 1, holder = NULL, expires = ? WHERE name = ?",
    ...[await queries.now(), name],
  );
  return broken;
}

/** Undefined when nobody holds it and nobody has to wait. */
export async function current(queries: Queries, name: string): Promise<LeaseState | undefined> {
  const found = await find(queries, name);
  return found !== undefined && found.freeIn > 0 ? found : undefined;
}

/** @throws ExpectedError `lease-lost` */
export async function requireLease(queries: Queries, fence: Fence): Promise<void> {
  const { name, epoch, holder } = fence;
  const rows = await queries.all(
    "SELECT epoch FROM leases WHERE name = ? AND epoch = ? AND holder = ?",
    ...[name, epoch, holder],
  );
  if (rows.length === 0) throw leaseLost(fence);
}

export const leaseLost = ({ name, epoch }: Pick<Fence, "name" | "epoch">): ExpectedError =>
  new ExpectedError(
    "lease-lost",
    `Lease ${epoch} of ${name} was taken over or broken; nothing more is stored for it.`,
    { hint: "See who is at work, then plan again." },
  );

async function find(queries: Queries, name: string): Promise<LeaseState | undefined> {
  const [row] = await queries.all(`SELECT ${COLUMNS} FROM leases WHERE name = ?`, name);
  return row === undefined ? undefined : stateOf(row, await queries.now());
}

function stateOf(row: Row, now: number): LeaseState {
  const [expires, free] = [integer(row, "expires"), integer(row, "free")];
  return {
    name: text(row, "name"),
    epoch: integer(row, "epoch"),
    owner: JSON.parse(text(row, "owner")) as LeaseOwner,
    purpose: text(row, "purpose"),
    since: new Date(integer(row, "since")),
    expires: new Date(expires),
    free: new Date(free),
    isBroken: optionalText(row, "holder") === undefined && free > expires,
    isAlive: optionalText(row, "holder") !== undefined && now < expires,
    freeIn: free - now,
  };
}

/** A released lease expired at the moment when it became free; any other was left behind. */
const abandoned = (previous: LeaseState | undefined): LeaseState | undefined =>
  previous !== undefined && previous.free > previous.expires ? previous : undefined;

const write = <Input, Output>(
  run: (queries: Queries, input: Input) => Promise<Output>,
): Work<Input, Output> => ({ access: "write", run });

export const leaseWork = {
  acquireLease: write(acquire),
  renewLease: write(renew),
  releaseLease: write(release),
  breakLease: write(breakLease),
  currentLease: { access: "read", run: current },
} satisfies Record<string, Work<never, unknown>>;
