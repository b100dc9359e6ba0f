import { expect, it } from "vitest";
import { isSameValue } from "../../../provider/kit/grain.ts";

const grain = { caseless: ["mail", "list[*].mail"], elementKeys: { list: ["id"] } } as const;

it.each<[string, string, [unknown, unknown]]>([
  ["nothing", "jobTitle", [null, ""]],
  ["nothing in a list", "list", [[], undefined]],
  ["no fraction of a second", "start", ["2026-11-27T10:00:00Z", "2026-11-27T10:00:00.0000000Z"]],
  ["another way to write UTC", "start", ["2026-11-27T10:00:00Z", "2026-11-27T10:00:00+00:00"]],
  ["capitals in an address", "mail", ["Anna.Bakker@Contoso.com", "anna.bakker@contoso.com"]],
  [
    "capitals in an address in a list, in another order",
    "list",
    [
      [
        { id: "1", mail: "A@contoso.com" },
        { id: "2", mail: "b@contoso.com" },
      ],
      [
        { id: "2", mail: "B@contoso.com" },
        { id: "1", mail: "a@contoso.com" },
      ],
    ],
  ],
])("means the same: %s", (_what, path, pair) => {
  expect(isSameValue(grain, path, pair)).toBe(true);
});

it.each<[string, string, [unknown, unknown]]>([
  ["a value and nothing", "jobTitle", ["Vennoot", ""]],
  ["nothing and a value in a group of keys", "place", [{ city: "" }, { city: "Zwolle" }]],
  ["capitals in a name", "displayName", ["anna bakker", "Anna Bakker"]],
  ["another instant", "start", ["2026-11-27T10:00:00Z", "2026-11-27T10:00:01Z"]],
  ["another address", "mail", ["anna@contoso.com", "anna@contoso.nl"]],
  ["one element more", "list", [[{ id: "1" }], [{ id: "1" }, { id: "2" }]]],
])("does not mean the same: %s", (_what, path, pair) => {
  expect(isSameValue(grain, path, pair)).toBe(false);
});
