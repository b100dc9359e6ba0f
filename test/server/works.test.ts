/** What a server does beyond a database: rights, tenants, lost answers, several processes, limits, stopping, hostile requests. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as askHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadCertificates } from "../../emulator/core/certificates.ts";
import { hashOf, serve } from "../../server/index.ts";
import { leases, recordStore } from "../../state/index.ts";
import { PROTOCOL, RIGHTS } from "../../state/remote/messages.ts";
import { openServerDatabase } from "../../state/remote/server-database.ts";
import { stackOfTenant } from "../../state/stacks/stack-name.ts";
import { leaseNameOf } from "../../state/stacks/updates.ts";
import { startPostgres } from "../state/support/postgres.ts";
import { startServer, TOKEN, tokenOnly } from "./support/server.ts";
import type { TestServer } from "./support/server.ts";

let server: TestServer;
const access = [
  ...RIGHTS.map((may) => ({ name: `all ${may}`, may, token: `sha256:${hashOf(`all-${may}`)}` })),
  { name: "contoso", may: "apply", tenants: ["contoso"], token: `sha256:${hashOf("contoso")}` },
];

beforeAll(async () => {
  server = await startServer({ access });
});
afterAll(() => server[Symbol.asyncDispose]());

const bytes = new TextEncoder().encode("value");
const put = (key: string) => ({ key, value: bytes, fence: undefined });
const refused = { code: "server-refused" };
const post = async (
  path: string,
  {
    token = TOKEN,
    body = "{}",
    headers = {},
  }: { token?: string; body?: string; headers?: object } = {},
): Promise<Response> =>
  await fetch(`${server.url}${path}`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${token}`, "tenantry-protocol": PROTOCOL, ...headers },
  });

describe("a right", () => {
  it.each([
    ["plans", "plan"],
    ["planned", "plan"],
    ["pages", "plan"],
    ["looks", "plan"],
    ["entries", "decide"],
    ["lock", "apply"],
  ])("to put into %s is what %s has, and those before it have not", async (folder, needed) => {
    for (const may of RIGHTS) {
      const asked = server
        .database(`all-${may}`)
        .run("putValue", put(`a/${folder}/${randomUUID()}`));
      if (RIGHTS.indexOf(may) >= RIGHTS.indexOf(needed as typeof may))
        expect(await asked).toBe(true);
      else await expect(asked, may).rejects.toMatchObject(refused);
    }
  });

  it("below `apply` takes no lock and changes no state", async () => {
    const database = server.database("all-decide");
    const owner = { user: "u", host: "h", pid: 1 };
    const times = { lifetime: 1_000, grace: 0 };
    const lease = { name: "stack/a/b/c", holder: "h", owner, purpose: "apply", ...times };
    await expect(database.run("acquireLease", lease)).rejects.toMatchObject(refused);
    await expect(database.run("breakLease", "stack/a/b/c")).rejects.toMatchObject(refused);
    const update = { id: "u", stack: "a/b/c", kind: "update", request: {} };
    await expect(database.run("createUpdate", update)).rejects.toMatchObject(refused);
  });

  it("of one tenant reaches nothing of another, neither by its names nor by its lease", async () => {
    const all = server.database("all-apply");
    const [own, other] = [stackOfTenant("contoso"), stackOfTenant("contoso-two")];
    for (const stack of [own, other]) await all.run("createStack", { stack, tags: {} });
    for (const tenant of ["contoso", "contoso-two"])
      await all.run("putValue", put(`${tenant}/plans/x`));
    const limited = server.database("contoso");
    expect(await limited.run("listStacks", undefined)).toEqual([own]);
    expect(await limited.run("listKeys", "")).toEqual(["contoso/plans/x"]);
    expect(await limited.run("listKeys", "contoso")).toEqual(["contoso/plans/x"]);
    expect(await limited.run("getStack", { stack: own })).toMatchObject({ stack: own });
    await expect(limited.run("getStack", { stack: other })).rejects.toMatchObject(refused);
    await expect(limited.run("getValue", "contoso-two/plans/x")).rejects.toMatchObject(refused);
    await expect(limited.run("listKeys", "contoso-two/")).rejects.toMatchObject(refused);
    await expect(limited.run("putValue", put("loose"))).rejects.toMatchObject(refused);
    await expect(limited.run("breakLease", leaseNameOf(other))).rejects.toMatchObject(refused);
    const stolen = {
      stack: own,
      id: "u",
      lease: leaseNameOf(other),
      fence: undefined,
      isOwn: false,
    };
    await expect(limited.run("cancelUpdate", stolen)).rejects.toThrow();
    const response = await post("/v1/work/cancelUpdate", {
      token: "contoso",
      body: JSON.stringify({ id: randomUUID(), input: stolen }),
    });
    expect(response.status).toBe(400);
  });
});

describe("a request", () => {
  it("whose answer was lost is asked again until it is there, and does it once", async () => {
    let lost = 0;
    // Passes requests on, and drops the answer of every other one.
    const proxy = createServer((incoming, outgoing) => {
      const { method, headers, url } = incoming;
      const passed = ask(`${server.url}${url ?? ""}`, { method, headers }, (answer) => {
        if (answer.statusCode === 200 && lost++ % 2 === 0) outgoing.destroy();
        else answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers));
      });
      incoming.pipe(passed);
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const { port } = proxy.address() as AddressInfo;
    const database = openServerDatabase(`http://127.0.0.1:${port}`, tokenOnly(TOKEN));
    const key = `lost/entries/${randomUUID()}`;
    expect(await database.run("putValue", put(key))).toBe(true);
    expect(await recordStore(database).putIfAbsent(key, bytes)).toBe(false);
    const { signal } = new AbortController();
    const lease = await leases(database, { lifetime: 60_000, grace: 0 }).acquire("lost", {
      purpose: "apply",
      signal,
    });
    await lease.release();
    expect(lost).toBeGreaterThan(4);
    proxy.closeAllConnections();
    proxy.close();
  });

  it("waits for a server that is started again", async () => {
    const first = await startServer();
    const { port } = new URL(first.url);
    const database = openServerDatabase(first.url, tokenOnly(TOKEN));
    expect(await database.run("putValue", put("a/plans/1"))).toBe(true);
    await first.stop();
    const asked = database.run("getValue", "a/plans/1");
    await new Promise((resolve) => setTimeout(resolve, 700));
    await using again = await startServer({ file: first.file, port: Number(port) });
    expect(again.url).toBe(first.url);
    expect(await asked).toEqual(bytes);
  });

  it("that is too large is refused before it is read, by its length and without one", async () => {
    const large = "x".repeat(300 * 1024);
    const body = JSON.stringify({ id: randomUUID(), input: { stack: "a/b/c", tags: { large } } });
    expect((await post("/v1/work/createStack", { body })).status).toBe(413);
    const streamed = await fetch(`${server.url}/v1/work/createStack`, {
      method: "POST",
      body: new Blob([body]).stream(),
      duplex: "half",
      headers: { authorization: `Bearer ${TOKEN}`, "tenantry-protocol": PROTOCOL },
    });
    expect(streamed.status).toBe(413);
  });

  it("of another version, for an unknown work or without a token is refused", async () => {
    expect(
      (await post("/v1/work/listStacks", { headers: { "tenantry-protocol": "0" } })).status,
    ).toBe(400);
    for (const name of ["answerOnce", "beginSession", "findSession", "constructor", "__proto__"]) {
      expect((await post(`/v1/work/${name}`)).status, name).toBe(404);
    }
    expect((await post("/v1/work/listStacks", { token: "unknown" })).status).toBe(401);
    expect((await post("/v1/work/listStacks", { headers: { authorization: "" } })).status).toBe(
      401,
    );
  });
});

describe("limits and watching", () => {
  it("let one caller ask so often, and others meanwhile", async () => {
    await using own = await startServer({ access });
    const asking = async (token: string): Promise<number> =>
      (await fetch(`${own.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status;
    const told: number[] = [];
    for (let round = 0; round < 20 && !told.includes(429); round += 1) {
      told.push(...(await Promise.all(Array.from({ length: 200 }, () => asking("all-read")))));
    }
    expect(told).toContain(200);
    expect(told).toContain(429);
    expect(await asking("all-plan")).toBe(200);
  }, 60_000);

  it("stop guessing of tokens from one address, and no known caller", async () => {
    await using own = await startServer({ access });
    const asking = async (token: string): Promise<number> =>
      (await fetch(`${own.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status;
    const told: number[] = [];
    for (let count = 0; count < 40; count += 1) told.push(await asking(`guess-${count}`));
    expect(told[0]).toBe(401);
    expect(told.at(-1)).toBe(429);
    expect(await asking("all-read")).toBe(200);
  });

  it("health is told to anybody, numbers to callers, and neither names a tenant", async () => {
    await server.database().run("putValue", put("fabrikam/plans/1"));
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const health = await fetch(`${server.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const metrics = await (await fetch(`${server.url}/metrics`, { headers })).text();
    expect(metrics).toMatch(/^tenantry_requests_total\{what="putValue",status="200"\} \d+$/m);
    expect(`${metrics}${JSON.stringify(server.log)}`).not.toMatch(
      /fabrikam|contoso\/|tests-that|127\.0\.0/,
    );
  });

  it("a stop lets what is under way end, and takes nothing new", async () => {
    const own = await startServer();
    const writes = Array.from({ length: 30 }, (_, at) =>
      own.database().run("putValue", put(`a/plans/${at}`)),
    );
    await expect.poll(() => own.log.length).toBeGreaterThan(1);
    await own.stop();
    await expect(fetch(`${own.url}/health`)).rejects.toThrow(TypeError);
    await using again = await startServer({ file: own.file, port: Number(new URL(own.url).port) });
    // Those that had no answer are asked again, and none was stored twice.
    expect(await Promise.all(writes)).toEqual(writes.map(() => true));
    expect(await again.database().run("listKeys", "a/")).toHaveLength(30);
  }, 60_000);

  it("with a certificate it speaks HTTPS, and nothing in clear", async () => {
    const { authorityPem, certificatePem, privateKeyPem } = await loadCertificates(":memory:");
    const own = await serve({
      ...{ database: server.file, settings: { url: "https://a.example", access: [] } },
      ...{ listen: { host: "127.0.0.1", port: 0 }, log: () => undefined },
      certificate: { chain: certificatePem, key: privateKeyPem },
    });
    expect(own.url).toMatch(/^https:/);
    const { port } = new URL(own.url);
    const sent = askHttps({
      host: "localhost",
      port,
      path: "/health",
      ca: authorityPem,
      agent: false,
    });
    sent.end();
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.resume();
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow(TypeError);
    await own.close();
  });

  it("without a certificate it serves nobody but this machine", async () => {
    const open = serve({
      ...{ database: server.file, settings: { url: "https://a.example", access: [] } },
      ...{ listen: { host: "0.0.0.0", port: 0 }, log: () => undefined },
    });
    await expect(open).rejects.toMatchObject({ code: "server-not-started" });
  });
});

describe("several processes on one database", () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  it.each(["SQLite", "Postgres"])(
    "give a lock to one, on %s",
    async (kind) => {
      let file: string | undefined;
      if (kind === "Postgres") {
        const postgres = await startPostgres();
        closing.push(() => postgres.close());
        file = await postgres.database();
      }
      const one = await startServer(file === undefined ? {} : { file });
      const other = await startServer({ file: one.file });
      for (const each of [one, other]) {
        closing.push(async () => {
          await each[Symbol.asyncDispose]();
        });
      }
      const { signal } = new AbortController();
      const taking = [one, other].map((at) =>
        leases(at.database(), { lifetime: 6_000, grace: 0 }).acquire("contoso", {
          purpose: "apply",
          signal,
        }),
      );
      const told = await Promise.allSettled(taking);
      expect(told.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const keys = Array.from({ length: 20 }, (_, at) => `contoso/plans/${at % 10}`);
      const stored = await Promise.all(
        keys.map((key, at) => (at % 2 === 0 ? one : other).database().run("putValue", put(key))),
      );
      expect(stored.filter(Boolean)).toHaveLength(10);
      for (const result of told) if (result.status === "fulfilled") await result.value.release();
    },
    120_000,
  );
});
