/** What a read-back found: objects that differ in the tenant from what was applied, in the terms of a plan. */
import type { Text } from "../../core/language.ts";
import { nounOf, ownerOfList, typesOf } from "../../core/nouns.ts";
import { keyOfUrn, nameOfUrn, resourceKey } from "../../core/urn.ts";
import type { Section } from "../../core/nouns.ts";
import { byText } from "../model/counts.ts";
import type { PropertyChange } from "../model/model.ts";
import type { Catalogue } from "./declarations.ts";
import { differences } from "./differences.ts";
import { bagForDescribe, fromEngine } from "./engine-values.ts";
import { readEngineLog } from "./engine-events.ts";
import type { EngineStep } from "./engine-events.ts";
import { fallbackDescription } from "./fallback-description.ts";
import { objectName } from "./object-name.ts";
import { peopleInState, withNames } from "./person-names.ts";

/** One object that somebody or something else changed. */
export interface Drift {
  readonly urn: string;
  /** Under which the state has it. */
  readonly id: string;
  readonly type: string;
  readonly section: Section;
  /** What people call the object. */
  readonly name: string;
  readonly kind: "changed" | "gone";
  /** `before`: as it was applied; `after`: as the tenant holds it. Empty for what is gone. */
  readonly properties: readonly PropertyChange[];
  /** One sentence on what happened. */
  readonly description: Text;
}

export interface ReadBack {
  /** Objects that were read, without the program's own scaffolding. */
  readonly objects: number;
  /** Under which the state has them, also of those that are gone. */
  readonly ids: readonly string[];
  /** Sorted by URN. */
  readonly drift: readonly Drift[];
}

/** @throws ExpectedError `preview-incomplete` when the log has gaps or holds what is not understood. */
export function readBackFromEngineEvents(
  events: readonly unknown[],
  catalogue: Pick<Catalogue, "describe" | "grain">,
): ReadBack {
  const log = readEngineLog(events);
  const people = peopleInState(log.outcomes);
  const drift = log.outcomes
    .flatMap((outcome) => {
      if (isGone(outcome)) return [gone(outcome)];
      return outcome.op === "update" ? [changed(outcome, { ...catalogue, people })] : [];
    })
    .sort((one, other) => byText(one.urn, other.urn));
  const isGoneToo = goneOwnersIn(drift);
  const objects = log.outcomes.filter(({ type }) => nounOf(type) !== undefined);
  const ids = objects.flatMap(({ old, new: now }) => (now ?? old)?.id ?? []);
  return { objects: objects.length, ids, drift: drift.filter((one) => !isGoneToo(one)) };
}

/** Whether it is a list, such as somebody's licences, that went with its owner: that is one thing to say. */
function goneOwnersIn(drift: readonly Drift[]): (one: Drift) => boolean {
  const gone = new Set(drift.filter(({ kind }) => kind === "gone").map(({ urn }) => keyOfUrn(urn)));
  return ({ type, urn, kind }) => {
    const list = nounOf(type)?.list;
    if (list === undefined || kind !== "gone") return false;
    const owner = ownerOfList({ list }, nameOfUrn(urn));
    return typesOf(list.owner).some((kind) => gone.has(resourceKey(kind, owner)));
  };
}

const isGone = ({ op, new: now }: EngineStep): boolean =>
  op === "delete" || (op === "refresh" && !now);

function gone(outcome: EngineStep): Drift {
  const name = objectName(outcome, bagForDescribe(fromEngine(outcome.old?.inputs ?? {})));
  return {
    ...placeOf(outcome, name),
    kind: "gone",
    properties: [],
    description: { nl: `${name} is weg`, en: `${name} is gone` },
  };
}

function changed(
  outcome: EngineStep,
  {
    describe,
    grain,
    people,
  }: Pick<Catalogue, "describe" | "grain"> & { readonly people: ReadonlyMap<string, string> },
): Drift {
  const { type, old, new: now } = outcome;
  const before = fromEngine(old?.inputs ?? {});
  const after = fromEngine(now?.inputs ?? {});
  const subject = { type, grain };
  const declared = differences(before, after, subject);
  // What only the service knows of an object is compared where nothing else differs.
  const found =
    declared.length > 0
      ? declared
      : differences(fromEngine(old?.outputs ?? {}), fromEngine(now?.outputs ?? {}), subject);
  const properties = found.map((property) =>
    withNames(property, { people, declared: [], wanted: after[property.path] }),
  );
  const name = objectName(outcome, bagForDescribe(after));
  const { nl, en } =
    describe({
      type,
      operation: "update",
      before: bagForDescribe(before),
      after: bagForDescribe(after),
      changedPaths: properties.map(({ path }) => path),
    }) ?? fallbackDescription("update", { name, type });
  return {
    ...placeOf(outcome, name),
    kind: "changed",
    properties,
    description: { nl, en },
  };
}

const placeOf = ({ urn, type, old, new: now }: EngineStep, name: string) => ({
  urn,
  id: (now ?? old)?.id ?? "",
  type,
  section: nounOf(type)?.section ?? ("other" as const),
  name,
});
