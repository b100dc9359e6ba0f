import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../../plan/build/differences.ts";
import { fromEngine } from "../../../plan/build/engine-values.ts";
import { PLAIN_GRAIN } from "../../../plan/model/grain.ts";
import type { Grain } from "../../../plan/model/grain.ts";
import type { PropertyChange } from "../../../plan/model/model.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const grain: Grain = {
  ...PLAIN_GRAIN,
  elementKey: ({ path }, element) => {
    if (path === "order") return undefined;
    const { id, sku } = element as { id?: string; sku?: string };
    if (id !== undefined && id !== UNKNOWN) return id;
    return sku ?? PLAIN_GRAIN.elementKey({ type: "", path }, element);
  },
  kindOf: ({ path }) => (/(^|\.)label$/.test(path) ? "annotation" : "value"),
};

const between = (before: object, after: object): PropertyChange[] =>
  differences(fromEngine({ ...before }), fromEngine({ ...after }), { type: "t", grain });

const one = (before: unknown, after: unknown, path = "list"): PropertyChange | undefined => {
  const of = (value: unknown): object => (value === undefined ? {} : { [path]: value });
  return between(of(before), of(after))[0];
};

describe("lists", () => {
  it("differ by their elements, whatever place those have", () => {
    const before = [{ sku: "A" }, { sku: "B", plans: [] }, { sku: "C" }];
    const after = [{ sku: "D" }, { sku: "C" }, { sku: "B", plans: ["x"] }];
    expect(one(before, after)).toEqual({
      path: "list",
      kind: "changed",
      elements: [
        { key: "A", before: { sku: "A" } },
        { key: "B", before: { sku: "B", plans: [] }, after: { sku: "B", plans: ["x"] } },
        { key: "D", after: { sku: "D" } },
      ],
      kept: 1,
      secret: false,
    });
  });

  it("that come, go, or only change their order say so", () => {
    expect(one(undefined, ["a"])).toMatchObject({ kind: "added", elements: [{ after: "a" }] });
    expect(one(["a"], undefined)).toMatchObject({ kind: "removed", elements: [{ before: "a" }] });
    expect(one(["a", "b"], ["b", "a"])).toMatchObject({ elements: [], reordered: true, kept: 2 });
    expect(one(["a", "a"], ["a"])?.elements).toEqual([{ key: "a #2", before: "a" }]);
  });

  it("do not differ by what only names something", () => {
    expect(
      between({ list: [{ id: "1", label: "Old" }] }, { list: [{ id: "1", label: "New" }] }),
    ).toEqual([]);
    expect(between({ label: "Old" }, { label: "New" })).toEqual([]);
    expect(
      one([{ id: "1", label: "Old", role: "a" }], [{ id: "1", label: "New", role: "b" }])?.elements,
    ).toMatchObject([{ key: "1", after: { label: "New", role: "b" } }]);
  });

  it("that the service takes as one value are compared whole", () => {
    expect(one(["a", "b"], ["b"], "order")).toMatchObject({ before: ["a", "b"], after: ["b"] });
  });

  it("show no element of a list that holds a secret", () => {
    expect(one(["a", SECRET], ["b", SECRET])).toMatchObject({ before: "[secret]", secret: true });
  });

  it("have elements that nobody knows yet, which differ from every other", () => {
    const change = one(["a"], ["a", UNKNOWN, UNKNOWN]);
    expect(change?.elements?.map(({ after }) => after)).toEqual([
      "[known after apply]",
      "[known after apply]",
    ]);
    expect(change?.unknown?.paths).toEqual(["list[*]"]);
  });

  it("have an element of which the id is not known yet by what else tells it from others", () => {
    const change = one(
      [],
      [
        { id: UNKNOWN, sku: "A" },
        { id: UNKNOWN, sku: "B" },
      ],
    );
    expect(change?.elements?.map(({ key }) => key)).toEqual(["A", "B"]);
  });

  const seed = Date.now() & 0x7fffffff;
  const list = fc.uniqueArray(fc.constantFrom<string[]>("a", "b", "c", "d", "e", "f", "g"));

  it(`lead from the one to the other, and touch nothing that both have (seed ${seed})`, () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const change = one(before, after);
        const result = new Set(before);
        for (const { key, after: wanted } of change?.elements ?? []) {
          expect(before.includes(key) && after.includes(key)).toBe(false);
          if (wanted === undefined) result.delete(key);
          else result.add(key);
        }
        expect([...result].sort()).toEqual([...after].sort());
        if (change !== undefined) {
          expect(change.kept).toBe(before.filter((item) => after.includes(item)).length);
        }
      }),
      { numRuns: 500, seed },
    );
  });

  it(`differ the same way whatever else both of them have (seed ${seed})`, () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const others = ["x", "y"];
        const more = one([...others, ...before], [...after, ...others])?.elements ?? [];
        expect(more).toEqual(one(before, after)?.elements ?? []);
      }),
      { numRuns: 500, seed },
    );
  });
});
