import { describe, expect, it } from "vitest";
import { contoso, contosoWith, problemsOf, tenantOf } from "../contoso.ts";
import { acceptedEntries } from "../../../tenant-file/accepted.ts";

const EMMA = "user: emma.smit@contoso.com";
const PIETER = "user: pieter.jansen@contoso.com";
const accepted = (about: string, found: string, text = contoso): string =>
  `${text}accepted:\n  - ${about}\n    ${found}\n    reason: Staat in\n    until: 2027-03-31\n`;
const problemOf = (text: string) => {
  const [problem, ...more] = problemsOf(text);
  expect(more).toEqual([]);
  return problem && `${problem.path}: ${problem.message}`;
};

it("takes a value, and an element of a list, of what is managed", () => {
  const value = accepted(EMMA, 'property: displayName\n    value: "Emma S."');
  expect(acceptedEntries(tenantOf(value))).toEqual([
    {
      ...{ kind: "user", name: "emma.smit@contoso.com", property: "displayName" },
      ...{ value: "Emma S.", reason: "Staat in", until: "2027-03-31" },
    },
  ]);
  expect(
    problemOf(accepted(PIETER, "property: licenses\n    missing: VISIOCLIENT")),
  ).toBeUndefined();
});

describe("refuses", () => {
  it.each([
    [
      "who is not declared",
      accepted("user: nobody@contoso.com", "property: city\n    value: Zwolle"),
      "accepted[0].user: No such user in this file",
    ],
    [
      "a key that is not managed",
      accepted(EMMA, "property: employeeId\n    value: '7'"),
      "accepted[0].property: This user is declared without this key, so nothing differs from the file",
    ],
    [
      "a key of another kind of object",
      accepted(EMMA, "property: title\n    value: Zwolle"),
      "accepted[0].property: This user is declared without this key, so nothing differs from the file",
    ],
    [
      "a whole list",
      accepted(PIETER, "property: licenses\n    value: SPB"),
      "accepted[0]: Needs exactly one of extra, missing",
    ],
    [
      "an element of what is no list",
      accepted(EMMA, "property: displayName\n    extra: Emma"),
      "accepted[0]: Needs exactly one of value",
    ],
    [
      "a value of another type",
      accepted(EMMA, "property: displayName\n    value: true"),
      "accepted[0].value: Not a value of displayName",
    ],
    [
      "somebody by name alone",
      accepted(EMMA, "property: manager\n    value: pieter.jansen@contoso.com"),
      "accepted[0]: Needs id too",
    ],
    [
      "an id of what is nobody",
      accepted(EMMA, "property: displayName\n    value: Emma\n    id: 5f1c"),
      "accepted[0].id: Has no id",
    ],
    [
      "a right without saying which",
      accepted(
        "site: /sites/jaarrekening",
        "property: permissions\n    extra: kantoor\n    id: 5f1c",
      ),
      "accepted[0]: Needs role too",
    ],
    [
      "a global administrator",
      accepted("user: sanne.bakker@contoso.com", "property: displayName\n    value: S"),
      "accepted[0].user: This account is protected: nothing else than declared is accepted of it",
    ],
    [
      "an emergency account",
      accepted(
        EMMA,
        "property: displayName\n    value: S",
        contosoWith([
          "emergencyAccounts: [noodtoegang@contoso.onmicrosoft.com]",
          "emergencyAccounts: [emma.smit@contoso.com]",
        ]),
      ),
      "accepted[0].user: This account is protected: nothing else than declared is accepted of it",
    ],
  ])("%s", (_what, text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it("the same deviation twice", () => {
    const once = accepted(PIETER, "property: licenses\n    missing: VISIOCLIENT");
    const twice = once + once.slice(once.indexOf("accepted:\n") + "accepted:\n".length);
    expect(problemOf(twice)).toBe("accepted[1]: This deviation is accepted twice");
  });
});
