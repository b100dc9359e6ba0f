/** Pulumi's state of a test's workspace, read and changed as somebody could who may write to its database. */
import { randomUUID } from "node:crypto";
import { openStateDatabase } from "../../../state/database/open.ts";
import type { StateDatabase } from "../../../state/database/works.ts";
import { pack, unpack } from "../../../state/stacks/packing.ts";
import { leaseNameOf } from "../../../state/stacks/updates.ts";
import type { TestWorkspace } from "./workspace.ts";

type Deployment = ReturnType<typeof unpack>;

const nameOf = (stack: string): string => `tenantry/tenantry/${stack}`;

async function withDatabase<T>(
  workspace: TestWorkspace,
  use: (database: StateDatabase) => Promise<T>,
): Promise<T> {
  const database = await openStateDatabase(workspace.data("state.sqlite"));
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

async function exported(database: StateDatabase, stack: string): Promise<Deployment> {
  const content = await database.run("exportStack", { stack: nameOf(stack), version: undefined });
  if (content === undefined) throw new Error(`There is no state of ${stack}`);
  return unpack(content);
}

export async function readState(workspace: TestWorkspace, stack = "example"): Promise<Deployment> {
  return await withDatabase(workspace, (database) => exported(database, stack));
}

export async function writeState(
  workspace: TestWorkspace,
  state: Deployment,
  stack = "example",
): Promise<void> {
  await withDatabase(workspace, async (database) => {
    const name = nameOf(stack);
    const done = await database.run("importStack", {
      ...{ stack: name, id: randomUUID(), content: pack(state) },
      guard: { lease: leaseNameOf(name), fence: undefined },
    });
    if (done !== "imported") throw new Error(`The state of ${stack} is ${done}`);
  });
}

export interface StateResource {
  readonly urn: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

export async function editState(
  workspace: TestWorkspace,
  edit: (resources: StateResource[]) => void,
): Promise<void> {
  const state = await readState(workspace);
  edit(state.deployment.resources as unknown as StateResource[]);
  await writeState(workspace, state);
}
