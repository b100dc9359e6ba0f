import { expect, it } from "vitest";
import { contoso, contosoWith, expectOneProblem, problemsOf, tenantOf } from "../contoso.ts";

const REASON = "reason: Beheert het zelf";
const GUID = "3c6f5f5e-8a41-4c39-9d7a-0d3b2f1c9a10";
const released = (entry: string): string => `${contoso}release:\n  - ${entry}\n    ${REASON}\n`;
const unmanaged = (user: string): string =>
  `unmanaged:\n  users:\n    - userPrincipalName: ${user}\n      id: ${GUID}\n`;

it("wants who is let go of to be named where the backup covers everybody", () => {
  const text = released("user: eva@contoso.com");
  expectOneProblem(text, "user: ^eva@contoso.com", {
    path: "release[0].user",
    message: "The backup covers everybody in this file and would lose this one",
    allowed: "a user that is named under unmanaged.users",
  });
  expect(tenantOf(text + unmanaged("eva@contoso.com")).unmanaged?.users).toHaveLength(1);
});

it("lets others refer to who is not managed, and refuses that while they are not named", () => {
  const text = contosoWith(["owners: [sanne.bakker@contoso.com]", "owners: [eva@contoso.com]"]);
  expect(problemsOf(text)).toMatchObject([
    { path: "groups[0].owners[0]", message: "No such user in this file" },
  ]);
  expect(problemsOf(text + unmanaged("eva@contoso.com"))).toEqual([]);
});

it("refuses to name as unmanaged who is declared", () => {
  const text = contoso + unmanaged("emma.smit@contoso.com");
  expect(problemsOf(text)).toMatchObject([
    {
      path: "unmanaged.users[0].userPrincipalName",
      message: "This user is declared in the section users",
    },
  ]);
});
