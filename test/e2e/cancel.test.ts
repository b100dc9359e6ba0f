/** Ctrl-C during an apply: running writes end, nothing new is sent, and what happened is said and recorded. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Har, HarEntry } from "../../services/index.ts";
import { aChangedProgram } from "./support/changed-program.ts";
import { aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

const PEOPLE = ["Anna Bakker", "Bram Visser", "Carla Smit"];

const GROUP = {
  name: "kantoor",
  displayName: "Kantoor",
  type: "security",
  owners: [upnOf("Anna Bakker")],
  members: [upnOf("Bram Visser")],
};

/** The work of a request is done at once and its answer comes late, so that Ctrl-C falls between the two. */
const ANSWER = "return { answer, cut: faults.lostAnswer };";
const SLOW_ANSWERS = {
  "dist/emulator/core/pipeline.js": [[ANSWER, `await clock.sleep(700); ${ANSWER}`]],
} as const;

interface Stopped {
  readonly exitCode: number | null;
  readonly error: { readonly code: string; readonly details: readonly string[] };
  readonly stderr: string;
  readonly requests: readonly HarEntry[];
}

/** Applies, and sends the signal as soon as the service holds the first person. */
async function interruptedApply(workspace: TestWorkspace, program: string): Promise<Stopped> {
  const trace = workspace.path("trace.har");
  const words = ["apply", "example", "--json", "--trace", trace, "--workspace", workspace.root];
  const child = spawn(process.execPath, [program, ...words], {
    cwd: workspace.root,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  while (objectsOf(workspace, "user").length === 0 && child.exitCode === null) await sleep(20);
  child.kill("SIGINT");
  const exitCode = await ended;
  const { error } = JSON.parse(output.stdout) as Pick<Stopped, "error">;
  const { log } = JSON.parse(readFileSync(trace, "utf8")) as Har;
  return { exitCode, error, stderr: output.stderr, requests: log.entries };
}

/** Objects of a kind that the emulated services hold. */
function objectsOf(workspace: TestWorkspace, kind: string): Readonly<Record<string, unknown>>[] {
  const file = workspace.data("emulator", "state.sqlite");
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  try {
    const tables = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'objects'");
    if (tables.get() === undefined) return [];
    const rows = database.prepare("SELECT json FROM objects WHERE type = ?").all(kind);
    return rows.map(({ json }) => JSON.parse(String(json)) as Record<string, unknown>);
  } finally {
    database.close();
  }
}

const idOf = ({ id }: Readonly<Record<string, unknown>>): unknown => id;

let workspace: TestWorkspace;
let stopped: Stopped;

beforeAll(async () => {
  const file = aTenantFile({ sections: { groups: [GROUP] } });
  workspace = TestWorkspace.create({ example: file });
  const program = aChangedProgram(SLOW_ANSWERS);
  await workspace.succeed(["plan", "example"], { program });
  await workspace.succeed(["approve", "example"], { program });
  stopped = await interruptedApply(workspace, program);
});

describe("an apply that gets Ctrl-C", () => {
  it("says at once that it finishes what is under way, and ends as refused", () => {
    expect(stopped.stderr).toContain("Stopping: finishing what is in progress.");
    expect(stopped).toMatchObject({ exitCode: 2, error: { code: "interrupted" } });
  });

  it("lets the running writes end and sends nothing new", () => {
    const made = objectsOf(workspace, "user");
    expect(made.length).toBeGreaterThan(0);
    // The group waits for its owner; the backup waits for nobody and may be there already.
    expect(objectsOf(workspace, "group")).toEqual([]);
    const writes = stopped.requests.filter(({ request }) => request.method !== "GET");
    expect(writes.map(({ response }) => response.statusText)).not.toContain("lost");
    const creations = writes.filter(({ request }) => request.url.endsWith("/users"));
    expect(creations.map(({ response }) => response.status)).toEqual(made.map(() => 201));
  });

  it("reports each change as done, begun or not done", () => {
    const { details } = stopped.error;
    const made = new Set(objectsOf(workspace, "user").map(({ displayName }) => displayName));
    for (const name of PEOPLE) {
      const state = made.has(name) ? "(?:done|begun)" : "not done";
      expect(details).toContainEqual(
        expect.stringMatching(new RegExp(`^${state}: .*${name} joins as a user`)),
      );
    }
    expect(details).toContainEqual(expect.stringMatching(/^done: .*tenant of Example Accountants/));
    expect(details).toContainEqual(expect.stringMatching(/^not done: .*group Kantoor is added/));
  });

  it("records how far it came, and goes on with the same approval without making anybody twice", async () => {
    const made = objectsOf(workspace, "user").map(idOf);
    const status = await workspace.succeed(["status", "example"]);
    expect(status.json).toMatchObject({ lastApply: { result: "partial" } });
    const told = /did not complete; \d+ changes remain\. Continue with `tenantry apply example`/;
    expect((await workspace.text(["status", "example"])).stdout).toMatch(told);
    expect((await workspace.text(["plan", "example"])).stderr).toMatch(told);
    await workspace.succeed(["apply", "example"]);
    const users = objectsOf(workspace, "user");
    expect(users.map(idOf)).toEqual(expect.arrayContaining(made));
    expect(users.map(({ displayName }) => displayName).sort()).toEqual(PEOPLE);
    expect(objectsOf(workspace, "group")).toHaveLength(1);
  });
});
