import { describe, expect, it } from "vitest";
import { formatProblem } from "../../../tenant-file/load.ts";
import { contosoWith, expectOneProblem, problemsOf } from "../contoso.ts";

describe("wrong types", () => {
  it("says what was received and what is wanted", () => {
    const text = contosoWith(["count: 9", "count: nine"]);
    expectOneProblem(text, "nine", {
      path: "subscriptions[0].count",
      message: "This must be a number",
      received: '"nine"',
    });
  });

  it("tells to put a number that is meant as text in quotes", () => {
    const text = contosoWith(['phone: "+31 20 555 0101"', "phone: 0205550101"]);
    expectOneProblem(text, "0205550101", {
      path: "approval.decisionMakers[0].phone",
      received: "0205550101, which YAML reads as the number 205550101",
      allowed: 'text in quotes: "0205550101"',
    });
  });

  it("tells a key without value from a section left out and from an empty list", () => {
    const text = contosoWith(["remove:\n  - user: ruben", "remove:\nold:\n  - user: ruben"]);
    const [problem] = problemsOf(text);
    expect(problem).toMatchObject({
      path: "remove",
      message: "This key has no value",
      allowed: "a list, or [] for none; omit the key to leave it unmanaged",
    });
  });

  it.each([
    ["a fraction", "9.5", "This must be a whole number"],
    ["none", "0", "This number is out of range"],
    ["no number", ".nan", "This must be a number"],
  ])("refuses %s as a count", (_, count, message) => {
    expectOneProblem(contosoWith(["count: 9", `count: ${count}`]), `count: ^${count}\n`, {
      message,
    });
  });
});

describe("keys", () => {
  it("suggests the nearest key for an unknown one, at the key", () => {
    const text = contosoWith(["serviceLevel:", "servicelevel:"]);
    expectOneProblem(text, "servicelevel:", {
      path: "contract.servicelevel",
      message: 'Unknown key "servicelevel"',
      allowed: "start, end, serviceLevel, seats",
      suggestion: "serviceLevel",
    });
  });

  it("does not complain of members when the section of users is misspelt", () => {
    const text = contosoWith(["\nusers:", "\nuser:"]);
    expectOneProblem(text, "user:\n", { path: "user", suggestion: "users" });
  });

  it("points at what is around a missing key", () => {
    const text = contosoWith(["  serviceLevel: silver # bronze, silver or gold\n", ""]);
    expectOneProblem(text, "contract:", {
      path: "contract.serviceLevel",
      message: "This key is missing",
      allowed: "bronze, silver, gold, brons, zilver, goud, none, geen",
    });
  });

  it("refuses __proto__ like any unknown key", () => {
    const text = contosoWith(["version: 1\n", "version: 1\n__proto__: { a: 1 }\n"]);
    expectOneProblem(text, "__proto__", { message: 'Unknown key "__proto__"' });
  });
});

describe("values", () => {
  it("lists short choices and suggests from long ones", () => {
    expectOneProblem(contosoWith(["role: edit", "role: owner"]), "owner\n      - group: dir", {
      path: "sites[0].permissions[0].role",
      allowed: "read, edit, full-control",
    });
    expectOneProblem(contosoWith(["sku: SPB", "sku: SBP"]), "sku: ^SBP", {
      path: "subscriptions[0].sku",
      suggestion: "SPB",
    });
  });

  it.each([
    ["Business Premium", "SPB"],
    ["microsoft 365 business premium", "SPB"],
    ["Exchange Online Plan 1", "EXCHANGESTANDARD"],
    ["Power BI Pro", "POWER_BI_PRO"],
  ])("suggests a product by its name: %s", (name, suggestion) => {
    expectOneProblem(contosoWith(["sku: SPB", `sku: ${name}`]), `sku: ^${name}`, { suggestion });
  });

  it("refuses a version of the format that is not this one", () => {
    const text = contosoWith(["version: 1\n", "version: 2\n"]);
    expectOneProblem(text, "version: ^2\n", { received: "the number 2", allowed: "1" });
  });

  it("says that a group is covered by all or by a list", () => {
    const word = contosoWith(["mailboxes: all", "mailboxes: everything"]);
    expectOneProblem(word, "mailboxes: ^everything", {
      received: '"everything"',
      allowed: "all or a list",
    });
    const item = contosoWith(["mailboxes: all", "mailboxes: [5]"]);
    expectOneProblem(item, "[^5]", {
      path: "backup.covers.mailboxes[0]",
      message: "This must be text",
    });
  });

  it("demands exactly one of two keys, beside the other problems of the same entry", () => {
    const permission = "- group: finance\n        role: edit";
    const both = contosoWith([
      permission,
      "- group: finance\n        user: emma.smit@contoso.com\n        role: edt",
    ]);
    expect(problemsOf(both)).toMatchObject([
      { path: "sites[0].permissions[0]", message: "Needs exactly one of user, group" },
      { path: "sites[0].permissions[0].role", suggestion: "edit" },
    ]);
    expectOneProblem(contosoWith([permission, "- role: edit"]), "- ^role: edit", {
      message: "Needs exactly one of user, group",
    });
  });

  it("shows hidden characters of a value by name and never raw", () => {
    const text = contosoWith(["displayName: Emma Smit", 'displayName: "Emma \\u202E\\e[31m"']);
    const [problem] = problemsOf(text);
    expect(problem?.received).toBe('"Emma \\u{202e}\\u{1b}[31m"');
  });
});

it("finds every problem in one run, in the order of the file", () => {
  const text = contosoWith(
    ["language: nl", "language: de"],
    ["end: 2028-12-31", "end: 2028-02-30"],
    ["count: 9", "count: 8"],
    ["manager: daan.visser", "manager: dan.visser"],
    ["title: Kantoor", "titel: Kantoor"],
  );
  expect(problemsOf(text).map(({ path }) => path)).toEqual([
    "tenant.language",
    "contract.end",
    "subscriptions[0].count",
    "users[4].manager",
    "sites[1].titel",
  ]);
});

it("formats a problem as one line that editors can follow", () => {
  const [problem] = problemsOf(contosoWith(["serviceLevel:", "servicelevel:"]));
  expect(problem && formatProblem(problem)).toBe(
    'tenant.yaml:38:3 contract.servicelevel: Unknown key "servicelevel" ' +
      "(allowed: start, end, serviceLevel, seats; did you mean serviceLevel?)",
  );
});

it("marks a warning as one", () => {
  const [problem] = problemsOf(contosoWith(["serviceLevel:", "servicelevel:"]));
  expect(problem && formatProblem({ ...problem, level: "warning" })).toMatch(
    /^tenant\.yaml:38:3 warning: contract\.servicelevel: /,
  );
});
