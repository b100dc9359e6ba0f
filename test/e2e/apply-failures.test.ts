/** What an apply leaves behind when it breaks off, and that the same approval goes on exactly as far as it reaches. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { join } from "node:path";
import { aChangedProgram } from "./support/changed-program.ts";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { TENANT_ID, aTenantFile, cloneRoot, TestWorkspace, upnOf } from "./support/workspace.ts";

const PEOPLE = Array.from({ length: 12 }, (_, at) => ({
  name: `${String.fromCodePoint(65 + at)}person Example`,
}));

interface Stopped {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Starts an apply and does something to its process once some changes are done: sends it the signal, unless told. */
async function stopApply(
  workspace: TestWorkspace,
  how: NodeJS.Signals | ((pid: number) => void),
): Promise<Stopped> {
  const child = spawn(
    process.execPath,
    [join(cloneRoot, "dist", "cli", "main.js"), "apply", "example", "--workspace", workspace.root],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, NO_COLOR: "1" } },
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const wasUnderWay = stderr.includes("Applying ");
    stderr += text;
    if (wasUnderWay || !stderr.includes("Applying ")) return;
    if (typeof how === "string") child.kill(how);
    else how(child.pid ?? 0);
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, stderr };
}

async function approved(file = aTenantFile({ people: PEOPLE })): Promise<TestWorkspace> {
  const workspace = TestWorkspace.create({ example: file });
  await workspace.succeed(["plan", "example"]);
  await workspace.succeed(["approve", "example"]);
  return workspace;
}

const BY_HAND = PEOPLE[5]?.name ?? "";

const OTHER = upnOf("Somebody Else");

async function addByHand({ graph }: SeenService): Promise<void> {
  await graph.api("/users").post({
    accountEnabled: true,
    displayName: "Somebody Else",
    mailNickname: "byhand",
    userPrincipalName: OTHER,
    mail: upnOf(BY_HAND),
    passwordProfile: { password: "Made-At-Run-Time-1" },
  });
}

async function removeByHand({ graph }: SeenService): Promise<void> {
  await graph.api(`/users/${OTHER}`).delete();
}

interface Logged {
  readonly statement: {
    readonly kind: string;
    readonly digest: string;
    readonly predicate: {
      readonly result?: string;
      readonly remaining?: { readonly changes: number } | null;
      readonly requests?: unknown;
    };
  };
}

async function logged(workspace: TestWorkspace): Promise<Logged["statement"][]> {
  const { json } = await workspace.succeed(["log", "example"]);
  return (json.entries as Logged[]).map(({ statement }) => statement);
}

const kinds = (log: readonly Logged["statement"][]): string[] =>
  log.map(({ kind, predicate }) => predicate.result ?? kind);

describe("an apply that was stopped with Ctrl-C, or by closing its terminal", () => {
  it.each(["SIGINT", "SIGHUP"] as const)(
    "finishes what is under way after %s, records what is left, and goes on with the same approval",
    async (signal) => {
      const workspace = await approved();
      const stopped = await stopApply(workspace, signal);
      expect(stopped.exitCode).toBe(2);
      expect(stopped.stderr).toContain("[interrupted]");

      const resumed = await workspace.succeed(["apply", "example"]);
      expect(resumed.json.changed).toBe(true);
      const log = await logged(workspace);
      expect(kinds(log)).toEqual([
        ...["registration", "decision"],
        ...["application-start", "partial", "application-start", "succeeded"],
      ]);
      expect(log[3]?.predicate.remaining?.changes).toBeGreaterThan(0);
      // All of it rests on the one plan that was approved.
      expect(new Set(log.slice(1).map(({ digest }) => digest)).size).toBe(1);
      const status = await workspace.succeed(["status", "example", "--exit-code"]);
      expect(status.json.drift).toEqual([]);
      await workspace.succeed(["log", "example", "--verify"]);
    },
  );
});

describe("an apply whose process died", () => {
  it("is taken over by the next one, on the record, and goes on", async () => {
    const workspace = await approved();
    await stopApply(workspace, "SIGKILL");

    const looked = await workspace.run(["unlock", "example"]);
    expect(looked.refusal).toBe("reason-needed");
    expect(looked.stdout).toContain("that process is gone");

    await workspace.succeed(["apply", "example"]);
    const log = await logged(workspace);
    expect(kinds(log)).toEqual([
      ...["registration", "decision", "application-start", "lock-break"],
      ...["partial", "application-start", "succeeded"],
    ]);
    expect(log[4]?.predicate.requests).toBeNull();
  });

  it("needs a new approval when the tenant file is another one by then", async () => {
    const workspace = await approved();
    await stopApply(workspace, "SIGKILL");
    await workspace.succeed(["unlock", "example", "--reason", "The machine was switched off"]);
    workspace.declare(aTenantFile({ people: PEOPLE.slice(0, -1) }));

    const before = workspace.written().services;
    expect((await workspace.run(["apply", "example"])).refusal).toBe("other-digest");
    expect(workspace.written().services).toBe(before);
    const settled = (await logged(workspace)).at(-1);
    expect(settled?.predicate).toMatchObject({ result: "partial", remaining: null });
    // What is left is planned and approved anew.
    workspace.declare(aTenantFile({ people: PEOPLE }));
    await workspace.succeed(["plan", "example"]);
    await workspace.succeed(["approve", "example"]);
    await workspace.succeed(["apply", "example"]);
  });
});

/** The engine is the only child of a command that applies. */
function killEngine(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  expect(children).toHaveLength(1);
  process.kill(Number(children[0]), "SIGKILL");
}

describe.runIf(process.platform === "linux")("an apply whose engine alone was killed", () => {
  it("says so, records what is left, lets go of its lock, and goes on", async () => {
    const workspace = await approved();
    const stopped = await stopApply(workspace, killEngine);
    expect(stopped).toMatchObject({ exitCode: 2 });
    expect(stopped.stderr).toContain("[apply-failed]");
    expect((await workspace.succeed(["status", "example"])).json.lock).toBeUndefined();
    expect(kinds(await logged(workspace)).at(-1)).toBe("partial");
  });
});

describe("an apply that fails in the middle", () => {
  it("names the cause, and goes on with the same approval once that is removed", async () => {
    const workspace = await approved();
    // The first look at the tenant makes it on the emulator; then somebody gives away the address of one of them by
    // hand, a moment after apply looked who has it.
    await workspace.succeed(["status", "example"]);
    await lookAt(workspace, TENANT_ID, addByHand);

    const program = aChangedProgram({
      "dist/provider/live.js": [["holders.get(address)", "undefined"]],
    });
    const failed = await workspace.run(["apply", "example"], { program });
    expect(failed.refusal).toBe("apply-failed");
    expect(failed.stdout).toContain("user-exists");
    expect(failed.stdout).not.toContain("context canceled");
    const log = await logged(workspace);
    expect(kinds(log).slice(2)).toEqual(["application-start", "partial"]);
    expect(log[3]?.predicate.remaining?.changes).toBeGreaterThan(0);

    await lookAt(workspace, TENANT_ID, removeByHand);
    await workspace.succeed(["apply", "example"]);
    expect(kinds(await logged(workspace)).slice(4)).toEqual(["application-start", "succeeded"]);
  });

  it("does not go on with a rest that is not the one that was left", async () => {
    const workspace = await approved();
    await stopApply(workspace, "SIGINT");
    workspace.declare(aTenantFile({ people: [...PEOPLE, { name: "Eve Extra" }] }));
    const before = workspace.written();
    const refused = await workspace.run(["apply", "example"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.refusal).toBe("other-digest");
    expect(workspace.written()).toEqual(before);
  });
});
