/**
 * A bare remote, an engineer's clone and the runner's clone. Their tenant has what its file lists in a comment,
 * `# has: anna bram` (or `# also: …`), as soon as that is applied.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import { gitRevisions } from "../../../operations/local/revisions.ts";
import { decide } from "../../../operations/decide.ts";
import type { OperationContext, TenantSession } from "../../../operations/ports.ts";
import { digested } from "../../../plan/model/digest.ts";
import { loadTenant } from "../../../tenant-file/load.ts";
import { contoso } from "../../tenant-file/contoso.ts";
import { aWorld, planOf, STACK } from "../support.ts";
import type { World } from "../support.ts";

export const ENGINEER = "engineer@beheer.example";
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Git without the settings of this machine. */
export function gitAt(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  const who = ["-c", "user.name=Engineer", "-c", `user.email=${ENGINEER}`];
  return execFileSync("git", ["-C", folder, ...who, ...args], {
    env,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

export const having = (...names: readonly string[]): string =>
  `# has: ${names.join(" ")}\n${contoso}`;

interface Change {
  readonly files: Readonly<Record<string, string | undefined>>;
  /** Default: the newest of main. */
  readonly from?: string;
}

export interface Repository {
  readonly world: World;
  readonly context: OperationContext;
  /** What the tenants have. */
  readonly applied: Set<string>;
  /** The runner's clone. */
  readonly root: string;
  readonly engineer: string;
  /** Commits and pushes a branch; the runner fetches it. Gives its head. */
  propose(branch: string, change: Change): string;
  /** As a platform merges; the runner checks main out. Gives the merge commit. */
  merge(branch: string): string;
  /** Signs the plan as the customer. */
  approve(digest: string | undefined): Promise<void>;
}

export function aRepository(files: Readonly<Record<string, string>> = {}): Repository {
  const world = aWorld();
  const { root } = world.context.workspace;
  const around = mkdtempSync(join(tmpdir(), "tenantry-ci-"));
  folders.push(around);
  const remote = join(around, "remote.git");
  const engineer = join(around, "engineer");
  gitAt(around, "init", "--quiet", "--bare", "--initial-branch=main", remote);
  gitAt(around, "clone", "--quiet", remote, engineer);
  const write = (folder: string, content: Change["files"]): void => {
    for (const [name, text] of Object.entries(content)) {
      const path = join(folder, name);
      if (text === undefined) {
        rmSync(path);
        continue;
      }
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  };
  const commit = (message: string): void => {
    gitAt(engineer, "add", "--all");
    gitAt(engineer, "commit", "--quiet", "--message", message);
  };
  write(engineer, { [`stacks/${STACK}/tenant.yaml`]: having("anna"), ...files });
  commit("First");
  gitAt(engineer, "push", "--quiet", "origin", "HEAD:main");
  gitAt(root, "init", "--quiet", "--initial-branch=main");
  gitAt(root, "remote", "add", "origin", remote);
  const fetchMain = (): string => {
    gitAt(root, "fetch", "--quiet", "origin");
    gitAt(root, "checkout", "--quiet", "--force", "--detach", "origin/main");
    gitAt(root, "remote", "set-head", "origin", "main");
    return gitAt(root, "rev-parse", "HEAD");
  };
  fetchMain();
  const applied = new Set<string>();
  const context = onTenants(world, applied);
  return {
    ...{ world, context, applied, root, engineer },
    propose: (branch, { files: changed, from = "origin/main" }) => {
      gitAt(engineer, "fetch", "--quiet", "origin");
      gitAt(engineer, "checkout", "--quiet", "-B", branch, from);
      write(engineer, changed);
      commit(branch);
      gitAt(engineer, "push", "--quiet", "--force", "origin", branch);
      gitAt(root, "fetch", "--quiet", "origin");
      return gitAt(engineer, "rev-parse", "HEAD");
    },
    merge: (branch) => {
      gitAt(engineer, "fetch", "--quiet", "origin");
      gitAt(engineer, "checkout", "--quiet", "-B", "main", "origin/main");
      gitAt(engineer, "merge", "--quiet", "--no-ff", "-m", `Merge ${branch}`, branch);
      gitAt(engineer, "push", "--quiet", "origin", "main");
      return fetchMain();
    },
    approve: async (digest) => {
      await decide(context, {
        ...{ stack: STACK, decision: "approved", remark: "", email: undefined },
        ...{ digest, shown: [] },
      });
    },
  };
}

function onTenants(world: World, applied: Set<string>): OperationContext {
  const withFiles = (files: Partial<OperationContext>): OperationContext => {
    const at = world.with(files);
    return { ...at, openSession: (options) => openAt(at, options) };
  };
  const openAt = async (
    { workspace: { stacksDirectory } }: OperationContext,
    options: Parameters<OperationContext["openSession"]>[0],
  ): Promise<TenantSession> => {
    const { stack } = options;
    const tenant = await loadTenant({ stacksDirectory, tenant: stack });
    const text = readFileSync(join(stacksDirectory, stack, "tenant.yaml"), "utf8");
    const names = [...text.matchAll(/^# (?:has|also): (.*)$/gm)].flatMap(([, listed = ""]) =>
      listed.split(" "),
    );
    const open = (): string[] =>
      names.filter((name) => name !== "" && !applied.has(`${stack} ${name}`));
    return {
      ...(await world.context.openSession(options)),
      ...{ stack, tenant },
      plan: async () => {
        const plan = planOf(open());
        const made = { ...plan, tenant: { ...plan.tenant, stack, tenantId: tenant.tenant.id } };
        return { ...digested(made), recorded: new Map(), created: new Map() };
      },
      apply: async (onStep) => {
        world.onApply();
        for (const { urn } of planOf(open()).changes) onStep(urn);
        for (const name of open()) applied.add(`${stack} ${name}`);
        return undefined;
      },
    };
  };
  const { workspace } = world.context;
  const revisions = gitRevisions({ workspace, environment: {}, contextOf: withFiles });
  return withFiles({ revisions });
}
