import { describe, expect, it } from "vitest";
import { argumentsOf, rewriteSharePointPath } from "../../../emulator/sharepoint/path.ts";

describe("SharePoint's paths", () => {
  it.each([
    ["/contoso.sharepoint.com/_api/web", "/contoso.sharepoint.com/%2F/web"],
    [
      "/Contoso.sharepoint.com/sites/Finance/_api/Web/SiteUsers",
      "/contoso.sharepoint.com/%2Fsites%2FFinance/web/siteusers",
    ],
    [
      "/c.sharepoint.com/_api/web/lists/GetByTitle('a/b (c)')/items",
      "/c.sharepoint.com/%2F/web/lists/getbytitle/('a%2Fb%20(c)')/items",
    ],
    ["/c.sharepoint.com/_api/web/lists(guid'1')", "/c.sharepoint.com/%2F/web/lists/(guid'1')"],
    ["/c.sharepoint.com/_vti_bin/client.svc", "/c.sharepoint.com/_vti_bin/client.svc"],
  ])("brings %s into the router's form", (path, expected) => {
    expect(rewriteSharePointPath(path)).toBe(expected);
  });

  it("reads arguments by name, by position and by alias", () => {
    const query = new URLSearchParams({ "@v": "'O''Brien'" });
    expect(argumentsOf("(principalid=3,RoleDefId=1073741826)", query)).toEqual({
      principalid: "3",
      roledefid: "1073741826",
    });
    expect(argumentsOf("(@v)", query)).toEqual({ "": "O'Brien" });
    expect(argumentsOf("('a,b=c')", query)).toEqual({ "": "a,b=c" });
    expect(argumentsOf("(guid'00000000-0000-0000-0000-000000000000')", query)).toEqual({
      "": "00000000-0000-0000-0000-000000000000",
    });
  });
});
