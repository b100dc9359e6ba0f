import { expect, it } from "vitest";
import { createUser } from "../support/emulator.ts";
import { pickText } from "../support/pick.ts";
import { passwordGrant, prepare, startBackupServer } from "./support/backup-server.ts";

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
