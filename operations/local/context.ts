/** The ports of a workspace on this machine: files, git, keys on the disk, the engine as a child process. */
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import type { SessionOptions } from "../../engine/index.ts";
import {
  allHeads,
  fileRecordStore,
  isCertainlyGone,
  keyStore,
  knownHeads,
  leaseLocks,
} from "../../state/index.ts";
import { recordFolder, recordStore, sharedDatabase, tenantLocks } from "../../state/index.ts";
import type { LockOwner } from "../../state/index.ts";
import { isSandbox, stateDatabasePlace, stateDirectory } from "../../workspace/index.ts";
import type { Workspace } from "../../workspace/index.ts";
import { localDns } from "../../core/dns-look-up.ts";
import { localClocks } from "./clocks.ts";
import { gitAuthorship } from "./git-authorship.ts";
import { gitHeads } from "./git-heads.ts";
import { gitRevisions } from "./revisions.ts";
import type { FindAuthors, Keyring, Machine, OperationContext } from "../ports.ts";
import { workspaceTrust } from "./trust.ts";

/** Which tenant files an operation works with, and who wrote them. */
interface TenantFiles {
  readonly workspace: Workspace;
  readonly findAuthors: FindAuthors;
}

export interface LocalOptions extends Pick<OperationContext, "workspace" | "now"> {
  /** Of it `TENANTRY_KEY_PASSPHRASE` and `TENANTRY_APPLIER` are read. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly report?: OperationContext["report"];
  readonly signal?: AbortSignal;
  /** Sees every request to the services. */
  readonly onRequest?: SessionOptions["onRequest"];
}

export const localContext = (options: LocalOptions): OperationContext =>
  contextOf(options, {
    workspace: options.workspace,
    findAuthors: gitAuthorship(options.workspace, options.environment),
  });

function contextOf(options: LocalOptions, files: TenantFiles): OperationContext {
  const { environment, now, onRequest } = options;
  const { workspace, findAuthors } = files;
  const report = options.report ?? (() => undefined);
  const observers: Pick<SessionOptions, "onRequest" | "onWaiting"> = {
    onRequest,
    onWaiting: (waiting) => {
      report({ kind: "waiting-for-service", ...waiting });
    },
  };
  const keys = localKeys(workspace, environment.TENANTRY_KEY_PASSPHRASE);
  return {
    workspace,
    ...localState(workspace, now),
    heads: allHeads([
      knownHeads(join(workspace.dataDirectory, "known-heads")),
      gitHeads(workspace.root),
    ]),
    trust: workspaceTrust(workspace, { keys, applier: environment.TENANTRY_APPLIER }),
    keys,
    findAuthors,
    revisions: gitRevisions({
      ...{ workspace: options.workspace, environment },
      contextOf: (other) => contextOf(options, other),
    }),
    machine: thisMachine,
    openSession: async (session) => {
      // Loaded when it is used: most operations need no engine.
      const { Session } = await import("../../engine/index.ts");
      return await Session.open({ workspace, now, ...observers, ...session });
    },
    examineTenant: async (examined) => {
      const { examineTenant } = await import("../../engine/index.ts");
      return await examineTenant({ workspace, ...observers, ...examined });
    },
    readTenant: async (asked) => {
      const { readTenant } = await import("../../engine/index.ts");
      return await readTenant({ workspace, ...observers, ...asked });
    },
    readDns: async (asked) => {
      const { readDns } = await import("../../engine/index.ts");
      return await readDns({ workspace, ...observers, ...asked });
    },
    readMigrationFacts: async (asked, use) => {
      const { readMigrationFacts } = await import("../../engine/index.ts");
      return await readMigrationFacts({ workspace, ...observers, ...asked }, use);
    },
    readTtl: async (domain) => {
      if (isSandbox(workspace)) return { unreachable: "practice" };
      const { DNS_PORT, mxTtl } = await import("../../core/dns-ttl.ts");
      return await mxTtl(domain, { servers: [], port: DNS_PORT });
    },
    openDns: (servers) => localDns(isSandbox(workspace), servers),
    relateCustomer: async (asked) => {
      const { relateCustomer } = await import("../../engine/index.ts");
      return await relateCustomer({ workspace, ...observers, ...asked });
    },
    giveAccessPass: async (asked) => {
      const { giveAccessPass } = await import("../../engine/index.ts");
      return await giveAccessPass({ workspace, ...observers, ...asked });
    },
    now,
    clocks: localClocks(workspace),
    report,
    signal: options.signal ?? new AbortController().signal,
  };
}

function localState(
  workspace: Workspace,
  now: () => Date,
): Pick<OperationContext, "records" | "locks"> {
  const place = stateDatabasePlace(workspace);
  if (place !== undefined) {
    const database = sharedDatabase(place);
    return {
      records: recordStore(database),
      // Proved by names of this start of this machine, wherever the database is.
      locks: (stack) => leaseLocks({ database, stack, isGone: isCertainlyGone }),
    };
  }
  // Beside a state elsewhere there is no store yet that is write-once; see docs/decisions.
  const store = fileRecordStore(recordFolder(stateDirectory(workspace)));
  return {
    records: store,
    locks: (stack) => tenantLocks({ store, stack, owner: thisMachine.owner, now }),
  };
}

function localKeys({ dataDirectory }: Workspace, passphrase: string | undefined): Keyring {
  const store = keyStore(join(dataDirectory, "keys"));
  return {
    isProtected: passphrase !== undefined,
    create: (email) => store.create(email, passphrase),
    load: (email) => store.load(email, passphrase),
    list: () => store.list(),
  };
}

const thisMachine: Machine = {
  get owner() {
    return { user: userInfo().username, host: hostname(), pid: process.pid };
  },
  // A process on another machine cannot be seen from here, and its number may belong to another process by now.
  isGone: ({ host, pid }: LockOwner) => host === hostname() && !isRunning(pid),
};

function isRunning(pid: number): boolean {
  try {
    // Signal 0 only asks whether there is such a process.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
