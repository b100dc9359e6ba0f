/** A database of its own for each test, and updates in it without an engine. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openStateDatabase } from "../../../state/index.ts";
import type { Fence, StateDatabase } from "../../../state/index.ts";
import type { VersionedDeployment } from "../../../state/journal/deployment.ts";
import { pack } from "../../../state/stacks/packing.ts";
import { leaseNameOf } from "../../../state/stacks/updates.ts";
import type { UpdateKey } from "../../../state/stacks/updates.ts";

export const STACK = "tenantry/things/one";
const OWNER = { user: "anna", host: "here", pid: 1 };

export interface TemporaryState extends AsyncDisposable {
  readonly file: string;
  readonly database: StateDatabase;
}

interface OpenedPlace {
  readonly database: StateDatabase;
  readonly close: () => Promise<void>;
}

/** How the database is reached; the tests of a server have theirs here. */
export const reaching = {
  open: async (file: string): Promise<OpenedPlace> => {
    const database = await openStateDatabase(file);
    return { database, close: () => database.close() };
  },
};

export async function temporaryState(): Promise<TemporaryState> {
  const folder = await mkdtemp(join(tmpdir(), "state-"));
  const file = join(folder, "state.db");
  const { database, close } = await reaching.open(file);
  return {
    file,
    database,
    [Symbol.asyncDispose]: async () => {
      await close();
      await rm(folder, { recursive: true });
    },
  };
}

interface StartOptions {
  readonly fence?: Fence;
  /** Milliseconds for which a lease of its own is good. */
  readonly lifetime?: number;
}

/** Makes the stack where it is not there. @throws when somebody else is at work */
export async function startUpdate(
  database: StateDatabase,
  { fence, lifetime = 60_000 }: StartOptions = {},
): Promise<UpdateKey> {
  const [id, token] = [randomUUID(), randomUUID()];
  await database.run("createStack", { stack: STACK, tags: {} });
  await database.run("createUpdate", { id, stack: STACK, kind: "update", request: {} });
  const told = await database.run("startUpdate", {
    ...{ id, token, stack: STACK, fence, lifetime },
    ...{ grace: 0, tags: undefined, engineVersion: "v3.250.0", owner: OWNER },
    lease: leaseNameOf(STACK),
  });
  if (!told.started) throw new Error(told.why);
  return { id, token };
}

export async function append(
  database: StateDatabase,
  key: UpdateKey,
  entries: readonly unknown[],
): Promise<void> {
  await database.run("appendJournal", { key, body: Buffer.from(JSON.stringify({ entries })) });
}

export async function exported(database: StateDatabase): Promise<VersionedDeployment> {
  const content = await database.run("exportStack", { stack: STACK, version: undefined });
  if (content === undefined) throw new Error("There is no stack");
  return JSON.parse(gunzipSync(content).toString("utf8")) as VersionedDeployment;
}

export async function imported(
  database: StateDatabase,
  deployment: VersionedDeployment,
): Promise<void> {
  const guard = { lease: leaseNameOf(STACK), fence: undefined };
  const content = pack(deployment);
  await database.run("createStack", { stack: STACK, tags: {} });
  await database.run("importStack", { stack: STACK, id: randomUUID(), content, guard });
}
