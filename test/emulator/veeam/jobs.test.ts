import { describe, expect, it } from "vitest";
import { pick, pickText } from "../support/pick.ts";
import { CLIENT_ID } from "../support/emulator.ts";
import {
  NO_SUCH_ID,
  prepare,
  startBackupServer,
  type BackupServer,
} from "./support/backup-server.ts";

const RUN_MS = 60_000;

async function withJob(extra: object = {}) {
  const server = await startBackupServer();
  const ids = await prepare(server);
  const request = { ...ids, name: "All of Contoso", backupType: "EntireOrganization", ...extra };
  const { body: job } = await server.call("POST", "/v8/Jobs", request);
  return { server, ids, job, path: `/v8/Jobs/${pickText(job, "id")}` };
}

async function job(server: BackupServer, path: string) {
  return (await server.call("GET", path)).body;
}

describe("the backup server's jobs", () => {
  it("creates a job for the entire organization that is enabled and runs daily", async () => {
    const { server, ids, job: created, path } = await withJob();
    expect(created).toMatchObject({
      ...ids,
      isEnabled: true,
      eTag: 1,
      schedulePolicy: { type: "Daily" },
      nextRun: "2026-11-02T22:00:00Z",
    });
    expect(await job(server, path)).toEqual(created);
  });

  it("plans the next run by the schedule", async () => {
    const schedulePolicy = {
      scheduleEnabled: true,
      type: "Daily",
      dailyType: "Weekends",
      dailyTime: "08:30:00",
    };
    const { job: weekend } = await withJob({ schedulePolicy });
    // The emulated clock starts on a Monday.
    expect(weekend).toMatchObject({ nextRun: "2026-11-07T08:30:00Z" });
    const { job: often } = await withJob({
      schedulePolicy: { type: "Periodically", periodicallyEvery: "Hours4" },
    });
    expect(often).toMatchObject({ nextRun: "2026-11-02T12:00:00Z" });
  });

  it("changes what the request names and leaves the rest", async () => {
    const { server, job: created, path } = await withJob();
    expect((await server.call("PUT", path, { description: "Night" })).status).toBe(204);
    expect(await job(server, path)).toEqual({ ...Object(created), description: "Night", eTag: 2 });
  });

  it("plans no run while it is disabled", async () => {
    const { server, path } = await withJob();
    expect((await server.call("POST", `${path}/disable`)).status).toBe(204);
    const disabled = await job(server, path);
    expect(disabled).toMatchObject({ isEnabled: false });
    expect(disabled).not.toHaveProperty("nextRun");
    await server.call("POST", `${path}/enable`);
    expect(await job(server, path)).toMatchObject({ isEnabled: true });
  });

  it("runs on demand, and the organization counts as backed up afterwards", async () => {
    const { server, ids, path, job: created } = await withJob();
    const started = await server.call("POST", `${path}/start`, { full: true });
    expect(started).toMatchObject({
      status: 200,
      body: { status: "Running", jobSessionConfigType: "Full" },
    });
    expect((await server.call("POST", `${path}/start`, {})).status).toBe(409);
    server.emulator.clock.advance(RUN_MS);
    const sessions = await server.call(
      "GET",
      `/v8/JobSessions?jobId=${pickText(created, "id")}&status=Succeeded`,
    );
    expect(pick(sessions.body, "results")).toMatchObject([
      {
        id: pick(started.body, "id"),
        status: "Success",
        progress: 100,
        endTime: "2026-11-02T09:01:00Z",
      },
    ]);
    expect(await job(server, path)).toMatchObject({
      lastStatus: "Success",
      lastBackup: "2026-11-02T09:01:00Z",
    });
    const organization = await server.call("GET", `/v8/Organizations/${ids.organizationId}`);
    expect(organization.body).toMatchObject({
      isBackedup: true,
      lastBackuptime: "2026-11-02T09:01:00Z",
    });
  });

  it("does not count a stopped run as a backup", async () => {
    const { server, path } = await withJob({ runNow: true });
    expect((await server.call("POST", `${path}/stop`)).status).toBe(204);
    server.emulator.clock.advance(RUN_MS);
    const stopped = await job(server, path);
    expect(stopped).toMatchObject({ lastStatus: "Stopped" });
    expect(stopped).not.toHaveProperty("lastBackup");
  });

  it("refuses a job without a repository that exists, and a name that the organization's jobs have", async () => {
    const { server, ids } = await withJob();
    const request = { ...ids, name: "Second", backupType: "EntireOrganization" };
    const lost = await server.call("POST", "/v8/Jobs", { ...request, repositoryId: NO_SUCH_ID });
    expect(lost).toMatchObject({ status: 400, body: { errorCode: "ParameterValidationFailure" } });
    const same = await server.call("POST", "/v8/Jobs", { ...request, name: "all of contoso" });
    expect(same).toMatchObject({ status: 409, body: { errorCode: "OperationConflict" } });
  });

  it("refuses selected items without any", async () => {
    const server = await startBackupServer();
    const request = { ...(await prepare(server)), name: "None", backupType: "SelectedItems" };
    expect((await server.call("POST", "/v8/Jobs", request)).status).toBe(400);
  });

  it("adds, lists and removes excluded items", async () => {
    const { server, path } = await withJob();
    const item = { type: "PersonalSites" };
    expect((await server.call("POST", `${path}/ExcludedItems`, [item])).status).toBe(204);
    const listed = await server.call("GET", `${path}/ExcludedItems`);
    expect(listed.body).toMatchObject({ results: [item] });
    const itemId = pickText(listed.body, "results.0.id");
    expect(itemId).toMatch(/^9a01bcb3-d2de-4271-96bb-95611ddc70b3/);
    expect((await server.call("POST", `${path}/ExcludedItems`, [item])).status).toBe(409);
    const unknown = await server.call("POST", `${path}/ExcludedItems`, [
      { type: "User", user: { id: CLIENT_ID } },
    ]);
    expect(unknown).toMatchObject({
      status: 400,
      body: { errorCode: "ParameterValidationFailure" },
    });
    const removed = await server.call("DELETE", `${path}/ExcludedItems?ids=${itemId}`);
    expect(removed.status).toBe(204);
    const left = await server.call("GET", `${path}/ExcludedItems`);
    expect(left.body).toMatchObject({ results: [] });
  });

  it("pages lists by offset and limit", async () => {
    const { server, ids } = await withJob();
    for (const name of ["B", "C"]) {
      await server.call("POST", "/v8/Jobs", { ...ids, name, backupType: "EntireOrganization" });
    }
    const page = await server.call("GET", "/v8/Jobs?limit=1&offset=1");
    expect(page.body).toMatchObject({ limit: 1, offset: 1, results: [{ name: "B" }] });
    expect((await server.call("GET", "/v8/Jobs")).body).toMatchObject({ limit: 30, offset: 0 });
    expect((await server.call("GET", "/v8/Jobs?limit=10001")).status).toBe(400);
  });
});
