import { describe, expect, it } from "vitest";
import { pick, pickText } from "../support/pick.ts";
import { TENANT_ID } from "../support/emulator.ts";
import {
  NO_SUCH_ID,
  organizationRequest,
  prepare,
  startBackupServer,
} from "./support/backup-server.ts";

describe("the backup server's organizations", () => {
  it("adds an organization, finds it by tenant id and never shows its credentials", async () => {
    const server = await startBackupServer();
    const exchangeOnlineSettings = {
      ...organizationRequest.exchangeOnlineSettings,
      applicationCertificate: "Y2VydGlmaWNhdGU=",
      applicationCertificatePassword: "only-for-tests",
    };
    const added = await server.call("POST", "/v8/Organizations", {
      ...organizationRequest,
      exchangeOnlineSettings,
    });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      name: "contoso.onmicrosoft.com",
      officeName: "contoso.onmicrosoft.com",
      msid: TENANT_ID,
      region: "Worldwide",
      isBackedup: false,
    });
    const found = await server.call("GET", `/v8/Organizations?msid=${TENANT_ID}`);
    expect(pick(found.body, "results")).toEqual([added.body]);
    expect(JSON.stringify(found.body)).not.toContain("only-for-tests");
    const none = await server.call("GET", `/v8/Organizations?msid=${NO_SUCH_ID}`);
    expect(none.body).toMatchObject({ results: [] });
  });

  it("refuses an organization that Microsoft 365 does not have, and the same one twice", async () => {
    const server = await startBackupServer();
    const connection = {
      ...organizationRequest.exchangeOnlineSettings,
      officeOrganizationName: "other.onmicrosoft.com",
    };
    const unknown = await server.call("POST", "/v8/Organizations", {
      ...organizationRequest,
      exchangeOnlineSettings: connection,
    });
    expect(unknown).toMatchObject({
      status: 400,
      body: { errorCode: "ParameterValidationFailure" },
    });
    await server.call("POST", "/v8/Organizations", organizationRequest);
    const again = await server.call("POST", "/v8/Organizations", organizationRequest);
    expect(again).toMatchObject({ status: 409, body: { errorCode: "OperationConflict" } });
  });

  it("refuses basic authentication", async () => {
    const server = await startBackupServer();
    const connection = {
      ...organizationRequest.exchangeOnlineSettings,
      useApplicationOnlyAuth: false,
    };
    const answer = await server.call("POST", "/v8/Organizations", {
      ...organizationRequest,
      exchangeOnlineSettings: connection,
    });
    expect(answer.status).toBe(400);
    expect(pickText(answer.body, "message")).toContain("useApplicationOnlyAuth");
  });

  it("keeps an organization while it has jobs", async () => {
    const server = await startBackupServer();
    const ids = await prepare(server);
    const job = await server.call("POST", "/v8/Jobs", {
      ...ids,
      name: "All",
      backupType: "EntireOrganization",
    });
    const path = `/v8/Organizations/${ids.organizationId}`;
    expect((await server.call("DELETE", path)).status).toBe(409);
    expect((await server.call("DELETE", `/v8/Jobs/${pickText(job.body, "id")}`)).status).toBe(204);
    expect((await server.call("DELETE", path)).status).toBe(204);
    expect((await server.call("GET", path)).status).toBe(404);
  });
});
