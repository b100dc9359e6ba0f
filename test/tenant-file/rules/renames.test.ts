import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf, tenantOf } from "../contoso.ts";

const person = "  - userPrincipalName: pieter.jansen@contoso.com\n";
const renamed = (formerly: string): [string, string] => [
  person,
  `${person}    formerly: ${formerly}\n`,
];

it("takes a name that nobody has any more", () => {
  expect(tenantOf(contosoWith(renamed("Pieter@contoso.com"))).users?.[1]).toMatchObject({
    formerly: "pieter@contoso.com",
  });
});

it.each([
  ["its own", "pieter.jansen@contoso.com", "This is the present name"],
  ["that of somebody else", "emma.smit@contoso.com", "Another user of this file has that name"],
  [
    "that of somebody who goes",
    "ruben.meijer@contoso.com",
    "A user that is renamed cannot be removed or released as well",
  ],
])("refuses %s", (_whose, formerly, message) => {
  expectOneProblem(contosoWith(renamed(formerly)), `formerly: ^${formerly}`, {
    path: "users[1].formerly",
    message,
  });
});

it("refuses two people who swap their names, which the engine would leave as they are", () => {
  const other = "  - userPrincipalName: emma.smit@contoso.com\n";
  const text = contosoWith(renamed("emma.smit@contoso.com"), [
    other,
    `${other}    formerly: pieter.jansen@contoso.com\n`,
  ]);
  expect(problemsOf(text).map(({ path, message }) => [path, message])).toEqual([
    ["users[1].formerly", "Two users cannot swap their names in one change"],
    ["users[4].formerly", "Two users cannot swap their names in one change"],
  ]);
});

it("refuses two groups that were one", () => {
  const [one, other] = ["  - name: finance\n", "  - name: fiscaal\n"];
  const text = contosoWith(
    [one, `${one}    formerly: boeken\n`],
    [other, `${other}    formerly: boeken\n`],
  );
  expect(problemsOf(text)).toMatchObject([{ path: "groups[2].formerly" }]);
});

it("refuses the old name where others still use it", () => {
  const text = contosoWith([
    person,
    "  - userPrincipalName: pieter@contoso.com\n    formerly: pieter.jansen@contoso.com\n",
  ]);
  expect(problemsOf(text).map(({ message }) => message)).toContain(
    "There is no such user in this file",
  );
});
