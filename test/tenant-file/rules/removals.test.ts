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
