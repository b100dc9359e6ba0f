import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf, tenantOf, warningsOf } from "../contoso.ts";

const user = (address: string): [string, string] => [
  "\n# People of other",
  `  - userPrincipalName: ${address}\n    displayName: X\n\n# People of other`,
];

describe("addresses", () => {
  it.each(["finance@contoso.com", "Fiscaal@CONTOSO.com", "finance@contoso.onmicrosoft.com"])(
    "are refused for a group when a user has one that it would get: %s",
    (address) => {
      const [problem, ...others] = problemsOf(contosoWith(user(address)));
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        path: expect.stringMatching(/^groups\[[12]\]\.name$/) as string,
        message: `The address ${address.toLowerCase()} belongs to users[12]`,
      });
    },
  );

  it("are refused in every domain of the tenant", () => {
    const text = contosoWith(
      ["    - contoso.com\n", "    - contoso.com\n    - bücher.example\n"],
      user("finance@bücher.example"),
    );
    expectOneProblem(text, "name: ^finance\n", {
      message: "The address finance@xn--bcher-kva.example belongs to users[12]",
      received: '"finance"',
    });
  });

  it("stay taken under a former name", () => {
    const renamed: [string, string] = [
      "emma.smit@contoso.com\n    displayName: Emma Smit",
      "emma.smit@contoso.com\n    formerly: fiscaal@contoso.com\n    displayName: Emma Smit",
    ];
    expectOneProblem(contosoWith(renamed), "name: ^fiscaal\n", {
      message: "The address fiscaal@contoso.com belongs to users[4]",
    });
    const group: [string, string] = [
      "- name: fiscaal\n",
      "- name: belasting\n    formerly: fiscaal\n",
    ];
    expectOneProblem(contosoWith(group, user("fiscaal@contoso.com")), "name: ^belasting\n", {
      message: "The address fiscaal@contoso.com belongs to users[12]",
    });
  });

  it.each([
    [
      "an account for emergencies",
      "emergencyAccounts: [noodtoegang@contoso",
      "emergencyAccounts: [fiscaal@contoso",
      "tenant.emergencyAccounts[0]",
    ],
    [
      "a person who is not managed",
      "version: 1\n",
      "version: 1\nunmanaged:\n  users:\n    - userPrincipalName: fiscaal@contoso.onmicrosoft.com\n" +
        "      id: 7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7\n",
      "unmanaged.users[0]",
    ],
  ])("are those of %s, too", (_who, from, ...[to, by]) => {
    expectOneProblem(contosoWith([from, to]), "name: ^fiscaal\n", {
      message: `The address fiscaal@contoso.onmicrosoft.com belongs to ${by}`,
    });
  });

  it("are none of a security group's", () => {
    expect(tenantOf(contosoWith(user("kantoor@contoso.com"))).users).toHaveLength(13);
  });

  it("are told once where two groups have one name", () => {
    const text = contosoWith(["- name: fiscaal", "- name: finance"]);
    expect(problemsOf(text).map(({ message }) => message)).toEqual([
      "This is a duplicate of groups[1].name",
    ]);
  });
});

describe("the site that comes with a Microsoft 365 group", () => {
  it("has no address of a site in the file", () => {
    const text = contosoWith(["url: /sites/kantoor", "url: /sites/Finance"]);
    expectOneProblem(text, "^/sites/Finance", {
      path: "sites[1].url",
      message: "The site of groups[1] is created at this address",
      received: '"/sites/finance"',
    });
  });

  it("has it only where the tenant makes them there", () => {
    const text = contosoWith(["url: /sites/kantoor", "url: /teams/finance"]);
    expect(problemsOf(text)).toEqual([]);
    expect(warningsOf(text)).toMatchObject([{ path: "sites[1].url" }]);
  });

  it("does not come with a security group", () => {
    expect(problemsOf(contosoWith(["- name: fiscaal", "- name: fiscaal2"]))).toEqual([]);
  });
});
