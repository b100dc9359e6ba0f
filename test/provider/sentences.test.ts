/** Sentences follow from differences: each says what changed and in which direction, and nothing else. */
import { randomInt } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nounOf } from "../../core/nouns.ts";
import { localeOf } from "../../core/i18n/format.ts";
import type { Language } from "../../core/language.ts";
import { changeOf } from "../../plan/build/change.ts";
import type { EngineState } from "../../plan/build/engine-events.ts";
import type { Change } from "../../plan/model/model.ts";
import { describeGroup } from "../../provider/azuread/groups/describe-group.ts";
import { describeUser } from "../../provider/azuread/users/describe-user.ts";
import { describe as describeChange, serviceAssigned } from "../../provider/catalogue.ts";
import type { Operation, ResourceDefinition } from "../../provider/kit/define.ts";
import { differences, topLevelKey } from "../../provider/kit/diff.ts";
import { isObject } from "../../provider/kit/values.ts";
import { grain } from "../../provider/live.ts";
import { azureadPackage, m365Package } from "../../provider/registry.ts";
import { propertyView } from "../../views/property-view.ts";
import { noDeclarations } from "../plan/logs.ts";
import { versionsOf } from "./support/random-inputs.ts";
import type { Versions } from "./support/random-inputs.ts";

type Bag = Readonly<Record<string, unknown>>;

const word = fc.stringMatching(/^[A-Z][a-z]{3,8}$/);
const optional = fc.option(word, { nil: undefined });
const people = fc.uniqueArray(fc.uuid(), { maxLength: 4 });

/** What each key of a person must be said with, in Dutch and English; nothing where it did not change. */
const USER: Readonly<
  Record<string, (is: unknown, was: unknown) => readonly [nl: string, en: string]>
> = {
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
  managerId: (is, was) => {
    if (is === undefined) return ["heeft geen leidinggevende meer", "no longer has a manager"];
    return was === undefined
      ? ["krijgt een leidinggevende", "gets a manager"]
      : ["krijgt een andere leidinggevende", "gets a different manager"];
  },
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
        const wanted = paths.map(
          (path) => USER[path]?.((after as Bag)[path], (before as Bag)[path]) ?? ["", ""],
        );
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
        expect(en.includes("no longer has an owner")).toBe(isEmpty);
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

const LANGUAGES: readonly Language[] = ["nl", "en"];
const definitions = [...m365Package.resources, ...azureadPackage.resources];
const RUNS = 60;
const seed = randomInt(2 ** 31);

/** Says the same both ways: who or what it is stands in the lines of the change. */
const IN_LINES =
  /\b(another|different|other|andere?|new|nieuwe?|anew|again|opnieuw|weer)\b|^(gets|krijgt er) \d.* (loses|verliest) \d/i;

/** What follows from a term as a whole, whatever of it differs. */
const AT_TERM_END = / (then|dan)\b/;

/** What the sentence of an operation never says. */
const NOTHING_HAPPENS = /stays? the same|(blijft|blijven) (het|de)zelfde/i;

const CONTEXT = {
  catalogue: { grain, describe: describeChange, serviceAssigned },
  declarations: noDeclarations,
  people: new Map<string, string>(),
  log: {
    ...{ steps: [], outcomes: [], policyEvents: [], errorUrns: [] },
    summary: { maybeCorrupt: false, resourceChanges: {}, isPreview: true, result: "succeeded" },
  },
};

const stateOf = (type: string, inputs: Bag): EngineState => ({
  ...{ type, urn: `urn:pulumi:acme::tenantry::${type}::thing`, id: "thing", inputs, outputs: {} },
  ...{ custom: true, delete: false, external: false, parent: "", provider: "" },
  ...{ protect: false, retainOnDelete: false, hideDiffs: [], initErrors: [] },
});

/** The change of a plan that leads from one declaration to the other; undefined where nothing differs. */
function planned(definition: ResourceDefinition, { before, after }: Versions): Change | undefined {
  const { token, replaceOn } = definition;
  const paths = [...differences(before, after, definition).keys()];
  if (paths.length === 0) return undefined;
  const result = changeOf(
    {
      ...{ urn: stateOf(token, {}).urn, type: token, replaceReasons: [], diffs: [] },
      operation: paths.some((path) => replaceOn.includes(path)) ? "replace" : "update",
      ...{ before: stateOf(token, before), after: stateOf(token, after), detailedDiff: {} },
    },
    CONTEXT,
  );
  return result.kind === "change" ? result.change : undefined;
}

/** Made-up words in a value: they stand in a sentence for a reason only. */
const wordsIn = (value: unknown): Set<string> =>
  new Set(JSON.stringify(value ?? null).match(/zq[a-z]{7}/g));

const without = (words: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...words].filter((word) => !others.has(word));

/** What people call an object may stand in every sentence about it; who runs a backup is its name. */
const namingOf = ({ token, annotations = [] }: ResourceDefinition): readonly string[] => {
  const { naming = ["displayName"], unique = [] } = nounOf(token) ?? {};
  return [...naming, ...unique, ...annotations, "operator"];
};

/** Texts beside what differs, such as the name of the place whose country changes. */
const besides = (change: Change, declared: Bag): unknown[] =>
  change.properties.map(({ path }) => {
    const [key = "", isInside] = path.split(".");
    const around = declared[key];
    if (isInside === undefined || !isObject(around)) return [];
    return Object.values(around).filter((value) => typeof value === "string");
  });

const linesOf = ({ properties }: Change, language: Language): string =>
  JSON.stringify(properties.map((property) => propertyView(property, localeOf(language))));

/** The clauses after the name of what changes, without those that every sentence of the kind ends with. */
function clausesOf({ description, commitment }: Change, language: Language): string[] {
  const always = commitment?.[language].split("; ") ?? [];
  const parts = description[language].replace(/^[^:;]*: /, "").split("; ");
  return parts.filter((part) => !always.includes(part) && !AT_TERM_END.test(part)).map(asInside);
}

/** The first of a sentence begins with a capital, wherever else it may stand. */
const asInside = (clause: string): string =>
  `${clause.slice(0, 1).toLowerCase()}${clause.slice(1)}`;

/** Inputs that say something only together: on which day a term renews follows from its start. */
const TOGETHER: readonly (readonly string[])[] = [
  [
    "atRenewal",
    "atTermEnd",
    "cancellationAllowedUntil",
    "customTermEndDate",
    "partnerAtTermEnd",
    "start",
    "term",
  ],
];

/** Each part that differs, by itself; what only names something for people comes with every one. */
function partsOf({ properties }: Change, { before, after }: Versions): Versions[] {
  const keys = [...new Set(properties.map(({ path }) => topLevelKey(path)))];
  const groups = Map.groupBy(keys, (key) => TOGETHER.find((group) => group.includes(key)) ?? key);
  return [...groups.values()].map((part) => {
    const others = keys.filter((key) => !part.includes(key));
    const back = Object.fromEntries(others.map((key) => [key, before[key]]));
    const entries = Object.entries({ ...after, ...back });
    return {
      before,
      after: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    };
  });
}

const isSaid = ({ properties }: Change): boolean =>
  properties.some(({ kind }) => kind !== "released");

describe.each(definitions)(`a change of $token (seed ${seed})`, (definition) => {
  const forEveryUpdate = (check: (change: Change, versions: Versions) => void): void => {
    fc.assert(
      fc.property(versionsOf(definition), (versions) => {
        const change = planned(definition, versions);
        if (change?.operation === "update") check(change, versions);
      }),
      { numRuns: RUNS, seed },
    );
  };

  it("names what differs and nothing else, in its sentence or its lines", () => {
    forEveryUpdate((change, { before, after }) => {
      const differing = wordsIn(change.properties);
      const naming = namingOf(definition).map((key) => [before[key], after[key]]);
      const allowed = wordsIn([
        change.properties,
        naming,
        besides(change, before),
        besides(change, after),
      ]);
      for (const language of LANGUAGES) {
        const sentence = change.description[language];
        expect(without(wordsIn([sentence, change.affected]), allowed)).toEqual([]);
        const shown = wordsIn([sentence, linesOf(change, language)]);
        expect(without(differing, shown)).toEqual([]);
      }
    });
  });

  it("says of each part what it says when only that part differs", () => {
    forEveryUpdate((change, versions) => {
      const parts = partsOf(change, versions).flatMap((part) => planned(definition, part) ?? []);
      for (const language of LANGUAGES) {
        const single = parts.filter(isSaid).flatMap((part) => clausesOf(part, language));
        if (isSaid(change)) expect(new Set(clausesOf(change, language))).toEqual(new Set(single));
      }
    });
  });

  it("says something else in the other direction, unless its lines alone say what differs", () => {
    forEveryUpdate((change, { before, after }) => {
      const back = planned(definition, { before: after, after: before });
      if (!isSaid(change) || back === undefined || !isSaid(back)) return;
      for (const language of LANGUAGES) {
        const clauses = new Set(clausesOf(change, language));
        const same = clausesOf(back, language).filter((clause) => clauses.has(clause));
        expect(same.filter((clause) => !IN_LINES.test(clause))).toEqual([]);
      }
    });
  });

  it("never says that nothing happens", () => {
    const operations: readonly Operation[] = ["create", "adopt", "update", "replace", "delete"];
    fc.assert(
      fc.property(
        versionsOf(definition),
        fc.constantFrom(...operations),
        ({ before, after }, operation) => {
          const { nl, en } = definition.describe({
            operation,
            before: operation === "create" ? undefined : before,
            after: operation === "delete" ? undefined : after,
            changedPaths: [...differences(before, after, definition).keys()],
          });
          for (const sentence of [nl, en]) expect(sentence).not.toMatch(NOTHING_HAPPENS);
        },
      ),
      { numRuns: RUNS, seed },
    );
  });
});
