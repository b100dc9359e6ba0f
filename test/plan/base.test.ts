import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOUNS } from "../../core/nouns.ts";
import type { Json } from "../../core/json.ts";
import { GRAIN } from "./grain.ts";
import { compareWithBase } from "../../plan/base.ts";
import type { Comparison, Reading } from "../../plan/base.ts";
import { differences } from "../../plan/build/differences.ts";
import { fromEngine } from "../../plan/build/engine-values.ts";
import type { Change } from "../../plan/model/model.ts";
import { aChange, property } from "./support.ts";

type Properties = Record<string, Json>;

const ID = "id of anna";

function update(before: Properties, after: Properties, overrides: Partial<Change> = {}): Change {
  return aChange("anna", {
    operation: "update",
    base: { id: ID, key: { userPrincipalName: "anna@contoso.com" } },
    properties: differences(fromEngine(before), fromEngine(after), {
      type: overrides.type ?? NOUNS.user.type,
      grain: GRAIN,
    }),
    ...overrides,
  });
}

const live = (inputs: Properties, id = ID): Reading => ({
  object: { id, inputs: { userPrincipalName: "anna@contoso.com", ...inputs } },
  holder: undefined,
});

const compare = (change: Change, reading: Reading): Comparison =>
  compareWithBase(change, reading, GRAIN);

const state = (change: Change, reading: Reading): string => compare(change, reading).state;

describe("an update", () => {
  const title = update({ jobTitle: "Clerk" }, { jobTitle: "Manager" });

  it.each<[string, Properties, string]>([
    ["where it starts", { jobTitle: "Clerk" }, "at-base"],
    ["where it leads", { jobTitle: "Manager" }, "at-target"],
    ["somewhere else", { jobTitle: "Director" }, "moved"],
    ["nowhere any more", {}, "moved"],
  ])("finds its path %s", (_where, inputs, expected) => {
    expect(state(title, live(inputs))).toBe(expected);
  });

  it("names path, base and what was found", () => {
    expect(compare(title, live({ jobTitle: "Director" })).paths).toEqual([
      { path: "jobTitle", base: "Clerk", found: "Director" },
    ]);
  });

  it("does not mind what others did elsewhere", () => {
    const before = { jobTitle: "Clerk", accountEnabled: true, members: ["a", "b"], city: "Delft" };
    const change = update(before, { ...before, jobTitle: "Manager", members: ["a", "b", "c"] });
    const found = { ...before, accountEnabled: false, members: ["b", "x"] };
    expect(state(change, live(found))).toBe("at-base");
  });

  it("compares lists by their elements, never by their places", () => {
    const change = update(
      {
        licenses: [
          { sku: "SPB", disabledPlans: [] },
          { sku: "VISIO", disabledPlans: [] },
        ],
      },
      { licenses: [{ sku: "SPB", disabledPlans: ["YAMMER"] }] },
      { type: NOUNS.userLicense.type },
    );
    const found = (...licenses: [sku: string, ...disabledPlans: string[]][]): Reading =>
      live({ licenses: licenses.map(([sku, ...disabledPlans]) => ({ sku, disabledPlans })) });
    expect(state(change, found(["NEW"], ["VISIO"], ["SPB"]))).toBe("at-base");
    expect(state(change, found(["SPB", "YAMMER"], ["NEW"]))).toBe("at-target");
    // Half of it was written before the process died.
    expect(state(change, found(["SPB", "YAMMER"], ["VISIO"]))).toBe("at-base");
    expect(compare(change, found(["SPB", "TEAMS"])).paths).toEqual([
      {
        path: "licenses",
        element: "SPB",
        base: { sku: "SPB", disabledPlans: [] },
        found: { sku: "SPB", disabledPlans: ["TEAMS"] },
      },
    ]);
  });

  it("takes nothing and empty for one, and false for a value", () => {
    const filled = update({}, { city: "Delft" });
    for (const nothing of [{ city: "" }, { city: null }, {}]) {
      expect(state(filled, live(nothing))).toBe("at-base");
    }
    const opened = update({}, { accountEnabled: true });
    expect(state(opened, live({ accountEnabled: false }))).toBe("moved");
  });

  it("asks the resource what is the same", () => {
    const bought = update({ count: 5 }, { count: 8 });
    const atLeast = {
      ...GRAIN,
      isAt: (_place: unknown, { planned, found }: Values) => Number(found) >= Number(planned),
    };
    const reading = live({ count: 6 });
    expect(compareWithBase(bought, reading, atLeast).state).toBe("at-base");
    expect(state(bought, reading)).toBe("moved");
  });

  it("leaves alone what it lets go of, and what nobody may see", () => {
    const change = update(
      {},
      {},
      {
        properties: [
          { ...property("jobTitle", "Clerk", undefined), kind: "released" },
          {
            path: "password",
            kind: "changed",
            before: "[secret]",
            after: "[secret]",
            secret: true,
          },
        ],
      },
    );
    expect(state(change, live({ jobTitle: "Director" }))).toBe("at-base");
  });

  it("does not know yet where an id leads, and still knows where it starts", () => {
    const manager = property("managerId", "id of bob", "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    const change = update({}, {}, { properties: [manager] });
    expect(state(change, live({ managerId: "id of bob" }))).toBe("at-base");
    expect(state(change, live({ managerId: "id of cem" }))).toBe("moved");
  });

  it.each<[string, Reading, string]>([
    ["there is nothing with its id", { object: undefined, holder: undefined }, "gone"],
    ["the id leads to somebody else", live({ userPrincipalName: "bob@contoso.com" }), "moved"],
    ["what was read is another object", live({ jobTitle: "Clerk" }, "id of bob"), "moved"],
    [
      "the name only has other capitals",
      live({ userPrincipalName: "Anna@Contoso.com", jobTitle: "Clerk" }),
      "at-base",
    ],
  ])("is of one object only: %s", (_what, reading, expected) => {
    expect(state(title, reading)).toBe(expected);
  });

  it("to a name that somebody else has is refused, to one's own it is done", () => {
    const renamed = update(
      { userPrincipalName: "anna@contoso.com" },
      { userPrincipalName: "anne@contoso.com" },
    );
    const anna = live({});
    const anne = live({ userPrincipalName: "anne@contoso.com" });
    expect(state(renamed, anna)).toBe("at-base");
    expect(state(renamed, { ...anne, holder: ID })).toBe("at-target");
    expect(state(renamed, { ...anna, holder: "id of anne" })).toBe("key-taken");
  });
});

interface Values {
  readonly planned: Json;
  readonly found: Json;
}

describe("a creation, a removal and a release", () => {
  const nobody: Reading = { object: undefined, holder: undefined };
  const create = aChange("anna", { properties: [property("jobTitle", undefined, "Clerk")] });
  const remove = update({ jobTitle: "Clerk" }, {}, { operation: "delete" });

  it("creates under a key that is free, and under no other", () => {
    expect(state(create, nobody)).toBe("at-base");
    expect(state(create, { object: undefined, holder: ID })).toBe("key-taken");
  });

  it("removes the object with this id under this key, whatever it holds by then", () => {
    expect(state(remove, live({ jobTitle: "Director" }))).toBe("at-base");
    expect(state(remove, live({ userPrincipalName: "bob@contoso.com" }))).toBe("moved");
    expect(state(remove, nobody)).toBe("at-target");
  });

  it("lets go of whatever is there", () => {
    const forget = { ...remove, operation: "forget" } as const;
    expect(state(forget, nobody)).toBe("at-base");
    expect(state(forget, live({ userPrincipalName: "bob@contoso.com" }))).toBe("at-base");
  });
});

describe("a list that becomes managed", () => {
  const members = {
    ...property("members", undefined, ["anna", "bob"]),
    unread: true as const,
  };
  const change = aChange("g-members", {
    type: NOUNS.groupMembership.type,
    base: { key: { groupName: "g" } },
    properties: [members],
  });
  const group = (...names: string[]): Reading => ({
    object: { id: "g", inputs: { groupName: "g", members: names } },
    holder: undefined,
  });

  it("starts from nothing where nobody has looked: whoever would go without a word stops it", () => {
    expect(state(change, group())).toBe("at-base");
    expect(state(change, group("anna"))).toBe("at-base");
    expect(compare(change, group("anna", "cem")).paths).toEqual([
      { path: "members", element: "cem", base: undefined, found: "cem" },
    ]);
  });

  it("knows no id of an owner that is still to be created, whoever made it meanwhile", () => {
    const groupId = property("groupId", undefined, "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    const ofNewGroup = { ...change, properties: [groupId, members] };
    const made = (...names: string[]): Reading => ({
      object: { id: "g", inputs: { groupName: "g", groupId: "id of g", members: names } },
      holder: undefined,
    });
    expect(state(ofNewGroup, made())).toBe("at-base");
    expect(state(ofNewGroup, made("cem"))).toBe("moved");
  });

  it("of an object that is new has nothing to compare with", () => {
    expect(state(change, { object: undefined, holder: undefined })).toBe("at-base");
  });
});

describe("whatever is planned and whatever others do", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"));
  const scalar = fc.constantFrom("one", "two", "three", true, false, 7);
  const object = fc.record(
    { title: scalar, enabled: scalar, count: scalar, members: names, tags: names },
    { requiredKeys: ["members"] },
  ) as fc.Arbitrary<Properties>;
  const versions = fc.record({ before: object, after: object, other: object });
  /** Kept in one place, so that a failure can be run again. */
  const seed = Date.now() & 0x7fffffff;

  /** What the change makes of what stands there: the approved paths and elements, and nothing else. */
  function carriedOut({ properties }: Change, found: Properties): Properties {
    const result: Properties = structuredClone(found);
    for (const { path, kind, after, elements } of properties) {
      if (kind === "released") continue;
      if (elements === undefined) {
        result[path] = after ?? null;
        continue;
      }
      const list = new Set((result[path] ?? []) as string[]);
      for (const { key, after: wanted } of elements) {
        if (wanted === undefined) list.delete(key);
        else list.add(key);
      }
      result[path] = [...list];
    }
    return result;
  }

  const check = (
    run: (given: {
      change: Change;
      before: Properties;
      after: Properties;
      other: Properties;
    }) => void,
  ) => {
    fc.assert(
      fc.property(versions, ({ before, after, other }) => {
        const change = update(before, after);
        run({ change, before, after, other });
      }),
      { numRuns: 500, seed },
    );
  };

  it(`is at base on the base, and at target after it was carried out (seed ${seed})`, () => {
    check(({ change, before }) => {
      expect(state(change, live(before))).toBe("at-base");
      const done = state(change, live(carriedOut(change, before)));
      // Another order of the same elements is told, and is no other place to be at.
      const isElsewhere = change.properties.some(({ reordered }) => reordered !== true);
      expect(done).toBe(isElsewhere ? "at-target" : "at-base");
    });
  });

  it(`resumes where an apply died at any path (seed ${seed})`, () => {
    check(({ change, before }) => {
      const half = { ...change, properties: change.properties.slice(0, 1) };
      expect(state(change, live(carriedOut(half, before)))).not.toBe("moved");
    });
  });

  it(`names every planned path that others moved, and no other (seed ${seed})`, () => {
    check(({ change, other }) => {
      const comparison = compare(change, live(other));
      const same = (one: Json | undefined, two: Json | undefined): boolean =>
        JSON.stringify(one ?? null) === JSON.stringify(two ?? null);
      const isThere = (list: Json | undefined, key: string): boolean =>
        Array.isArray(list) && list.includes(key);
      for (const { path, before: base, after: target, elements } of change.properties) {
        const named = comparison.paths.filter((one) => one.path === path);
        if (elements === undefined) {
          const found = other[path];
          const isFine = same(found, base) || same(found, target);
          expect(named.length).toBe(isFine ? 0 : 1);
        } else {
          // An element is there or not: both are base or target.
          expect(named).toEqual([]);
          for (const { key } of elements) expect(isThere([key], key)).toBe(true);
        }
      }
      const planned = new Set(change.properties.map(({ path }) => path));
      expect(comparison.paths.filter(({ path }) => !planned.has(path))).toEqual([]);
      expect(comparison.state === "moved").toBe(comparison.paths.length > 0);
    });
  });
});
