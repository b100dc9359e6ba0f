/** What a step does to the properties of its resource: the value before and after, and what is released. */
import { nounOf } from "../../core/nouns.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { PropertyChange } from "../model/model.ts";
import { differences, propertyChange } from "./differences.ts";
import type { Subject } from "./differences.ts";
import { fromEngine, isSecret, isUnknown, overlaps, valueAt } from "./engine-values.ts";
import type { Bag, Value } from "./engine-values.ts";
import type { ResourceStep } from "./steps.ts";

/** @param found what was read of the object, where something of it becomes managed */
export function propertyChanges(
  step: ResourceStep,
  subject: Subject,
  found: Readonly<Record<string, unknown>> | undefined,
): PropertyChange[] {
  const before = fromEngine(step.before?.inputs ?? {});
  const after = fromEngine(step.after?.inputs ?? {});
  const outputs = fromEngine(step.before?.outputs ?? {});
  const declared = differences(before, after, subject);
  const shown = reportedChanges(step, { before, after, outputs, declared, subject });
  const known = found === undefined ? { bag: outputs } : { bag: fromEngine(found), isRead: true };
  return [...declared, ...shown]
    .map((property) => {
      if (isReleased(step, property, subject)) return release(property);
      if (property.kind !== "added" || !isManagedFromNow(step)) return property;
      return withBase(property, { known, after, subject });
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

interface Versions {
  readonly before: Bag;
  readonly after: Bag;
  readonly outputs: Bag;
  readonly declared: readonly PropertyChange[];
  readonly subject: Subject;
}

/** What the provider found different besides the inputs: secrets, drifted outputs. */
function reportedChanges(
  step: ResourceStep,
  { before, after, outputs, declared, subject }: Versions,
): PropertyChange[] {
  const reported: Record<string, { readonly inputDiff: boolean }> = { ...step.detailedDiff };
  for (const key of step.diffs) {
    if (!Object.keys(reported).some((path) => overlaps(path, key)))
      reported[key] = { inputDiff: true };
  }
  const hidden = Object.entries(reported).filter(
    ([path]) => !declared.some((difference) => overlaps(difference.path, path)),
  );
  return hidden.flatMap(([path, { inputDiff }]) => {
    const pair = {
      before: valueAt(inputDiff ? before : outputs, path),
      after: valueAt(after, path),
      path,
    };
    if (isSecret(pair.before) || isSecret(pair.after)) return propertyChange(pair, subject) ?? [];
    // The declared inputs are equal, so the difference is between the live object and the declaration.
    const drifted = { ...pair, before: valueAt(outputs, path) };
    const [one, other] = [{ value: drifted.before ?? null }, { value: pair.after ?? null }];
    const change = propertyChange(drifted, subject);
    if (change !== undefined && differences(one, other).length > 0) return change;
    throw unexplained(step, path);
  });
}

const isTopLevel = (path: string): boolean => !/[.[]/.test(path);

/** A key that a declaration leaves out; inside an object that is declared, everything is. */
function isReleased(
  { operation, type }: ResourceStep,
  { kind, path }: PropertyChange,
  { grain }: Subject,
): boolean {
  if (kind !== "removed") return false;
  if (operation === "forget") return true;
  // A release makes no difference to a provider, so the engine may report the step as unchanged.
  const isKept = operation === "update" || operation === "same";
  return isKept && isTopLevel(path) && grain.isReleasable({ type, path });
}

/** Nothing of it comes or goes. */
function release({ elements, kept = 0, ...property }: PropertyChange): PropertyChange {
  if (elements === undefined) return { ...property, kind: "released" };
  return { ...property, kind: "released", elements: [], kept: kept + elements.length };
}

/** Whether a key that is added may have a value already: on what exists, and for a list of what exists. */
function isManagedFromNow({ operation, type, after }: ResourceStep): boolean {
  if (operation === "update" || operation === "same") return true;
  if (operation !== "create" || nounOf(type)?.list === undefined) return false;
  return !Object.values(fromEngine(after?.inputs ?? {})).some(isUnknown);
}

/**
 * The base of a key that becomes managed: what was read of it, or what the state has. Where it has nothing, nobody
 * has looked.
 */
function withBase(
  property: PropertyChange,
  from: Pick<Versions, "after" | "subject"> & {
    readonly known: { readonly bag: Bag; readonly isRead?: boolean };
  },
): PropertyChange {
  const { path } = property;
  const { known, after, subject } = from;
  // Of what no service gives back, the declaration is all there is.
  if (subject.grain.kindOf({ type: subject.type, path }) === "write-only") return property;
  const before = isTopLevel(path) ? known.bag[path] : undefined;
  if (before === undefined || isNothing(before))
    return known.isRead === true ? property : { ...property, unread: true };
  const change = propertyChange({ before, after: valueAt(after, path), path }, subject);
  const same = { ...property, elements: [], kept: property.elements?.length ?? 0 };
  return { ...(change ?? same), kind: "added" };
}

const isNothing = (value: Value): boolean =>
  value === null ||
  value === "" ||
  isUnknown(value) ||
  (Array.isArray(value) && value.length === 0);

export function unexplained(step: ResourceStep, what: string): ExpectedError {
  return new ExpectedError(
    "unexplained-difference",
    `The provider reports ${what} of ${step.urn} as different but does not show how.`,
    { hint: "Refresh the state of the stack and plan again." },
  );
}
