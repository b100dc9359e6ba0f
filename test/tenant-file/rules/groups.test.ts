import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf, warningsOf } from "../contoso.ts";

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
      { path: "groups[2].name", message: "Not a valid alias for a group with mail" },
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
      message: "A group with mail needs at least one owner",
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
        allowed: "either members and memberGroups, or membershipRule",
      },
    ]);
  });
});

describe("groups in a group", () => {
  const directie = "- name: directie\n    displayName: Directie\n    type: security";
  /** `directie` of this type with these groups in it, beside others. */
  const nested = (groups: string, others: readonly string[] = [], type = "security"): string =>
    contosoWith([
      directie,
      [
        ...others.map((other) => `- { ${other}, displayName: Other }\n  `),
        `- name: directie\n    displayName: Directie\n    type: ${type}\n    memberGroups: ${groups}`,
      ].join(""),
    ]);

  it("are security groups in one", () => {
    expect(problemsOf(nested("[kantoor]"))).toEqual([]);
  });

  it.each([
    ["security", "microsoft365", "a group of type security"],
    ["security", "distribution", "a group of type security"],
    ["mailSecurity", "security", "a group of type mailSecurity"],
    ["mailSecurity", "distribution", "a group of type mailSecurity"],
    ["distribution", "security", "a group of type distribution or mailSecurity"],
  ])("are refused in one of type %s where they are of type %s", (type, inner, allowed) => {
    const text = nested("[other]", [`name: other, type: ${inner}`], type);
    const found = problemsOf(text).filter(({ path }) => path.includes("memberGroups"));
    expect(found).toMatchObject([
      {
        message: `A group of type ${type} takes no group of type ${inner}`,
        path: "groups[4].memberGroups[0]",
        allowed,
      },
    ]);
  });

  it.each([
    ["distribution", "mailSecurity"],
    ["distribution", "distribution"],
    ["mailSecurity", "mailSecurity"],
  ])("are taken by one of type %s where they are of type %s", (type, inner) => {
    const text = nested("[other]", [`name: other, type: ${inner}`], type);
    expect(problemsOf(text).filter(({ path }) => path.includes("memberGroups"))).toEqual([]);
  });

  it("are in no Microsoft 365 group", () => {
    const text = contosoWith([
      "type: microsoft365",
      "type: microsoft365\n    memberGroups: [kantoor]",
    ]);
    expectOneProblem(text, "memberGroups: ^[kantoor]", {
      path: "groups[1].memberGroups",
      message: "A group of type microsoft365 has no memberGroups",
    });
  });

  it("are not made by a rule", () => {
    const rule = `memberGroups: [kantoor]\n    membershipRule: user.department -eq "Fiscaal"`;
    const text = contosoWith([directie, `${directie}\n    ${rule}`]);
    expect(problemsOf(text).map(({ path }) => path)).toEqual([
      "groups[3].memberGroups",
      "groups[3].members",
    ]);
  });

  it("are of the file, each once", () => {
    expectOneProblem(nested("[kantor]"), "memberGroups: [^kantor]", {
      message: "No such group in this file",
      suggestion: "kantoor",
    });
    expectOneProblem(nested("[kantoor, Kantoor]"), "memberGroups: [kantoor, ^Kantoor]", {});
  });

  it("go round in no circle, told once at its first group", () => {
    const others = [
      "name: outer, type: security, memberGroups: [one]",
      "name: one, type: security, memberGroups: [two]",
      "name: two, type: security, memberGroups: [kantoor, one]",
    ];
    expectOneProblem(nested("[outer]", others), "memberGroups: ^[two]", {
      path: "groups[4].memberGroups",
      message: "These groups contain each other in a circle: one → two → one",
    });
    expectOneProblem(nested("[directie]"), "memberGroups: ^[directie]", {
      message: "These groups contain each other in a circle: directie → directie",
    });
  });

  it("get no licences of the group around them, which is said", () => {
    const text = contosoWith(["licenses: [SPB]", "memberGroups: [directie]\n    licenses: [SPB]"]);
    expect(problemsOf(text)).toEqual([]);
    expect(warningsOf(text)).toMatchObject([
      {
        path: "groups[0].licenses",
        message:
          "Whoever is in directie gets none of these licences: Microsoft gives them to direct members only",
      },
    ]);
  });
});
