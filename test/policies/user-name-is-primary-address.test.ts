import { describe, expect, it } from "vitest";
import { userNameIsPrimaryAddress } from "../../policies/user-name-is-primary-address.ts";
import { stackWith, user, violationsOf } from "./support/stack.ts";

describe("m365-user-name-is-primary-address", () => {
  it("refuses another primary address than the sign-in name", () => {
    const resources = stackWith(user("anna@contoso.com", { mail: "a.devries@contoso.com" }));
    expect(violationsOf(userNameIsPrimaryAddress, resources)).toEqual([
      "anna@contoso.com does not sign in with the primary address, a.devries@contoso.com",
    ]);
  });

  it("accepts the same address in another case", () => {
    const resources = stackWith(user("anna@contoso.com", { mail: "Anna@Contoso.com" }));
    expect(violationsOf(userNameIsPrimaryAddress, resources)).toEqual([]);
  });
});
