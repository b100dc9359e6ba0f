import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coveredByDigest, planDigest } from "../../../plan/model/digest.ts";
import type { Plan } from "../../../plan/model/model.ts";
import type { Json } from "../../../core/json.ts";
import { aPlan } from "../support.ts";
import { everyKind } from "../every-kind.ts";
import { eventsOf, planOf } from "../logs.ts";

type Path = readonly (string | number)[];

/** Every path to a leaf of a value. */
function leaves(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return entries.flatMap(([key, item]) => leaves(item, [...path, key]));
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);

/** A copy in which the leaf at the path is another value. */
function changed<T>(value: T, path: Path): T {
  const copy = structuredClone(value);
  const holder = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1) ?? "";
  const leaf = holder[key];
  holder[key] =
    typeof leaf === "number" ? leaf + 1 : typeof leaf === "boolean" ? !leaf : `${String(leaf)}x`;
  return copy;
}

const plan: Plan = {
  ...planOf(eventsOf("every-kind")),
  changes: everyKind().changes,
  findings: everyKind().findings,
};
const digest = planDigest(plan);

const isWords = (path: Path): boolean => {
  const [top, , inner, word] = path;
  if (top === "createdAt" || top === "counts") return true;
  if (top === "unchanged" || top === "unmanaged") return true;
  if (top === "tenant") return path[1] === "displayName" || path[1] === "language";
  if (top === "findings") return path[2] === "message";
  if (top !== "changes") return false;
  const words: unknown[] = ["name", "section", "description"];
  return words.includes(inner) || (inner === "commitment" && (word === "nl" || word === "en"));
};

describe("the digest of a plan", () => {
  const all = leaves(plan);
  const covered = all.filter((path) => !isWords(path));
  const words = all.filter(isWords);

  it("changes with any single value of what it covers", () => {
    expect(covered.length).toBeGreaterThan(200);
    fc.assert(
      fc.property(fc.constantFrom(...covered), (path) => {
        expect(planDigest(changed(plan, path)), path.join(".")).not.toBe(digest);
      }),
      { numRuns: 400 },
    );
  });

  it("stays the same whatever changes in words, times and lists of what is left alone", () => {
    expect(words.length).toBeGreaterThan(40);
    fc.assert(
      fc.property(fc.constantFrom(...words), (path) => {
        expect(planDigest(changed(plan, path)), path.join(".")).toBe(digest);
      }),
      { numRuns: 150 },
    );
  });

  it("changes with any change, option or finding that comes or goes", () => {
    for (const [index, change] of plan.changes.entries()) {
      const without = { ...plan, changes: plan.changes.toSpliced(index, 1) };
      const tied = { ...change, options: { ...change.options, deletedWith: "urn:x" } };
      const withOption = { ...plan, changes: plan.changes.with(index, tied) };
      expect(new Set([digest, planDigest(without), planDigest(withOption)]).size).toBe(3);
    }
    expect(planDigest({ ...plan, structure: [] })).not.toBe(digest);
    expect(planDigest({ ...plan, findings: [] })).not.toBe(digest);
  });

  it("does not depend on the order in which objects were filled", () => {
    const reversed = JSON.parse(JSON.stringify(plan), (_key, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as Plan;
    expect(planDigest(reversed)).toBe(digest);
  });

  it("is that of format v3: a change of the canonical form needs a new format", () => {
    expect(planDigest(aPlan())).toMatchInlineSnapshot(
      `"sha256:009a16b174684978d33e0ae4800f7e9aa2aa1d9d0e7e4c3b4c1ce25bdca18a29"`,
    );
    expect(Object.keys(coveredByDigest(aPlan()) as object)).toEqual([
      "format",
      "tenant",
      "base",
      "tool",
      "changes",
      "structure",
      "findings",
    ]);
  });
});

describe("the base of a plan", () => {
  const baseOf = (rewrite: (text: string) => string): string =>
    planOf(
      eventsOf("no-changes").map((event): unknown => JSON.parse(rewrite(JSON.stringify(event)))),
    ).base;
  const base = baseOf((text) => text);

  it.each([
    ["an input", '"mailNickname":"anna"', '"mailNickname":"anne"'],
    ["an output", '"objectId":"00000000', '"objectId":"00000001'],
    ["an id", '"id":"00000000', '"id":"00000001'],
    ["a protection", '"protect":true', '"protect":false'],
    ["a parent", '"parent":"urn:pulumi:contoso::tenantry::pulumi:pulumi:Stack', '"parent":"urn:x'],
  ])("changes with %s of a resource that the plan does not change", (_what, from, to) => {
    expect(baseOf((text) => text.replaceAll(from, to))).not.toBe(base);
  });

  it("does not depend on the order in which the engine works", () => {
    const events = eventsOf("no-changes");
    const steps = events.filter((event) => event.resourcePreEvent !== undefined).reverse();
    const rest = events.filter((event) => event.resourcePreEvent === undefined);
    const shuffled = [...steps, ...rest].map((event, sequence) => ({ ...event, sequence }));
    expect(planOf(shuffled).base).toBe(base);
  });
});
