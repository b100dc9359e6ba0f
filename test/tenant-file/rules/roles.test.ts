import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

/** Without the line that only protects: the section says it. */
const LINE =
  "  globalAdministrators: [noodtoegang@contoso.onmicrosoft.com, sanne.bakker@contoso.com]\n";
const withRoles = (roles: string): string => `${contosoWith([LINE, ""])}roles:\n${roles}`;
const GLOBAL = "62e90394-69f5-4237-9190-012177145e10";

describe("administrator roles", () => {
  it("are read by Microsoft's name in any casing, or by the id of their template", () => {
    const text = withRoles(`  - role: global administrator
    users:
      - user: sanne.bakker@contoso.com
        reason: Vervangt ons
        until: 2027-06-30
  - role: FE930BE7-5E62-47DB-91AF-98C3A49A38B1
    users: []
`);
    expect(tenantOf(text).roles).toEqual([
      {
        role: GLOBAL,
        users: [{ user: "sanne.bakker@contoso.com", reason: "Vervangt ons", until: "2027-06-30" }],
      },
      { role: "fe930be7-5e62-47db-91af-98c3a49a38b1", users: [] },
    ]);
  });

  it("have a name that Microsoft knows", () => {
    expectOneProblem(withRoles("  - { role: Baas, users: [] }\n"), "role: ^Baas", {
      message: "Not an administrator role that is known by this name",
    });
  });

  it("are of users of the file", () => {
    const text = withRoles("  - role: Global Reader\n    users: [{ user: nobody@contoso.com }]\n");
    expectOneProblem(text, "user: ^nobody@contoso.com }", {
      message: "No such user in this file",
    });
  });

  it("are there once, with everybody once", () => {
    const twice = withRoles(
      `  - { role: Global Administrator, users: [] }\n  - { role: ${GLOBAL}, users: [] }\n`,
    );
    expectOneProblem(twice, `role: ^${GLOBAL}`, {
      message: "This is a duplicate of roles[0].role",
    });
    const user = "{ user: emma.smit@contoso.com }";
    const again = withRoles(`  - { role: Global Reader, users: [${user}, ${user}] }\n`);
    expectOneProblem(again, `${user}, { user: ^emma.smit`, {
      message: "This is a duplicate of roles[0].users[0].user",
    });
  });

  it("say who can do anything in one place only", () => {
    const text = `${contosoWith()}roles:\n  - { role: Global Administrator, users: [] }\n`;
    expectOneProblem(text, "^globalAdministrators:", {
      message: "The section roles says already who has this role",
    });
  });
});
