/** An operation's ports in memory: a record store, keys, a clock that advances, and a tenant without an engine. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { generateKey } from "../../approval/keys.ts";
import type { SigningKey } from "../../approval/keys.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { OperationContext, ProgressEvent, TenantSession } from "../../operations/ports.ts";
import { gitRevisions } from "../../operations/local/revisions.ts";
import { sandboxTrust } from "../../operations/local/sandbox-trust.ts";
import { digested } from "../../plan/model/digest.ts";
import type { Plan } from "../../plan/model/model.ts";
import type { RecordStore } from "../../state/record/record-store.ts";
import { tenantLocks } from "../../state/record/tenant-lock.ts";
import { loadTenant } from "../../tenant-file/load.ts";
import { openWorkspace } from "../../workspace/workspace.ts";
import { aChange, aPlan } from "../plan/support.ts";
import { memoryRecordStore } from "../state/record/memory-record-store.ts";
import { contosoWith } from "../tenant-file/contoso.ts";

export const STACK = "contoso";
export const MARIEKE = "marieke.devries@contoso.com";
export const PIETER = "pieter.jansen@contoso.com";

const OWNER = { user: "ines", host: "laptop", pid: 7 };
const TENANT_ID = "7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7";
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const { rules } = aPlan();
const OWN_RULES = {
  ...rules.proposed,
  decisionMakers: [
    { name: "Marieke de Vries", email: MARIEKE },
    { name: "Pieter Jansen", email: PIETER },
  ],
};

/** A plan of the sample tenant under its present rules; each name is a change of its own. */
export const planOf = (names: readonly string[], overrides: Partial<Plan> = {}): Plan =>
  aPlan(
    names.map((name) => aChange(name)),
    {
      rules: { applied: OWN_RULES, proposed: OWN_RULES },
      ...overrides,
      tenant: {
        stack: STACK,
        tenantId: TENANT_ID,
        displayName: "Contoso Accountants",
        language: "nl",
      },
    },
  );

export const NOTHING = planOf([]);

export interface World {
  readonly context: OperationContext;
  readonly events: ProgressEvent[];
  /** Keys of the store's values that were read, oldest first. */
  readonly reads: string[];
  readonly store: RecordStore;
  /** What the engine plans, from the state and from the tenant itself; a failure is thrown. */
  plans: { state: Plan | Error; tenant: Plan | Error };
  readBack: Awaited<ReturnType<TenantSession["readBack"]>>;
  directory: Awaited<ReturnType<TenantSession["listDirectory"]>>;
  beside: Omit<Awaited<ReturnType<TenantSession["readBeside"]>>, "directory">;
  /** What the audit log says. */
  causes: Awaited<ReturnType<TenantSession["findCauses"]>>;
  /** Touched objects as they stand in the tenant before the first write. */
  compared: Awaited<ReturnType<TenantSession["compareWithTenant"]>>;
  /** By how much this machine's clock is ahead of the services'. */
  clockAheadMs: number;
  /** Happens while the plan is being applied. */
  onApply: () => void;
  /** Each session that was opened. */
  readonly sessions: { readonly access: string; readonly refresh: boolean }[];
  declare(...changes: [from: string, to: string][]): void;
  /** Moves the clock. */
  pass(ms: number): void;
  /** The same with other ports. */
  with(ports: Partial<OperationContext>): OperationContext;
}

/** Nobody has registered the application yet. */
const notReached = (): Promise<never> =>
  Promise.reject(new ExpectedError("no-credential", "No credential is set.", { hint: "Set one." }));

export function aWorld(): World {
  const root = mkdtempSync(join(tmpdir(), "tenantry-operations-"));
  folders.push(root);
  mkdirSync(join(root, "stacks", STACK), { recursive: true });
  const declare: World["declare"] = (...changes) => {
    writeFileSync(join(root, "stacks", STACK, "tenant.yaml"), contosoWith(...changes));
  };
  declare();
  const reads: string[] = [];
  const memory = memoryRecordStore();
  const store: RecordStore = {
    ...memory,
    get: async (key) => {
      reads.push(key);
      return await memory.get(key);
    },
  };
  let atMs = Date.parse("2026-11-22T10:00:00.000Z");
  const keys = memoryKeys();
  const events: ProgressEvent[] = [];
  const workspace = openWorkspace(root, root);
  const world: World = {
    ...{ events, reads, store, sessions: [], declare },
    plans: { state: planOf(["anna"]), tenant: planOf(["anna"]) },
    readBack: { objects: 1, ids: [], drift: [], accepted: [], ended: [] },
    directory: { people: [], guests: [], groups: [] },
    beside: {
      signIn: undefined,
      withoutSecondStep: undefined,
      emergencySignIns: undefined,
      individuals: [],
      risks: { globalAdministrators: undefined, forwarding: undefined, notRead: [] },
      synchronised: undefined,
      kept: undefined,
    },
    causes: { found: { causes: new Map(), from: "2026-10-23T10:00:00.000Z" } },
    ...{ compared: [], clockAheadMs: 0 },
    onApply: () => undefined,
    pass: (ms) => (atMs += ms),
    with: (ports) => ({ ...world.context, ...ports }),
    context: {
      workspace,
      records: store,
      heads: { read: async () => undefined, write: async () => undefined },
      trust: sandboxTrust(keys),
      keys,
      findAuthors: async ({ named }) => ({
        authors: ["engineer@beheer.example", ...named],
        commit: null,
        reason: null,
      }),
      revisions: gitRevisions({
        ...{ workspace, environment: {} },
        contextOf: (files) => world.with(files),
      }),
      machine: { owner: OWNER, isGone: () => false },
      locks: (stack) => tenantLocks({ store, stack, owner: OWNER, now: () => world.context.now() }),
      openSession: async ({ stack, access, refresh = false }) => {
        world.sessions.push({ access, refresh });
        return await sessionOf(world, { stack, refresh });
      },
      examineTenant: async () => [],
      readTenant: () => Promise.reject(new Error("No tenant can be read here")),
      readDns: notReached,
      readTtl: () => Promise.resolve({ unreachable: "practice" }),
      readMigrationFacts: notReached,
      openDns: () => () => Promise.reject(new Error("No DNS can be asked here")),
      giveAccessPass: () => Promise.reject(new Error("Nobody signs in here")),
      relateCustomer: () => Promise.reject(new Error("There is no partner here")),
      // A second passes each time somebody looks.
      now: () => new Date((atMs += 1000)),
      clocks: { atMicrosoft: async () => undefined, newestCommit: async () => undefined },
      report: (event) => events.push(event),
      signal: new AbortController().signal,
    },
  };
  return world;
}

async function sessionOf(
  world: World,
  { stack, refresh }: { readonly stack: string; readonly refresh: boolean },
): Promise<TenantSession> {
  const { stacksDirectory } = world.context.workspace;
  return {
    stack,
    tenant: await loadTenant({ stacksDirectory, tenant: stack }),
    plan: async () => {
      const planned = refresh ? world.plans.tenant : world.plans.state;
      if (planned instanceof Error) throw planned;
      return { ...digested(planned), recorded: new Map(), created: new Map() };
    },
    compareWithTenant: async () => world.compared,
    clockAheadMs: async () => world.clockAheadMs,
    apply: async (onStep) => {
      world.onApply();
      for (const { urn } of (world.plans.state as Plan).changes) onStep(urn);
      return undefined;
    },
    adopt: async () => undefined,
    readBack: async () => world.readBack,
    listDirectory: async () => world.directory,
    readBeside: async () => ({ directory: world.directory, ...world.beside }),
    findCauses: async () => world.causes,
    requests: () => ({ reads: 3, writes: 1 }),
    releaseState: async () => undefined,
    close: async () => undefined,
  };
}

function memoryKeys(): OperationContext["keys"] {
  const keys = new Map<string, SigningKey>();
  return {
    isProtected: true,
    create: async (email) => {
      const key = generateKey();
      keys.set(email, key);
      return key;
    },
    load: async (email) => {
      const key = keys.get(email);
      if (key === undefined) throw new Error(`No key of ${email}`);
      return key;
    },
    list: async () => [...keys.keys()].sort(),
  };
}
