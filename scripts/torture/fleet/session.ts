/**
 * A tenant at work without the engine, which a machine cannot run five hundred times: the same calls to the server in the
 * same order (update, intents, journal, checkpoint), and a tenant that is a file of names.
 */
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { gunzipSync } from "node:zlib";
import type { OperationContext } from "../../../operations/index.ts";
import type { digested as Digested } from "../../../plan/index.ts";
import { stackOfTenant } from "../../../state/index.ts";
import type { StateDatabase, TenantLock } from "../../../state/index.ts";
import { leaseNameOf } from "../../../state/stacks/updates.ts";
import type { loadTenant as LoadTenant } from "../../../tenant-file/index.ts";
import { aChange, aPlan } from "../../../test/plan/support.ts";

export const DECIDES = { name: "Anna Bakker", email: "anna.bakker@example.com" };
/** Of each tenant. */
export const PEOPLE = ["anna", "bram", "carla"];
const CHANGES = PEOPLE.map((name) => aChange(name));
/** How long Microsoft takes for each, in milliseconds: while it does, others come, and processes die. */
const ANSWER_MS = 40;

interface StandIn {
  readonly database: StateDatabase;
  /** Names that were made in the tenant, one a line, oldest first. */
  readonly tenantFile: string;
  readonly digested: typeof Digested;
  readonly loadTenant: typeof LoadTenant;
  readonly times: { readonly lifetime: number; readonly grace: number };
  readonly wrote: (lock: Pick<TenantLock, "fence">) => void;
}

type OpenSession = OperationContext["openSession"];

export function standInSessions(
  { stacksDirectory }: OperationContext["workspace"],
  parts: StandIn,
): OpenSession {
  return async ({ stack, lock }) => {
    const tenant = await parts.loadTenant({ stacksDirectory, tenant: stack });
    const tenantId = tenant.tenant.id;
    const directory = { people: [], guests: [], groups: [] };
    return {
      ...{ stack, tenant },
      plan: async () => {
        const made = await madeSoFar(parts.database, stack);
        const rules = { ...aPlan().rules.proposed, decisionMakers: [DECIDES] };
        const plan = aPlan(
          CHANGES.filter(({ urn }) => !made.has(urn)),
          {
            rules: { applied: rules, proposed: rules },
            tenant: { stack, tenantId, displayName: stack, language: "nl" },
          },
        );
        return { ...parts.digested(plan), recorded: new Map(), created: new Map() };
      },
      apply: async (onStep) => {
        if (lock === undefined) throw new Error("An apply has a lock");
        await apply({ ...parts, stack, lock, onStep });
        return undefined;
      },
      readBack: async () => ({
        ...{ objects: PEOPLE.length, ids: [], accepted: [], ended: [], drift: [] },
      }),
      compareWithTenant: async () => [],
      clockAheadMs: async () => 0,
      adopt: async () => undefined,
      listDirectory: async () => directory,
      readBeside: async () => {
        throw new Error("Nothing here looks beside the plan");
      },
      findCauses: async () => ({ found: { causes: new Map(), from: new Date().toISOString() } }),
      requests: () => ({ reads: PEOPLE.length, writes: PEOPLE.length }),
      releaseState: async () => undefined,
      close: async () => undefined,
    };
  };
}

/** URNs in the state. */
export async function madeSoFar(
  database: StateDatabase,
  tenant: string,
): Promise<ReadonlySet<string>> {
  const stack = stackOfTenant(tenant);
  const content = await database.run("exportStack", { stack, version: undefined });
  if (content === undefined) return new Set();
  const { deployment } = JSON.parse(gunzipSync(content).toString("utf8")) as {
    readonly deployment: { readonly resources?: readonly { readonly urn: string }[] };
  };
  return new Set(deployment.resources?.map(({ urn }) => urn));
}

export const madeInTenant = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];

interface Applying extends StandIn {
  readonly stack: string;
  readonly lock: Pick<TenantLock, "fence" | "intents" | "mayWrite">;
  readonly onStep: (urn: string) => void;
}

/** As the engine and the state service do it. Entries of the journal: a begin (0) and a success (1) for each person. */
async function apply({ database, stack: tenant, lock, ...parts }: Applying): Promise<void> {
  const { fence, intents } = lock;
  if (fence === undefined || intents === undefined) throw new Error("The lock is no lease");
  const stack = stackOfTenant(tenant);
  const [id, token] = [randomUUID(), randomUUID()];
  await database.run("createStack", { stack, tags: {} });
  await database.run("createUpdate", { id, stack, kind: "update", request: {} });
  const started = await database.run("startUpdate", {
    ...{ id, token, stack, fence, tags: undefined, engineVersion: "v3.250.0", ...parts.times },
    ...{ lease: leaseNameOf(stack), owner: { user: "runner", host: hostname(), pid: process.pid } },
  });
  if (!started.started) throw new Error(`The update was not started: ${started.why}`);
  const key = { id, token };
  const made = await madeSoFar(database, tenant);
  let sequence = 0;
  const note = async (operationID: number, entry: object): Promise<void> => {
    sequence += 1;
    const entries = [{ version: 1, sequenceID: sequence, operationID, ...entry }];
    await database.run("appendJournal", { key, body: Buffer.from(JSON.stringify({ entries })) });
  };
  for (const [at, { urn, name, type }] of CHANGES.entries()) {
    if (made.has(urn)) continue;
    const resource = { urn, type, custom: true, id: name };
    await note(at + 1, { kind: 0, operation: { type: "creating", resource } });
    const begunBefore = await intents.begin(urn);
    lock.mayWrite();
    parts.wrote(lock);
    // What a run that died may have made is looked for, as the providers do; anything else is simply made.
    const isThere = begunBefore !== undefined && madeInTenant(parts.tenantFile).includes(name);
    if (!isThere) appendFileSync(parts.tenantFile, `${name}\n`);
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    await note(at + 1, { kind: 1, state: resource });
    parts.onStep(urn);
  }
  await database.run("completeUpdate", { key, ending: "succeeded" });
}
