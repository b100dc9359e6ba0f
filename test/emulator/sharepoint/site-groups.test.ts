import { describe, expect, it } from "vitest";
import { pickText } from "../support/pick.ts";
import { addFinance, addUser, merge, startSharePoint } from "./support/sharepoint.ts";

describe("SharePoint groups of a site", () => {
  it("starts with owners, visitors and members, the owner among the owners", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const groups = await sharePoint.finance("GET", "web/sitegroups?$select=Id,Title");
    expect(groups.body).toEqual({
      value: [
        { Id: 3, Title: "Finance Owners" },
        { Id: 4, Title: "Finance Visitors" },
        { Id: 5, Title: "Finance Members" },
      ],
    });
    const owners = await sharePoint.finance("GET", "web/associatedownergroup/users");
    expect(owners.body).toMatchObject({
      value: [{ LoginName: "i:0#.f|membership|finn@contoso.com" }],
    });
  });

  it("creates, renames and removes a group", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const body = { Title: "Auditors", Description: "External" };
    const created = await sharePoint.finance("POST", "web/sitegroups", { body });
    expect(created).toMatchObject({
      status: 201,
      body: { ...body, PrincipalType: 8, OwnerTitle: "Finance Owners" },
    });
    expect((await sharePoint.finance("POST", "web/sitegroups", { body })).status).toBe(500);
    const path = `web/sitegroups/getbyid(${pickText(created.body, "Id")})`;
    const renamed = await sharePoint.finance("POST", path, {
      body: { Title: "Controllers" },
      headers: merge,
    });
    expect(renamed.status).toBe(204);
    expect(
      (await sharePoint.finance("GET", "web/sitegroups/getbyname('controllers')")).status,
    ).toBe(200);
    await sharePoint.finance("POST", `web/sitegroups/removebyid(${pickText(created.body, "Id")})`);
    expect(await sharePoint.finance("GET", path)).toMatchObject({
      status: 404,
      body: { "odata.error": { message: { value: "Group cannot be found." } } },
    });
  });

  it("adds a user once and removes the user by login name", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    await addUser(sharePoint.emulator, "Ada");
    const LoginName = "i:0#.f|membership|ada@contoso.com";
    const users = "web/sitegroups(5)/users";
    await sharePoint.finance("POST", users, { body: { LoginName } });
    await sharePoint.finance("POST", users, { body: { LoginName } });
    expect((await sharePoint.finance("GET", `${users}?$select=LoginName`)).body).toEqual({
      value: [{ LoginName }],
    });
    const alias = encodeURIComponent(`'${LoginName}'`);
    const removed = await sharePoint.finance("POST", `${users}/removeByLoginName(@v)?@v=${alias}`);
    expect(removed.status).toBe(200);
    expect((await sharePoint.finance("GET", users)).body).toEqual({ value: [] });
  });

  it("refuses an unknown property by its name", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const answer = await sharePoint.finance("POST", "web/sitegroups", { body: { Name: "X" } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(
      "The property 'Name' does not exist on type 'SP.Group'",
    );
  });
});
