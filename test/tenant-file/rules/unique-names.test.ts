import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf } from "../contoso.ts";

describe("duplicates", () => {
  it("is refused for two people whose addresses differ only by case", () => {
    const text = contosoWith([
      "\n# People of other",
      "  - userPrincipalName: Emma.SMIT@contoso.COM\n    displayName: Emma\n\n# People of other",
    ]);
    expectOneProblem(text, "^Emma.SMIT", {
      path: "users[12].userPrincipalName",
      message: "This is a duplicate of users[4].userPrincipalName",
      received: '"emma.smit@contoso.com"',
    });
  });

  it("is refused for two people with one address in Unicode and in ASCII", () => {
    const text = contosoWith(
      ["    - contoso.com\n", "    - contoso.com\n    - bücher.example\n"],
      [
        "\n# People of other",
        "  - userPrincipalName: a@bücher.example\n    displayName: A\n" +
          "  - userPrincipalName: a@xn--bcher-kva.example\n    displayName: A\n\n# People of other",
      ],
    );
    expectOneProblem(text, "a@^xn--".replace("a@^", "^a@"), {
      path: "users[13].userPrincipalName",
    });
  });

  it.each([
    ["groups[2].name", "- name: fiscaal", "- name: Finance"],
    ["sites[1].url", "url: /sites/kantoor", "url: /sites/Jaarrekening"],
    ["subscriptions[2].sku", "sku: VISIOCLIENT", "sku: SPB"],
    ["tenant.domains[1]", "- contoso.com\n", "- contoso.com\n    - Contoso.com\n"],
    [
      "tenant.globalAdministrators[1]",
      ", sanne.bakker@contoso.com]",
      ", Noodtoegang@contoso.onmicrosoft.com]",
    ],
    ["approval.decisionMakers[1].email", "email: pieter.jansen@", "email: Marieke.deVries@"],
    ["users[1].licenses[1]", "licenses: [VISIOCLIENT]", "licenses: [VISIOCLIENT, VISIOCLIENT]"],
    ["sites[0].permissions[1].group", "- group: directie", "- group: finance"],
  ])("is refused at %s", (path, from, to) => {
    expect(problemsOf(contosoWith([from, to])).map((problem) => problem.path)).toContain(path);
  });

  it("is refused for a member", () => {
    const text = contosoWith([
      "- emma.smit@contoso.com\n      - yo",
      "- daan.visser@contoso.com\n      - yo",
    ]);
    expectOneProblem(text, "^daan.visser@contoso.com\n      - yo", {
      message: "This is a duplicate of groups[0].members[3]",
    });
  });

  it("may be the same person in two sections", () => {
    expect(problemsOf(contosoWith(["user: fleur.vandenberg", "user: daan.visser"]))).toEqual([]);
  });
});
