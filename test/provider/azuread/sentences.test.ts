/** Sentences follow from differences: each says what changed and in which direction, and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeGroup } from "../../../provider/azuread/groups/describe-group.ts";
import { describeUser } from "../../../provider/azuread/users/describe-user.ts";

type Bag = Readonly<Record<string, unknown>>;

const word = fc.stringMatching(/^[A-Z][a-z]{3,8}$/);
const optional = fc.option(word, { nil: undefined });
const people = fc.uniqueArray(fc.uuid(), { maxLength: 4 });

/** What each key of a person must be said with, in Dutch and English; nothing where it did not change. */
const USER: Readonly<Record<string, (is: unknown) => readonly [nl: string, en: string]>> = {
  accountEnabled: (is) =>
    is === false
      ? ["kan niet meer inloggen", "can no longer sign in"]
      : ["kan weer inloggen", "can sign in again"],
  department: (is) => [
    `afdeling wordt ${quoted(is, "leeg")}`,
    `department becomes ${quoted(is, "empty")}`,
  ],
  jobTitle: (is) => [
    `functie wordt ${quoted(is, "leeg")}`,
    `job title becomes ${quoted(is, "empty")}`,
  ],
  businessPhones: (is) => [
    `telefoonnummer op het werk wordt ${quoted([is].flat()[0], "leeg")}`,
    `business phone becomes ${quoted([is].flat()[0], "empty")}`,
  ],
  postalCode: (is) => [
    `postcode wordt ${quoted(is, "leeg")}`,
    `postal code becomes ${quoted(is, "empty")}`,
  ],
  managerId: (is) =>
    is === undefined
      ? ["heeft geen leidinggevende meer", "has no manager any more"]
      : ["krijgt een andere leidinggevende", "gets another manager"],
  mobilePhone: (is) => [
    `mobiel nummer wordt ${quoted(is, "leeg")}`,
    `mobile number becomes ${quoted(is, "empty")}`,
  ],
};

const quoted = (value: unknown, empty: string): string =>
  typeof value === "string" ? `“${value}”` : empty;

const user = fc.record({
  accountEnabled: fc.boolean(),
  businessPhones: fc.option(fc.tuple(word), { nil: [] }),
  postalCode: optional,
  department: optional,
  jobTitle: optional,
  managerId: optional,
  mobilePhone: optional,
});

const changedPaths = (before: Bag, after: Bag): string[] =>
  Object.keys({ ...before, ...after }).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );

const said = (sentence: string): string[] => sentence.replace(/^[^:]*: /, "").split("; ");

describe("the sentence of a person who changes", () => {
  it("has a clause for each difference, with its direction, and none besides", () => {
    fc.assert(
      fc.property(user, user, (before, after) => {
        const paths = changedPaths(before, after);
        fc.pre(paths.length > 0);
        const { nl, en } = describeUser({
          ...{ type: "azuread:index/user:User", operation: "update", changedPaths: paths },
          before: { displayName: "Anna", ...before },
          after: { displayName: "Anna", ...after },
        });
        const wanted = paths.map((path) => USER[path]?.((after as Bag)[path]) ?? ["", ""]);
        expect(said(nl)).toHaveLength(paths.length);
        expect(said(en)).toHaveLength(paths.length);
        for (const [dutch, english] of wanted) {
          expect(said(nl).some((clause) => clause.startsWith(dutch))).toBe(true);
          expect(said(en).some((clause) => clause.startsWith(english))).toBe(true);
        }
      }),
    );
  });
});

describe("the sentence of a group whose owners change", () => {
  it("says how many come and go, or that nobody is left", () => {
    fc.assert(
      fc.property(people, people, (before, after) => {
        const added = after.filter((id) => !before.includes(id)).length;
        const removed = before.filter((id) => !after.includes(id)).length;
        fc.pre(added + removed > 0);
        const { nl, en } = describeGroup({
          ...{ type: "azuread:index/group:Group", operation: "update", changedPaths: ["owners"] },
          before: { displayName: "Sales", owners: before },
          after: { displayName: "Sales", owners: after },
        });
        const isEmpty = after.length === 0;
        expect(en.includes("has no owner any more")).toBe(isEmpty);
        expect(nl.includes("heeft geen eigenaar meer")).toBe(isEmpty);
        if (isEmpty) return;
        expect(en.includes(" more")).toBe(added > 0);
        expect(en.includes("loses")).toBe(removed > 0);
        expect(nl.includes(" bij")).toBe(added > 0);
        expect(nl.includes("verliest")).toBe(removed > 0);
      }),
    );
  });
});
