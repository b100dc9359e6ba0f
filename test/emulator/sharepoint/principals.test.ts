import { describe, expect, it } from "vitest";
import { TENANT_ID } from "../support/emulator.ts";
import { pick, pickText } from "../support/pick.ts";
import { addFinance, addGroup, addUser, merge, startSharePoint } from "./support/sharepoint.ts";

const NOBODY = "i:0#.f|membership|nobody@contoso.com";

describe("people and groups of a site", () => {
  it("adds a person once, whatever the case of the login name", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    await addUser(sharePoint.emulator, "Ada");
    const ensure = (logonName: string) =>
      sharePoint.finance("POST", "web/ensureuser", { body: { logonName } });
    const first = await ensure("i:0#.f|membership|ada@contoso.com");
    expect(first).toMatchObject({
      status: 200,
      body: {
        LoginName: "i:0#.f|membership|ada@contoso.com",
        Title: "Ada",
        PrincipalType: 1,
        UserPrincipalName: "ada@contoso.com",
      },
    });
    const again = await ensure("i:0#.f|membership|ADA@contoso.com");
    expect(again.body).toEqual(first.body);
    const users = await sharePoint.finance("GET", "web/siteusers");
    expect(JSON.stringify(users.body).match(/ada@contoso.com"/gi)).not.toHaveLength(0);
    expect((pick(users.body, "value") as unknown[]).length).toBe(2);
  });

  it("tells security groups and Microsoft 365 groups apart by their claims", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const security = await addGroup(sharePoint.emulator, "Auditors");
    const unified = await addGroup(sharePoint.emulator, "Project", {
      groupTypes: ["Unified"],
      mailEnabled: true,
      securityEnabled: false,
    });
    const ensure = (logonName: string) =>
      sharePoint.finance("POST", "web/ensureuser", { body: { logonName } });
    expect((await ensure(`c:0t.c|tenant|${security}`)).body).toMatchObject({
      Title: "Auditors",
      PrincipalType: 4,
    });
    expect((await ensure(`c:0o.c|federateddirectoryclaimprovider|${unified}`)).body).toMatchObject({
      Title: "Project Members",
      PrincipalType: 4,
      Email: "project@contoso.onmicrosoft.com",
    });
    expect((await ensure(`c:0t.c|tenant|${unified}`)).status).toBe(500);
    expect((await ensure(`c:0o.c|federateddirectoryclaimprovider|${security}`)).status).toBe(500);
    expect((await ensure(`c:0-.f|rolemanager|spo-grid-all-users/${TENANT_ID}`)).body).toMatchObject(
      {
        Title: "Everyone except external users",
      },
    );
  });

  it("says in the service's words that nobody has that name, in the format asked for", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const error = {
      code: "-2146232832, Microsoft.SharePoint.SPException",
      message: { lang: "en-US", value: `The specified user ${NOBODY} could not be found.` },
    };
    const body = { logonName: NOBODY };
    const plain = await sharePoint.finance("POST", "web/ensureuser", { body });
    expect(plain.body).toEqual({ "odata.error": error });
    const headers = { accept: "application/json;odata=verbose" };
    const verbose = await sharePoint.finance("POST", "web/ensureuser", { body, headers });
    expect(verbose.body).toEqual({ error });
  });

  it("does not know a new group before it has been copied to SharePoint", async () => {
    const sharePoint = await startSharePoint({ behaviour: { visibilityDelayMs: 60_000 } });
    sharePoint.emulator.clock.advance(0);
    const id = await addGroup(sharePoint.emulator, "Auditors");
    const ensure = () =>
      sharePoint.call("POST", "contoso.sharepoint.com/_api/web/ensureuser", {
        body: { logonName: `c:0t.c|tenant|${id}` },
      });
    expect((await ensure()).status).toBe(500);
    sharePoint.emulator.clock.advance(60_000);
    expect((await ensure()).status).toBe(200);
  });

  it("makes someone an administrator of the site by MERGE", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    await addUser(sharePoint.emulator, "Ada");
    const { body: ada } = await sharePoint.finance("POST", "web/ensureuser", {
      body: { logonName: "ada@contoso.com" },
    });
    const path = `web/getuserbyid(${pickText(ada, "Id")})`;
    const change = { __metadata: { type: "SP.User" }, IsSiteAdmin: true };
    const headers = { ...merge, "content-type": "application/json;odata=verbose" };
    expect((await sharePoint.finance("POST", path, { body: change, headers })).status).toBe(204);
    expect((await sharePoint.finance("GET", path)).body).toMatchObject({ IsSiteAdmin: true });
    const untyped = await sharePoint.finance("POST", path, {
      body: { IsSiteAdmin: false },
      headers,
    });
    expect(untyped.status).toBe(400);
  });

  it("finds users by login name given as an alias, and refuses those it does not have", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const alias = encodeURIComponent("'i:0#.f|membership|finn@contoso.com'");
    const found = await sharePoint.finance(
      "GET",
      `web/siteusers(@v)?@v=${alias}&$select=Id,IsSiteAdmin`,
    );
    expect(found.body).toEqual({ Id: 1, IsSiteAdmin: true });
    const missing = await sharePoint.finance("GET", "web/getuserbyid(99)");
    expect(missing).toMatchObject({
      status: 404,
      body: { "odata.error": { message: { value: "User cannot be found." } } },
    });
  });

  it("takes a removed user out of groups and permissions", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    await addUser(sharePoint.emulator, "Ada");
    const added = await sharePoint.finance("POST", "web/sitegroups(5)/users", {
      body: { LoginName: "i:0#.f|membership|ada@contoso.com" },
    });
    const id = pickText(added.body, "Id");
    await sharePoint.finance(
      "POST",
      `web/roleassignments/addroleassignment(principalid=${id},roledefid=1073741826)`,
    );
    expect((await sharePoint.finance("POST", `web/siteusers/removebyid(${id})`)).status).toBe(200);
    expect((await sharePoint.finance("GET", "web/sitegroups(5)/users")).body).toEqual({
      value: [],
    });
    expect((await sharePoint.finance("GET", `web/roleassignments(${id})`)).status).toBe(404);
  });
});
