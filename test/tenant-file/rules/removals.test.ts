import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf } from "../contoso.ts";

it.each([
  ["user", "user: emma.smit@contoso.com", "users"],
  ["group", "group: finance", "groups"],
  ["site", "site: /sites/kantoor", "sites"],
])("refuses to remove a %s that is still declared", (kind, entry, section) => {
  expectOneProblem(
    contosoWith(["user: ruben.meijer@contoso.com", entry]),
    `- ${entry}\n    reason`.replace(": ", ": ^"),
    {
      path: `remove[0].${kind}`,
      message: `This ${kind} is still declared in the section ${section}`,
    },
  );
});

it("wants a reason and what happens to the data", () => {
  const text = contosoWith(["    reason: Uit dienst per 1 november 2026\n", ""]);
  expect(problemsOf(text)).toMatchObject([
    { path: "remove[0].reason", message: "This key is missing" },
  ]);
});

const withRelease = (entries: string): string =>
  contosoWith(["remove:\n", `release:\n${entries}remove:\n`]);

it("refuses to let go of what is still declared", () => {
  expect(
    problemsOf(withRelease("  - groups\n  - user: emma.smit@contoso.com\n    reason: Elsewhere\n")),
  ).toMatchObject([
    { path: "release[0]", message: "The section groups is still declared" },
    {
      path: "release[1].user",
      message: "This user is still declared in the section users",
    },
  ]);
});

it("lets go of what is no longer declared, with a reason", () => {
  const entry = "  - group: gone\n    reason: The parent company manages it\n";
  expect(problemsOf(withRelease(entry))).toEqual([]);
  expect(problemsOf(withRelease("  - group: gone\n"))).toMatchObject([
    { path: "release[0]", message: "This is none of the allowed values" },
  ]);
});
