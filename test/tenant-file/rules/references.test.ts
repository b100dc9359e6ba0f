import { describe, expect, it } from "vitest";
import { contoso, contosoWith, expectOneProblem, problemsOf } from "../contoso.ts";

describe("names that refer to nothing", () => {
  it.each([
    ["a member", "- emma.smit@contoso.com\n      - yo", "groups[0].members[4]"],
    ["an owner", "owners: [daan.visser@contoso.com]", "groups[1].owners[0]"],
    ["a manager", "manager: sanne.bakker@contoso.com\n    licenses: [EX", "users[8].manager"],
    ["the owner of a site", "owner: daan.visser@contoso.com", "sites[0].owner"],
    ["a user with access", "user: fleur.vandenberg@contoso.com", "sites[0].permissions[2].user"],
  ])("are refused for %s, with the nearest user", (_, found, path) => {
    const [name = ""] = /[a-z]+\.[a-z]+@contoso\.com/.exec(found) ?? [];
    const text = contosoWith([found, found.replace(name, `x${name}`)]);
    expectOneProblem(text, `^x${name}`, {
      path,
      message: "No such user in this file",
      received: `"x${name}"`,
      suggestion: name,
    });
  });

  it("are refused for groups and sites", () => {
    expectOneProblem(contosoWith(["- group: finance", "- group: financien"]), "group: ^financien", {
      path: "sites[0].permissions[0].group",
      message: "No such group in this file",
      suggestion: "finance",
    });
    expectOneProblem(contosoWith(["- site: /sites/pers", "- site: /sites/bers"]), "^/sites/bers", {
      path: "backup.exceptions[0].site",
      suggestion: "/sites/personeelsfeest",
    });
    const covers = contosoWith([
      "mailboxes: all",
      "mailboxes: [emma.smit@contoso.com, x@contoso.com]",
    ]);
    expectOneProblem(covers, "^x@contoso.com", { path: "backup.covers.mailboxes[1]" });
  });

  it("are found whatever their case", () => {
    expect(problemsOf(contosoWith(["owner: daan.visser@", "owner: Daan.Visser@"]))).toEqual([]);
  });

  it("cannot be judged while a user's own name is not understood", () => {
    const text = contosoWith(
      ["- userPrincipalName: emma.smit@", "- userPrincipalNam: emma.smit@"],
      ["owner: daan.visser@", "owner: dan.visser@"],
    );
    expectOneProblem(text, "^userPrincipalNam:", { path: "users[4].userPrincipalNam" });
  });

  it("are told apart from a section that is left out", () => {
    const text = contoso.replace(/\nusers:\n[^]*?\n\n/, "\n");
    const problems = problemsOf(text);
    expect(problems).toHaveLength(27);
    expect(problems[0]).toMatchObject({
      path: "guests[0].sponsors[0]",
      message: "This names a user, but the file has no section users",
    });
  });

  it("refuses a group among the members and says where groups go", () => {
    const text = contosoWith(["- emma.smit@contoso.com\n      - yo", "- finance\n      - yo"]);
    expectOneProblem(text, "^finance\n      - yo", {
      path: "groups[0].members[4]",
      allowed: "users and guests, as name@domain; groups go under memberGroups",
    });
  });
});
