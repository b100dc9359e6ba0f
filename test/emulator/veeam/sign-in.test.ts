import { describe, expect, it } from "vitest";
import { pickText } from "../support/pick.ts";
import { backupOperator } from "../../../emulator/veeam/index.ts";
import { passwordGrant, startBackupServer } from "./support/backup-server.ts";

const HOUR_MS = 3_600_000;

describe("the backup server's sign-in", () => {
  it("answers a password grant sent as a form", async () => {
    const { emulator } = await startBackupServer();
    const response = await emulator.fetch(`${emulator.endpoints.backup}/v8/token`, {
      method: "POST",
      body: new URLSearchParams({ ...passwordGrant, disable_antiforgery_token: "true" }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      token_type: "bearer",
      expires_in: 3600,
      userName: backupOperator.userName,
      ".issued": "2026-11-02T09:00:00Z",
      ".expires": "2026-11-02T10:00:00Z",
    });
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("refuses a wrong password", async () => {
    const { raw } = await startBackupServer();
    const answer = await raw("POST", "/v8/token", {
      body: { ...passwordGrant, password: "wrong" },
    });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ errorCode: "ResourceAccessDenied" });
  });

  it("refuses an access token after an hour and gives a new one for the refresh token, once", async () => {
    const { emulator, raw } = await startBackupServer();
    const { body: tokens } = await raw("POST", "/v8/token", { body: passwordGrant });
    const list = (token: string) =>
      raw("GET", "/v8/Organizations", { headers: { authorization: `Bearer ${token}` } });
    emulator.clock.advance(HOUR_MS - 1000);
    expect((await list(pickText(tokens, "access_token"))).status).toBe(200);
    emulator.clock.advance(1000);
    expect((await list(pickText(tokens, "access_token"))).status).toBe(401);

    const refresh = {
      grant_type: "refresh_token",
      refresh_token: pickText(tokens, "refresh_token"),
      disable_antiforgery_token: true,
    };
    const renewed = await raw("POST", "/v8/token", { body: refresh });
    expect((await list(pickText(renewed.body, "access_token"))).status).toBe(200);
    expect((await raw("POST", "/v8/token", { body: refresh })).status).toBe(401);
  });

  it("refuses a refresh token after two weeks", async () => {
    const { emulator, raw } = await startBackupServer();
    const { body: tokens } = await raw("POST", "/v8/token", { body: passwordGrant });
    const refresh = {
      ...passwordGrant,
      grant_type: "refresh_token",
      refresh_token: pickText(tokens, "refresh_token"),
    };
    emulator.clock.advance(14 * 24 * HOUR_MS);
    expect((await raw("POST", "/v8/token", { body: refresh })).status).toBe(401);
  });

  it("refuses a refresh token in the place of an access token", async () => {
    const { raw } = await startBackupServer();
    const { body: tokens } = await raw("POST", "/v8/token", { body: passwordGrant });
    const headers = { authorization: `Bearer ${pickText(tokens, "refresh_token")}` };
    expect((await raw("GET", "/v8/Jobs", { headers })).status).toBe(401);
  });

  it("wants the antiforgery cookie unless the client asked to do without", async () => {
    const { raw } = await startBackupServer();
    const grant = { ...passwordGrant, disable_antiforgery_token: false };
    const { body: tokens, headers } = await raw("POST", "/v8/token", { body: grant });
    const authorization = `Bearer ${pickText(tokens, "access_token")}`;
    expect((await raw("GET", "/v8/Jobs", { headers: { authorization } })).status).toBe(401);
    const [cookie = ""] = (headers.get("set-cookie") ?? "").split(";");
    expect((await raw("GET", "/v8/Jobs", { headers: { authorization, cookie } })).status).toBe(200);
  });

  it("refuses requests without a token", async () => {
    const { raw } = await startBackupServer();
    const answer = await raw("GET", "/v8/Organizations");
    expect(answer).toMatchObject({
      status: 401,
      body: { errorCode: "ResourceAccessDenied", stackTrace: null },
    });
  });
});
