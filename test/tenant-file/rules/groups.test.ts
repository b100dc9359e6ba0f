import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf } from "../contoso.ts";

const named = (name: string, type = "microsoft365") =>
  contosoWith([
    "- name: fiscaal\n    displayName: Fiscaal\n    type: microsoft365",
    `- name: "${name}"\n    displayName: Fiscaal\n    type: ${type}`,
  ]);

describe("the name of a Microsoft 365 group", () => {
  it.each([
    "R&D",
    "Sales/Marketing",
    "finance.",
    ".finance",
    "a..b",
    "o'brien",
    "a+b",
    "a*",
    "x^y",
  ])("is refused as an alias: %s", (name) => {
    expect(problemsOf(named(name))).toMatchObject([
      { path: "groups[2].name", message: "Not a valid alias for a Microsoft 365 group" },
    ]);
    expect(problemsOf(named(name, "security"))).toEqual([]);
  });

  it.each(["admin", "Administrator", "ABUSE", "postmaster", "security", "ssl-admin"])(
    "is refused as reserved: %s",
    (name) => {
      expectOneProblem(named(name), `"${name}"`, {
        message: "Microsoft keeps this alias for global administrators",
        received: `"${name.toLowerCase()}"`,
      });
      expect(problemsOf(named(name, "security"))).toEqual([]);
    },
  );

  it.each(["sales.nl", "a-b_c", "2026", "administratie", "x".repeat(64)])("may be %s", (name) => {
    expect(problemsOf(named(name))).toEqual([]);
  });
});

describe("a Microsoft 365 group", () => {
  const owners = "owners: [youssef.elamrani@contoso.com]";

  it("keeps an owner", () => {
    expectOneProblem(contosoWith([owners, "owners: []"]), "owners: ^[]", {
      path: "groups[2].owners",
      message: "A Microsoft 365 group needs at least one owner",
    });
  });

  it("may have owners that are not managed", () => {
    expect(problemsOf(contosoWith([`    ${owners}\n`, ""]))).toEqual([]);
  });

  it("is not a security group, which may have none", () => {
    const directie = "owners: [marieke.devries@contoso.com]";
    expect(problemsOf(contosoWith([directie, "owners: []"]))).toEqual([]);
  });
});

describe("a group that a rule fills", () => {
  const owners = "owners: [youssef.elamrani@contoso.com]";
  const rule = `membershipRule: user.department -eq "Fiscaal"`;

  it("has no members beside it", () => {
    const text = contosoWith([owners, `${owners}\n    ${rule}`]);
    expect(problemsOf(text)).toMatchObject([
      {
        path: "groups[2].members",
        message: "A rule decides who belongs to this group",
        allowed: "either members or membershipRule",
      },
    ]);
  });
});
