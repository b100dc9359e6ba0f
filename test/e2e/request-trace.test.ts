/** `--timings` and `--trace` of the commands that talk to the services, through the command line. */
import { readFileSync, statSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Timings } from "../../cli/output/timings.ts";
import type { Har } from "../../services/index.ts";
import { upnOf, TestWorkspace } from "./support/workspace.ts";
import type { Outcome } from "./support/workspace.ts";

let planned: TestWorkspace;
let applied: TestWorkspace;
let outcome: Outcome;
let archive: string;

beforeAll(async () => {
  planned = TestWorkspace.create();
  await planned.succeed(["plan", "example"]);
  await planned.succeed(["approve", "example"]);
  applied = planned.copy();
  const file = applied.path("apply.har");
  outcome = await applied.succeed(["apply", "example", "--timings", "--trace", file]);
  archive = readFileSync(file, "utf8");
});

const timingsIn = ({ json }: Outcome): Timings => json.timings as Timings;
const entriesOf = (text: string): Har["log"]["entries"] => (JSON.parse(text) as Har).log.entries;

describe("--timings", () => {
  it("counts each operation of an apply once per request, and what went over the wire", () => {
    const { operations, requests, httpRequests, bytesSent } = timingsIn(outcome);
    const created = operations.find(({ operation }) => operation === "POST /users");
    expect(created).toMatchObject({ service: "graph", requests: 3, retries: 0, throttled: 0 });
    expect(created?.longestMs).toBeLessThanOrEqual(created?.totalMs ?? 0);
    const batches = operations.find(({ operation }) => operation === "POST /$batch");
    const all = operations.reduce((total, row) => total + row.requests, 0);
    expect(requests).toBe(all - (batches?.requests ?? 0));
    expect(httpRequests).toBeLessThan(requests);
    expect(bytesSent).toBeGreaterThan(0);
  });

  it("prints them as a table on standard error, and nothing of it on standard output", async () => {
    const shown = await applied.text(["status", "example", "--timings"]);
    expect(shown.stderr).toMatch(/^operation +requests +retries +throttled/m);
    expect(shown.stderr).toMatch(/^graph GET \/users\/\{id\} +\d+ +0 +0 +0 +\d+ +\d+$/m);
    expect(shown.stdout).not.toContain("GET ");
  });

  it("shows in a status that nothing of the tenant was written", async () => {
    const { operations } = timingsIn(await applied.succeed(["status", "example", "--timings"]));
    const inTenant = operations.filter(({ service }) => service !== "backup");
    expect(inTenant.length).toBeGreaterThan(0);
    expect(inTenant.map(({ operation }) => operation)).not.toContainEqual(
      // Exchange is asked by POST too.
      expect.stringMatching(/^(?:(?:PATCH|PUT|DELETE) |POST (?!\/\$batch$|\/InvokeCommand\/Get-))/),
    );
  });

  it("is left out unless asked for", async () => {
    const { json, stderr } = await applied.succeed(["status", "example"]);
    expect(json).not.toHaveProperty("timings");
    expect(stderr).not.toContain("operation");
  });
});

describe("--trace", () => {
  it("writes every request of the apply as an HTTP archive, in order, readable by its owner only", () => {
    const entries = entriesOf(archive);
    const total = timingsIn(outcome).operations.reduce((sum, row) => sum + row.requests, 0);
    expect(entries).toHaveLength(total);
    const times = entries.map(({ startedDateTime }) => startedDateTime);
    expect(times).toEqual([...times].sort());
    expect(statSync(applied.path("apply.har")).mode & 0o777).toBe(0o600);
  });

  it("holds no query values, no bodies, no tokens and nobody's name", () => {
    for (const { request, response } of entriesOf(archive)) {
      expect(request.url).not.toContain("?");
      expect(request).not.toHaveProperty("postData");
      expect(response.content).not.toHaveProperty("text");
      const names = [...request.headers, ...response.headers].map(({ name }) => name);
      expect(["client-request-id", "request-id"]).toEqual(expect.arrayContaining(names));
    }
    const personal = ["Anna", upnOf("Anna Bakker"), "example.com", "Bearer", "password", "eyJ"];
    for (const text of personal) expect(archive.toLowerCase()).not.toContain(text.toLowerCase());
  });

  it("is written for a command that fails, too", async () => {
    const workspace = planned.copy();
    const file = workspace.path("refused.har");
    workspace.declare("version: 1\n");
    const refused = await workspace.run(["apply", "example", "--trace", file]);
    expect(refused.exitCode).toBe(2);
    expect(entriesOf(readFileSync(file, "utf8"))).toEqual([]);
  });

  it("refuses a file that cannot be written before anything is asked or changed", async () => {
    const workspace = planned.copy();
    const before = workspace.written();
    const file = workspace.path("missing", "apply.har");
    const refused = await workspace.run(["apply", "example", "--trace", file]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "trace-unwritable" });
    expect(workspace.written()).toEqual(before);
  });
});
