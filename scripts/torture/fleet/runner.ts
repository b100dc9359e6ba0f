/** One runner: a fresh working copy and a sign-in for each job, and the product's own operations in it. */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as Operations from "../../../operations/index.ts";
import type * as PlanRoom from "../../../plan/index.ts";
import type * as State from "../../../state/index.ts";
import type * as TenantFiles from "../../../tenant-file/index.ts";
import type * as Workspaces from "../../../workspace/index.ts";
import { compiled } from "../../bench/product.ts";
import type { Job, RunnerSettings, Told } from "./messages.ts";
import { standInSessions } from "./session.ts";

const { applyApproved, decide, localContext, planTenant } =
  await compiled<typeof Operations>("operations/index.js");
const { digested } = await compiled<typeof PlanRoom>("plan/index.js");
const { leaseLocks, knownHeads, openStateDatabase, recordStore } =
  await compiled<typeof State>("state/index.js");
const { loadTenant } = await compiled<typeof TenantFiles>("tenant-file/index.js");
const { openWorkspace } = await compiled<typeof Workspaces>("workspace/index.js");

const settings = JSON.parse(process.argv[2] ?? "") as RunnerSettings;
const heads = knownHeads(mkdtempSync(join(settings.folder, "heads-")));
const tell = (told: Told): void => {
  process.send?.(told);
};

type Ended = Omit<Extract<Told, { readonly told: "over" }>, "told" | "job">;

async function carryOut({ kind, tenant, token }: Job): Promise<Ended> {
  const folder = mkdtempSync(join(settings.folder, "job-"));
  // As the platform hands it to a job.
  process.env.TENANTRY_ID_TOKEN = token;
  const database = await openStateDatabase(settings.url);
  try {
    const context = contextIn(workingCopy(folder, tenant), { database, tenant });
    if (kind === "prepare") {
      await planTenant(context, { stack: tenant, refresh: false, isNew: true });
      const which = { email: undefined, digest: undefined, shown: [] };
      await decide(context, { stack: tenant, decision: "approved", remark: "", ...which });
    } else {
      await applyApproved(context, { stack: tenant, refresh: false, authors: [] });
    }
    return { outcome: "done", said: "" };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { outcome: String(error.code), said: error.message };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

function workingCopy(folder: string, tenant: string): Workspaces.Workspace {
  const target = join(folder, "stacks", tenant);
  mkdirSync(target, { recursive: true });
  mkdirSync(join(folder, ".tenantry"));
  cpSync(join(settings.folder, "files", `${tenant}.yaml`), join(target, "tenant.yaml"));
  writeFileSync(join(folder, "tenantry.yaml"), `server: ${settings.url}\n`);
  symlinkSync(join(settings.folder, "keys"), join(folder, ".tenantry", "keys"));
  return openWorkspace(folder, folder);
}

/** The ports of a workspace on this machine, but for the engine, git, and what is measured. */
function contextIn(
  workspace: Workspaces.Workspace,
  { database, tenant }: { readonly database: State.StateDatabase; readonly tenant: string },
): Operations.OperationContext {
  const at = (told: "held" | "wrote" | "let go", lock: Pick<State.TenantLock, "fence">): void => {
    const epoch = lock.fence?.epoch ?? Number.NaN;
    tell({ told, tenant, epoch, at: String(process.hrtime.bigint()) });
  };
  const records = told(recordStore(database));
  return {
    ...localContext({ workspace, environment: {}, now: () => new Date() }),
    ...{ records, heads },
    // Of another machine, for all that the others can know: a lease of the dead has to run out.
    locks: (stack) => {
      const locks = leaseLocks({ database, stack, times: settings.times });
      return {
        ...locks,
        acquire: async (purpose, waiting) => {
          const lock = await locks.acquire(purpose, waiting);
          at("held", lock);
          const release = async (): Promise<void> => {
            at("let go", lock);
            await lock.release();
          };
          return { ...lock, records: told(lock.records), release };
        },
      };
    },
    findAuthors: async () => ({
      ...{ authors: ["engineer@beheer.example"], commit: null, reason: null },
    }),
    clocks: { atMicrosoft: async () => undefined, newestCommit: async () => undefined },
    openSession: standInSessions(workspace, {
      ...{ database, digested, loadTenant, times: settings.times },
      tenantFile: join(settings.folder, "tenants", tenant),
      wrote: (lock) => {
        at("wrote", lock);
      },
    }),
  };
}

/** Tells of all that the server said it keeps. */
const told = (store: State.RecordStore): State.RecordStore => ({
  ...store,
  putIfAbsent: async (key, value) => {
    const isStored = await store.putIfAbsent(key, value);
    const hash = createHash("sha256").update(value).digest("hex");
    if (isStored) tell({ told: "stored", key, hash });
    return isStored;
  },
});

process.on("message", (job: Job) => {
  void carryOut(job).then((ended) => {
    tell({ told: "over", job, ...ended });
  });
});
tell({ told: "ready" });
