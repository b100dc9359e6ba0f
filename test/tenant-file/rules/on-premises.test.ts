import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

const DETAILS = `    givenName: Pieter
    surname: Jansen
    jobTitle: Vennoot
    department: Directie
    usageLocation: NL
    manager: marieke.devries@contoso.com
`;
const synchronised = (more: string): string =>
  contosoWith([DETAILS, `    source: on-premises\n    usageLocation: NL\n${more}`]);

it("takes what stays manageable of who comes from on premises", () => {
  const { users } = tenantOf(synchronised("    accountEnabled: false\n"));
  expect(users?.[1]).toMatchObject({ source: "on-premises", usageLocation: "NL" });
});

it("refuses what is mastered there, and says where to change it", () => {
  expectOneProblem(synchronised("    jobTitle: Vennoot\n"), "jobTitle: ^Vennoot", {
    path: "users[1].jobTitle",
    message: "This comes from the on-premises directory; change it there",
    received: '"Vennoot"',
    allowed:
      "accountEnabled, blockedBecause, firstDay, lastDay, usageLocation, licenses, disabledPlans",
  });
});
