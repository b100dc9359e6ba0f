import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf } from "../contoso.ts";

const USER = "- userPrincipalName: zoe.bos@contoso.com";

it("refuses a user in a domain that is not the tenant's, with the nearest that is", () => {
  expectOneProblem(
    contosoWith([USER, "- userPrincipalName: zoe.bos@contosoo.com"]),
    "^zoe.bos@contosoo",
    {
      path: "users[9].userPrincipalName",
      message: 'The domain "contosoo.com" does not belong to this tenant',
      allowed: "contoso.com, contoso.onmicrosoft.com",
      suggestion: "zoe.bos@contoso.com",
    },
  );
});

it.each(["emergencyAccounts", "globalAdministrators"])(
  "refuses a domain that is not the tenant's in %s",
  (key) => {
    const text = contosoWith([
      `${key}: [noodtoegang@contoso.onm`,
      `${key}: [noodtoegang@contosoo.onm`,
    ]);
    expect(problemsOf(text).map(({ path }) => path)).toEqual([`tenant.${key}[0]`]);
  },
);

it("accepts users in the initial domain and in an internationalised one", () => {
  const text = contosoWith(
    ["    - contoso.com\n", "    - contoso.com\n    - bücher.example\n"],
    [USER, "- userPrincipalName: zoe.bos@BÜCHER.example"],
    [
      "- userPrincipalName: willem.vanderlinden@contoso.com",
      "- userPrincipalName: w@contoso.onmicrosoft.com",
    ],
    ["- willem.vanderlinden@contoso.com", "- w@contoso.onmicrosoft.com"],
  );
  expect(problemsOf(text)).toEqual([]);
});

it("refuses the initial domain among the customer's own", () => {
  const text = contosoWith([
    "    - contoso.com\n",
    "    - contoso.com\n    - fabrikam.onmicrosoft.com\n",
  ]);
  expectOneProblem(text, "^fabrikam.onmicrosoft.com", { path: "tenant.domains[1]" });
});

const managed = (...lines: readonly string[]): string =>
  contosoWith(["\nusers:\n", `\ndomains:\n${lines.join("\n")}\n\nusers:\n`]);

it("accepts users in a domain that is managed, and no guests", () => {
  const text = managed("  - name: Fabrikam.example").replace(
    USER,
    "- userPrincipalName: zoe.bos@fabrikam.example",
  );
  expect(problemsOf(text)).toEqual([]);
});

it.each([
  {
    what: "one that only has to be there",
    lines: ["  - name: contoso.com"],
    refused: { path: "domains[0].name", message: "This is a duplicate of tenant.domains[0]" },
  },
  {
    what: "one of Microsoft's",
    lines: ["  - name: x.onmicrosoft.com"],
    refused: {
      path: "domains[0].name",
      message: "Microsoft's own domains do not belong in this list",
    },
  },
  {
    what: "a second default",
    lines: [
      ...["  - name: a.example", "    isDefault: true"],
      ...["  - name: b.example", "    isDefault: true"],
    ],
    refused: {
      path: "domains[1].isDefault",
      message: "Another domain in this list is the default domain already",
    },
  },
  {
    what: "a default that is not one",
    lines: ["  - name: a.example", "    isDefault: false"],
    refused: {
      path: "domains[0].isDefault",
      message: "Not one of the allowed values",
      allowed: "true",
    },
  },
])("refuses $what among those that are managed", ({ lines, refused }) => {
  expect(problemsOf(managed(...lines))).toMatchObject([refused]);
});

it("refuses an initial domain that is not Microsoft's", () => {
  expectOneProblem(
    contosoWith(["initialDomain: contoso.onmicrosoft.com", "initialDomain: contoso.nl"]),
    "^contoso.nl",
    {
      path: "tenant.initialDomain",
    },
  );
});
