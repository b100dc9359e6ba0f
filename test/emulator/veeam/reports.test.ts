import { expect, it } from "vitest";
import { troubles } from "../../../emulator/veeam/model.ts";
import { createUser } from "../support/emulator.ts";
import { pickText } from "../support/pick.ts";
import { passwordGrant, prepare, startBackupServer } from "./support/backup-server.ts";

const DAY_MS = 24 * 60 * 60_000;

it("shows what can be restored once a run is through", async () => {
  const server = await startBackupServer();
  await createUser(server.emulator, { displayName: "Jan" });
  const ids = await prepare(server);
  const { body: job } = await server.call("POST", "/v8/Jobs", {
    ...ids,
    name: "All",
    backupType: "EntireOrganization",
    runNow: true,
  });
  const list = async (path: string): Promise<unknown> => (await server.call("GET", path)).body;
  expect(await list("/v8/RestorePoints")).toMatchObject({ results: [] });
  server.emulator.clock.advance(60_000);
  const mine = `organizationId=${ids.organizationId}`;
  expect(await list(`/v8/RestorePoints?${mine}&Limit=5`)).toMatchObject({
    limit: 5,
    results: [{ jobId: pickText(job, "id"), isExchange: true }],
  });
  expect(await list(`/v8/protectedusers/?${mine}`)).toMatchObject({
    results: [{ displayName: "Jan" }],
  });
  expect(await list("/v8/ProtectedSites")).toMatchObject({
    results: [{ url: "https://contoso.sharepoint.com" }],
  });
  expect(await list("/v8/ProtectedGroups")).toMatchObject({ results: [] });
  const { body: sessions } = await server.call("GET", "/v8/JobSessions");
  expect(
    await list(`/v8/JobSessions/${pickText(sessions, "results.0.id")}/LogItems`),
  ).toMatchObject({ results: [{ type: "Success" }] });
  expect((await server.call("GET", "/v8/RestorePoints?isCopy=true")).status).toBe(501);
});

it("reports on itself, takes any casing, and names what it does not serve", async () => {
  const server = await startBackupServer();
  expect((await server.call("GET", "/v8/License")).body).toMatchObject({ status: "Valid" });
  expect((await server.call("GET", "/V8/health/")).body).toEqual({
    status: "Healthy",
    entries: {},
  });
  expect((await server.call("GET", "/v8/ServiceInstance")).status).toBe(200);
  expect((await server.call("GET", "/v8/RestoreSessions")).body).toMatchObject({ results: [] });
  expect((await server.raw("POST", "/V8/Token/", { body: passwordGrant })).status).toBe(200);
  const created = await server.call("POST", "/v8/encryptionkeys", {
    Password: "only-for-tests",
    Description: "Key",
  });
  expect(created.status).toBe(201);
  expect((await server.call("GET", "/v7/Jobs")).status).toBe(501);
  expect((await server.call("GET", "/v8/Nonsense")).status).toBe(404);
});

it("runs by schedule while the job is on, and keeps what ran when it changes", async () => {
  const server = await startBackupServer();
  const { body: job } = await server.call("POST", "/v8/Jobs", {
    ...(await prepare(server)),
    name: "All",
    backupType: "EntireOrganization",
  });
  const id = pickText(job, "id");
  const count = async (): Promise<number> => {
    const { body } = await server.call("GET", "/v8/RestorePoints?orderAsc=false");
    return (body as { results: unknown[] }).results.length;
  };
  expect(await count()).toBe(0);
  server.emulator.clock.advance(3 * DAY_MS);
  expect(await count()).toBe(3);
  await server.call("POST", `/v8/Jobs/${id}/disable`, {});
  server.emulator.clock.advance(5 * DAY_MS);
  expect(await count()).toBe(3);
  await server.call("POST", `/v8/Jobs/${id}/enable`, {});
  expect(await count()).toBe(3);
  server.emulator.clock.advance(DAY_MS);
  expect(await count()).toBe(4);
});

it("has in a restore point who was there and could be read, and no point of a run that failed", async () => {
  const server = await startBackupServer();
  const jan = await createUser(server.emulator, { displayName: "Jan" });
  await server.call("POST", "/v8/Jobs", {
    ...(await prepare(server)),
    name: "All",
    backupType: "EntireOrganization",
  });
  const { clock, state } = server.emulator;
  clock.advance(DAY_MS);
  await createUser(server.emulator, { displayName: "Eva" });
  const since = clock.now();
  state.write("veeam", (scope) => {
    scope.store.insert(
      troubles,
      { id: "one", fromMs: since, untilMs: since + DAY_MS, msid: jan.id },
      since,
    );
    const outage = { fromMs: since + DAY_MS, untilMs: since + 3 * DAY_MS };
    scope.store.insert(troubles, { id: "all", ...outage }, since);
  });
  clock.advance(3 * DAY_MS);
  const results = async (path: string): Promise<Record<string, unknown>[]> =>
    ((await server.call("GET", path)).body as { results: Record<string, unknown>[] }).results;
  const points = await results("/v8/RestorePoints");
  expect(points).toHaveLength(2);
  const names = await Promise.all(
    points.map(async ({ id }) =>
      (await results(`/v8/ProtectedUsers?restorePointId=${String(id)}`)).map(
        ({ displayName }) => displayName,
      ),
    ),
  );
  expect(names).toEqual([["Eva"], ["Jan"]]);
  const sessions = await results("/v8/JobSessions");
  expect(sessions.map(({ status }) => status)).toEqual(["Failed", "Failed", "Warning", "Success"]);
  const processed = await results(`/v8/JobSessions/${String(sessions[2]?.id)}/ProcessedObjects`);
  expect(
    processed
      .filter(({ type }) => type === "User")
      .map(({ status }) => status)
      .sort(),
  ).toEqual(["Failed", "Success"]);
});
