import { describe, expect, it } from "vitest";
import {
  odata,
  operationOf,
  relativeTo,
  withoutQueryValues,
} from "../../../services/transport/paths.ts";

describe("odata paths", () => {
  it("encode values, and double the quotes of those between quotes", () => {
    expect(odata`/users/${"j.o'neil#x@contoso.com"}/manager`).toBe(
      "/users/j.o'neil%23x%40contoso.com/manager",
    );
    expect(odata`/users?$filter=surname eq '${"O'Neil & Zn"}'&$top=${5}`).toBe(
      "/users?$filter=surname eq 'O''Neil%20%26%20Zn'&$top=5",
    );
  });

  it("are shown without the values of their query", () => {
    expect(withoutQueryValues("/users?$filter=mail eq 'a@b.nl'&$select=id")).toBe(
      "/users?$filter&$select",
    );
    expect(withoutQueryValues("/users/1")).toBe("/users/1");
  });

  it.each([
    ["/users/sanne@contoso.com/manager/$ref", "/users/{id}/manager/$ref"],
    ["/users/3f2c7d4e-0000-4000-8000-3f2c7d4e0000", "/users/{id}"],
    ["/users/delta?$deltatoken=x", "/users/delta"],
    ["/groups(uniqueName='finance')", "/groups({id})"],
    ["/groups/abc/members/$ref", "/groups/{id}/members/$ref"],
    ["/groups/abc/members/microsoft.graph.user", "/groups/{id}/members/microsoft.graph.user"],
    ["/domains/contoso.com/verify", "/domains/{id}/verify"],
    ["/sites/contoso.sharepoint.com:/sites/finance", "/sites/{id}/sites/{id}"],
    [
      "/sites/finance/_api/web/roleassignments/getbyprincipalid(12)",
      "/sites/{id}/_api/web/roleassignments/getbyprincipalid({id})",
    ],
    ["/sites/finance/_api/web/ensureuser", "/sites/{id}/_api/web/ensureuser"],
    ["/subscribedSkus", "/subscribedSkus"],
    [
      "/policies/identitySecurityDefaultsEnforcementPolicy",
      "/policies/identitySecurityDefaultsEnforcementPolicy",
    ],
    [
      "/identity/conditionalAccess/policies/9f2c7d4e-0000-4000-8000-3f2c7d4e0000",
      "/identity/conditionalAccess/policies/{id}",
    ],
    ["/v8/Jobs/3f2c7d4e-0000-4000-8000-3f2c7d4e0000/SelectedItems", "/v8/Jobs/{id}/SelectedItems"],
  ])("are counted as operations: %s", (path, operation) => {
    expect(operationOf(path)).toBe(operation);
  });

  it("are taken from absolute URLs of the same service only", () => {
    expect(relativeTo("https://graph.test/v1.0", "https://graph.test/v1.0/users?x=1")).toBe(
      "/users?x=1",
    );
    expect(relativeTo("https://graph.test/v1.0", "/users")).toBe("/users");
    expect(
      relativeTo("https://graph.test", "https://graph.test.evil.example/users"),
    ).toBeUndefined();
    expect(relativeTo("https://graph.test", "HTTPS://evil.example/users")).toBeUndefined();
  });
});
