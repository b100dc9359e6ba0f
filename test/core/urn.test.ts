import { describe, expect, it } from "vitest";
import { keyOfUrn, nameOfUrn, typeOfUrn, urnOfReference } from "../../core/urn.ts";

const urn =
  "urn:pulumi:contoso::tenantry::tenantry:index:People$azuread:index/user:User::anna@contoso.com";

describe("a URN", () => {
  it("holds the type without its parents, and the name", () => {
    expect(typeOfUrn(urn)).toBe("azuread:index/user:User");
    expect(nameOfUrn(urn)).toBe("anna@contoso.com");
    expect(keyOfUrn(urn)).toBe("azuread:index/user:User::anna@contoso.com");
    expect(urnOfReference(`${urn}::1f2e`)).toBe(urn);
  });

  it("may have a name with the separator in it", () => {
    expect(nameOfUrn(`${urn}::b`)).toBe("anna@contoso.com::b");
  });

  it("is shown as it is where it is none", () => {
    expect([nameOfUrn("x"), typeOfUrn("x")]).toEqual(["x", ""]);
  });
});
