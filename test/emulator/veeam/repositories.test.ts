import { describe, expect, it } from "vitest";
import { pickText } from "../support/pick.ts";
import {
  NO_SUCH_ID,
  prepare,
  repositoryRequest,
  startBackupServer,
} from "./support/backup-server.ts";

type RepositoryRequest = Awaited<ReturnType<typeof repositoryRequest>>;

describe("the backup server's repositories", () => {
  it("declares an object storage repository and reads it back", async () => {
    const server = await startBackupServer();
    const request = await repositoryRequest(server);
    const added = await server.call("POST", "/v8/BackupRepositories", request);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ ...request, isOutOfOrder: false });
    const read = await server.call("GET", `/v8/BackupRepositories/${pickText(added.body, "id")}`);
    expect(read.body).toEqual(added.body);
  });

  it("changes the retention and says nothing with it", async () => {
    const server = await startBackupServer();
    const request = await repositoryRequest(server);
    const { body: added } = await server.call("POST", "/v8/BackupRepositories", request);
    const path = `/v8/BackupRepositories/${pickText(added, "id")}`;
    const changed = { ...request, retentionPeriodType: "Daily", dailyRetentionPeriod: 30 };
    expect(await server.call("PUT", path, changed)).toMatchObject({ status: 204, body: undefined });
    expect((await server.call("GET", path)).body).toMatchObject({ dailyRetentionPeriod: 30 });
  });

  it.each([
    [
      "an unknown account",
      (r) => ({ ...r, objectStorage: { ...r.objectStorage, accountId: NO_SUCH_ID } }),
    ],
    ["an unknown proxy", (r) => ({ ...r, proxyId: NO_SUCH_ID })],
    [
      "an unknown encryption key",
      (r) => ({ ...r, objectStorageEncryptionEnabled: true, encryptionKeyId: NO_SUCH_ID }),
    ],
    ["a retention without its period", (r) => ({ ...r, retentionPeriodType: "Monthly" })],
    ["an unknown property", (r) => ({ ...r, retention: "for ever" })],
    ["a value outside the documented ones", (r) => ({ ...r, yearlyRetentionPeriod: "Years4" })],
  ] satisfies [string, (request: RepositoryRequest) => object][])(
    "refuses %s",
    async (_what, broken) => {
      const server = await startBackupServer();
      const request = broken(await repositoryRequest(server));
      const answer = await server.call("POST", "/v8/BackupRepositories", request);
      expect(answer).toMatchObject({
        status: 400,
        body: { errorCode: "ParameterValidationFailure" },
      });
    },
  );

  it("refuses a second repository of the same name", async () => {
    const server = await startBackupServer();
    const request = await repositoryRequest(server);
    await server.call("POST", "/v8/BackupRepositories", request);
    expect((await server.call("POST", "/v8/BackupRepositories", request)).status).toBe(409);
  });

  it("keeps a repository while a job uses it", async () => {
    const server = await startBackupServer();
    const ids = await prepare(server);
    await server.call("POST", "/v8/Jobs", {
      ...ids,
      name: "All",
      backupType: "EntireOrganization",
    });
    const answer = await server.call("DELETE", `/v8/BackupRepositories/${ids.repositoryId}`);
    expect(answer).toMatchObject({ status: 409, body: { errorCode: "OperationConflict" } });
  });

  it("never shows the password of an encryption key or account", async () => {
    const server = await startBackupServer();
    await repositoryRequest(server);
    await server.call("POST", "/v8/EncryptionKeys", {
      password: "only-for-tests",
      description: "2026",
    });
    const keys = await server.call("GET", "/v8/EncryptionKeys");
    const accounts = await server.call("GET", "/v8/Accounts");
    expect(keys.body).toMatchObject([{ description: "2026" }]);
    expect(accounts.body).toMatchObject([{ userName: "storage" }]);
    expect(JSON.stringify([keys.body, accounts.body])).not.toContain("only-for-tests");
  });
});
