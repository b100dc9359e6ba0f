import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carryOver } from "../../../provider/kit/carry-over.ts";
import type { MergedResource, Versions } from "../../../provider/kit/carry-over.ts";
import type { Properties } from "../../../provider/kit/values.ts";

const resource: MergedResource = {
  elementKeys: { licenses: ["sku"], members: ["id", "name"] },
  annotations: ["label", "members[*].name"],
  wholeLists: ["phones"],
  writeOnly: ["password"],
  falseWhenAbsent: ["flag"],
  minimums: ["count"],
};

const over = (previous: Properties | undefined, wanted: Properties, observed: Properties) =>
  carryOver(resource, { previous, wanted, observed });

describe("the approved difference on what is there now", () => {
  it("leaves alone what was not planned, and what is released", () => {
    const { target, moved } = over(
      { title: "a", office: "x", flag: true },
      { title: "b", flag: true },
      { title: "a", office: "y", city: "Utrecht", flag: false },
    );
    expect(target).toEqual({ title: "b", office: "y", city: "Utrecht", flag: false });
    expect(moved).toEqual([]);
  });

  it("turns off what means false where it is left out", () => {
    expect(over({ flag: true }, {}, { flag: true }).target).toEqual({ flag: false });
  });

  it("adds and takes out elements of a set", () => {
    const { target } = over(
      { members: [{ id: "1" }, { id: "2" }, { id: "3" }] },
      { members: [{ id: "1" }, { id: "4", name: "d" }] },
      { members: [{ id: "2" }, { id: "5" }] },
    );
    expect(target.members).toEqual([{ id: "5" }, { id: "4", name: "d" }]);
  });

  it("names each planned path that is neither at its base nor at its target", () => {
    const { moved } = over(
      {
        title: "a",
        place: { name: "n", country: "NL" },
        licenses: [{ sku: "A", off: ["p"] }],
        phones: ["1"],
      },
      {
        title: "b",
        place: { name: "n", country: "BE" },
        licenses: [{ sku: "B", off: [] }],
        phones: ["2"],
      },
      {
        title: "c",
        place: { name: "m", country: "FR" },
        licenses: [
          { sku: "A", off: [] },
          { sku: "B", off: ["q"] },
        ],
        phones: ["3"],
      },
    );
    expect(moved).toEqual([
      { path: "title", base: "a", found: "c" },
      { path: "place.country", base: "NL", found: "FR" },
      {
        path: "licenses[A]",
        base: { sku: "A", off: ["p"] },
        found: { sku: "A", off: [] },
      },
      { path: "licenses[B]", base: undefined, found: { sku: "B", off: ["q"] } },
      { path: "phones", base: ["1"], found: ["3"] },
    ]);
  });

  it("takes what is at its target already for done", () => {
    const wanted = { title: "b", licenses: [{ sku: "B" }], since: "2026-01-01T01:00:00+01:00" };
    const previous = { title: "a", licenses: [{ sku: "A" }], since: "2025-01-01T00:00:00Z" };
    const found = { title: "b", licenses: [{ sku: "B" }], since: "2026-01-01T00:00:00Z" };
    expect(over(previous, wanted, found).moved).toEqual([]);
  });

  it("does not mind names, what nobody can read, and more than was asked for", () => {
    const { target, moved } = over(
      { label: "A", password: "1", count: 5, members: [{ id: "1", name: "a" }] },
      { label: "B", password: "2", count: 6, members: [{ id: "1", name: "b" }] },
      { label: "C", count: 9, members: [{ id: "1", name: "c" }] },
    );
    expect(moved).toEqual([]);
    expect(target).toMatchObject({ label: "B", password: "2", members: [{ id: "1", name: "c" }] });
  });

  it("finishes an interrupted creation, and reverts what is no longer wanted of it", () => {
    const versions = {
      previous: { title: "a", members: [{ id: "1" }, { id: "2" }] },
      wanted: { title: "a", members: [{ id: "1" }, { id: "3" }] },
      observed: { members: [{ id: "2" }, { id: "9" }] },
    };
    const { target, moved } = carryOver(resource, versions, { isUnfinished: true });
    expect(moved).toEqual([]);
    expect(target).toMatchObject({ title: "a", members: [{ id: "9" }, { id: "1" }, { id: "3" }] });
  });
});

const ELEMENTS = ["1", "2", "3", "4", "5"];
const set = fc.uniqueArray(fc.constantFrom(...ELEMENTS));
const text = fc.constantFrom("a", "b", "c");
const inputs = fc.record(
  {
    title: text,
    office: text,
    place: fc.record({ name: text, country: text }),
    tags: set,
    members: set.map((ids) => ids.map((id) => ({ id }))),
    licenses: fc.uniqueArray(fc.record({ sku: fc.constantFrom("A", "B", "C"), plan: text }), {
      selector: ({ sku }) => sku,
    }),
  },
  { requiredKeys: [] },
);

/** Every path with its value; an element of a set is a path by its key. */
function leaves(properties: Properties): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of Object.entries(properties)) {
    if (Array.isArray(value)) {
      for (const element of value as unknown[]) {
        const { id, sku } = element as { id?: string; sku?: string };
        found.set(`${key}[${String(id ?? sku ?? element)}]`, JSON.stringify(element));
      }
    } else if (typeof value === "object" && value !== null) {
      for (const [inner, one] of Object.entries(value)) found.set(`${key}.${inner}`, one);
    } else found.set(key, value);
  }
  return found;
}

const keyOf = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

describe("whatever was declared, is declared and is there", () => {
  const property = (check: (versions: Versions<Properties> & { previous: Properties }) => void) => {
    fc.assert(
      fc.property(inputs, inputs, inputs, (previous, wanted, observed) => {
        check({ previous, wanted, observed });
      }),
    );
  };

  it("nothing outside the difference is written", () => {
    property(({ previous, wanted, observed }) => {
      const { target } = carryOver(resource, { previous, wanted, observed });
      const [before, after, found, written] = [previous, wanted, observed, target].map(leaves);
      const paths = new Set([...(found?.keys() ?? []), ...(written?.keys() ?? [])]);
      for (const path of paths) {
        if (path === "flag" || found?.get(path) === written?.get(path)) continue;
        const key = keyOf(path);
        expect(wanted).toHaveProperty(key);
        expect(before?.get(path) !== after?.get(path) || previous[key] === undefined).toBe(true);
        expect(written?.get(path)).toEqual(after?.get(path));
      }
    });
  });

  it("all of the difference is written or at its target, or the path is named", () => {
    property(({ previous, wanted, observed }) => {
      const { target } = carryOver(resource, { previous, wanted, observed });
      const [before, after, written] = [previous, wanted, target].map(leaves);
      for (const path of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
        const isDeclared = wanted[keyOf(path)] !== undefined;
        if (!isDeclared || before?.get(path) === after?.get(path)) continue;
        expect(written?.get(path)).toEqual(after?.get(path));
      }
    });
  });

  it("a path is only named where it is planned, and neither at its base nor at its target", () => {
    property(({ previous, wanted, observed }) => {
      const { moved } = carryOver(resource, { previous, wanted, observed });
      const [before, after, found] = [previous, wanted, observed].map(leaves);
      for (const { path } of moved) {
        expect(before?.get(path)).not.toEqual(after?.get(path));
        expect(found?.get(path)).not.toEqual(before?.get(path));
        expect(found?.get(path)).not.toEqual(after?.get(path));
      }
    });
  });
});
