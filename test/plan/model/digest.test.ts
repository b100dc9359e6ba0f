import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coveredByDigest, planDigest } from "../../../plan/model/digest.ts";
import { NOUNS } from "../../../core/nouns.ts";
import type { DeclaredOptions } from "../../../plan/build/declarations.ts";
import type { Plan } from "../../../plan/model/model.ts";
import type { Json } from "../../../core/json.ts";
import { aPlan } from "../support.ts";
import { everyKind } from "../every-kind.ts";
import { eventsOf, noDeclarations, planOf } from "../logs.ts";

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
  if (path.at(-1) === "kept") return true;
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
      `"sha256:c7f249582d505995fc51788313155aa5ec88f1979dbb2e3d47174b3ca210a416"`,
    );
    expect(Object.keys(coveredByDigest(aPlan()) as object)).toEqual([
      "format",
      "tenant",
      "tool",
      "rules",
      "changes",
      "consequences",
      "structure",
      "otherOptions",
      "findings",
    ]);
  });
});

type State = Record<string, unknown> & { inputs: Record<string, unknown> };
interface Step {
  urn: string;
  old: State | null;
  new: State | null;
}

/** The digest of the recorded plan with the step of one resource rewritten. */
function digestWith(end: string, rewrite: (step: Step) => void): string {
  const events = eventsOf("every-kind").map((event) => {
    for (const kind of ["resourcePreEvent", "resOutputsEvent"]) {
      const { metadata } = (event[kind] ?? {}) as { metadata?: Step };
      if (metadata?.urn.endsWith(end) === true) rewrite(metadata);
    }
    return event;
  });
  return planDigest(planOf(events));
}

const both = ({ old, new: wanted }: Step, change: (inputs: State["inputs"]) => void): void => {
  for (const state of [old, wanted]) if (state) change(state.inputs);
};
const push = (inputs: State["inputs"], key: string, value: unknown): void => {
  inputs[key] = [value, ...(inputs[key] as unknown[])];
};

describe("what an apply to something else changes", () => {
  const waiting = planDigest(planOf(eventsOf("every-kind")));

  it.each<[string, string, (step: Step) => void]>([
    [
      "another property of the object",
      "User::anna",
      (step) => {
        both(step, (inputs) => (inputs.mobilePhone = "+31 6 1234"));
      },
    ],
    [
      "an object that the plan leaves alone",
      "User::eva",
      (step) => {
        both(step, (inputs) => (inputs.department = "Elsewhere"));
      },
    ],
    [
      "another element of a list that the plan changes",
      "GroupMembership::finance",
      (step) => {
        both(step, (inputs) => {
          push(inputs, "members", "zed@contoso.com");
        });
      },
    ],
  ])("leaves a waiting approval as it is: %s", (_what, end, rewrite) => {
    expect(digestWith(end, rewrite)).toBe(waiting);
  });

  it.each<[string, string, (step: Step) => void]>([
    [
      "the base of a path",
      "User::anna",
      ({ old }) => {
        if (old) old.inputs.jobTitle = "Somebody else's";
      },
    ],
    [
      "an element that the plan takes away",
      "GroupMembership::finance",
      ({ old }) => {
        if (old) old.inputs.members = (old.inputs.members as string[]).slice(0, 1);
      },
    ],
    [
      "the id of the object",
      "User::anna",
      ({ old }) => {
        if (old) old.id = "another";
      },
    ],
    [
      "its unique key",
      "User::anna",
      (step) => {
        both(step, (inputs) => (inputs.userPrincipalName = "anne@contoso.com"));
      },
    ],
    [
      "what goes",
      "User::bob",
      ({ old }) => {
        if (old) old.id = "another";
      },
    ],
  ])("does not stand once this moved: %s", (_what, end, rewrite) => {
    expect(digestWith(end, rewrite)).not.toBe(waiting);
  });

  it("does not depend on the order in which the engine works", () => {
    const events = eventsOf("every-kind");
    const steps = events.filter((event) => event.resourcePreEvent !== undefined).reverse();
    const rest = events.filter((event) => event.resourcePreEvent === undefined);
    const shuffled = [...steps, ...rest].map((event, sequence) => ({ ...event, sequence }));
    expect(planDigest(planOf(shuffled))).toBe(waiting);
  });
});

describe("options on what the plan leaves alone", () => {
  const withOptions = (options: [string, DeclaredOptions][]): string =>
    planDigest(
      planOf(eventsOf("no-changes"), {
        declarations: { ...noDeclarations, options: new Map(options) },
      }),
    );
  const user = (name: string): string => `${NOUNS.user.type}::${name}`;
  const usual = { ignoreChanges: ["password"] };

  it("are covered: they would hide a difference of tomorrow", () => {
    const all = withOptions([
      [user("anna"), usual],
      [user("bob"), usual],
    ]);
    const one = { ignoreChanges: ["password", "accountEnabled"] };
    expect(
      withOptions([
        [user("anna"), usual],
        [user("bob"), one],
      ]),
    ).not.toBe(all);
  });

  it("count once for each combination, so that one object more is no other plan", () => {
    expect(
      withOptions([
        [user("anna"), usual],
        [user("bob"), usual],
      ]),
    ).toBe(withOptions([[user("anna"), usual]]));
  });
});
