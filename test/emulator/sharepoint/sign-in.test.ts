import { describe, expect, it } from "vitest";
import { ADMIN_HOST, HOST, startSharePoint } from "./support/sharepoint.ts";

describe("SharePoint's sign-in", () => {
  it("takes a token that was got with a certificate", async () => {
    const { call } = await startSharePoint();
    const answer = await call("GET", `${HOST}/_api/web`);
    expect(answer).toMatchObject({ status: 200, body: { Url: `https://${HOST}` } });
  });

  it("refuses a token that was got with a client secret", async () => {
    const { emulator, call } = await startSharePoint();
    const token = await emulator.token({ scope: `https://${HOST}/.default` });
    const answer = await call("GET", `${HOST}/_api/web`, { token });
    expect(answer).toMatchObject({
      status: 401,
      body: { error_description: "Unsupported app only token." },
    });
  });

  it("refuses a token for another host", async () => {
    const { call, tokenFor } = await startSharePoint();
    const answer = await call("GET", `${HOST}/_api/web`, { token: await tokenFor(ADMIN_HOST) });
    expect(answer.status).toBe(401);
  });

  it("refuses a token for a host of another tenant", async () => {
    const { call, tokenFor } = await startSharePoint();
    const other = "fabrikam.sharepoint.com";
    const answer = await call("GET", `${other}/_api/web`, { token: await tokenFor(other) });
    expect(answer.status).toBe(401);
  });

  it("lets an application that may read only read", async () => {
    const { call } = await startSharePoint({ roles: ["Sites.Read.All"] });
    expect((await call("GET", `${HOST}/_api/web`)).status).toBe(200);
    const answer = await call("POST", `${HOST}/_api/web/ensureuser`, { body: { logonName: "x" } });
    expect(answer).toMatchObject({
      status: 403,
      body: { "odata.error": { code: "-2147024891, System.UnauthorizedAccessException" } },
    });
  });

  it("says by name what it does not implement", async () => {
    const { call } = await startSharePoint();
    const answer = await call("GET", `${HOST}/_api/web/navigation/quicklaunch`);
    expect(answer.status).toBe(501);
    expect(JSON.stringify(answer.body)).toContain("web/navigation/quicklaunch");
  });

  it("answers in JSON only", async () => {
    const { call } = await startSharePoint();
    expect((await call("GET", `${HOST}/_api/web`, { headers: { accept: "*/*" } })).status).toBe(
      501,
    );
  });
});
