/** One resource's step as a change of the plan: its properties, its options and what it means to people. */
import type { EngineLog, EngineState } from "./engine-events.ts";
import {
  fallbackDescription,
  forgetDescription,
  optionsDescription,
  unfinishedDescription,
} from "./fallback-description.ts";
import type {
  Change,
  ChangeOptions,
  Describe,
  Description,
  PropertyChange,
  StructureChange,
} from "../model/model.ts";
import type { Json } from "../../core/json.ts";
import type { Operation } from "../../core/nouns.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { objectIdentifiers, objectName } from "./object-name.ts";
import { withNames } from "./person-names.ts";
import { removalOf } from "../guards/remove-entries.ts";
import type { Catalogue, DeclaredOptions, Declarations } from "./declarations.ts";
import { keyOfUrn, urnOfReference } from "../../core/urn.ts";
import type { ResourceStep } from "./steps.ts";
import {
  bagForDescribe,
  differences,
  fromEngine,
  isSecret,
  overlaps,
  propertyChange,
  valueAt,
} from "./engine-values.ts";
import type { Bag } from "./engine-values.ts";

export interface ChangeContext {
  readonly log: EngineLog;
  readonly catalogue: Catalogue;
  readonly declarations: Declarations;
  /** Names of the people in the state, by object id. */
  readonly people: ReadonlyMap<string, string>;
}

export type ChangeResult =
  | { readonly kind: "change"; readonly change: Change }
  | { readonly kind: "structure"; readonly change: StructureChange }
  /** A managed object of which nothing differs. */
  | { readonly kind: "unchanged" }
  /** Scaffolding of which nothing differs. */
  | { readonly kind: "nothing" };

/** @throws ExpectedError for a value that may not be unknown, and for a difference that cannot be shown. */
export function changeOf(step: ResourceStep, context: ChangeContext): ChangeResult {
  const { catalogue, declarations } = context;
  const key = keyOfUrn(step.urn);
  const isStructure =
    !(step.after ?? step.before)?.custom || step.type.startsWith("pulumi:providers:");
  const properties = [
    ...propertyChanges(step),
    ...(isStructure ? outputChanges(step, context.log) : []),
  ].map((property) =>
    withNames(property, {
      people: context.people,
      declared: declarations.people.get(key)?.[property.path] ?? [],
    }),
  );
  const optionChanges = optionDifferences(step);
  const nothingDiffers = properties.length === 0 && optionChanges.length === 0;
  if (step.operation === "same" && nothingDiffers)
    return { kind: isStructure ? "nothing" : "unchanged" };
  const unfinished = step.operation === "update" && nothingDiffers;
  // The engine repeats a step that broke off after the service had made the object.
  if (unfinished && step.before?.initErrors.length === 0) throw unexplained(step, "an update");
  const resource: StructureChange = {
    urn: step.urn,
    type: step.type,
    operation: step.operation === "same" ? "update" : step.operation,
    properties,
    options: optionsNow(step, declarations.options.get(key) ?? {}),
    optionChanges,
  };
  refuseUnknowns(resource, catalogue.serviceAssigned);
  if (isStructure) return { kind: "structure", change: resource };
  const change: Change = { ...resource, ...meaning(step, resource, catalogue.describe) };
  const removal = removalOf(change, declarations.guards.remove);
  return { kind: "change", change: removal === undefined ? change : { ...change, removal } };
}

/** What differs between the inputs, and what the provider found different besides (secrets, drifted outputs). */
function propertyChanges(step: ResourceStep): PropertyChange[] {
  const before = fromEngine(step.before?.inputs ?? {});
  const after = fromEngine(step.after?.inputs ?? {});
  const found = differences(before, after);
  const reported: Record<string, { readonly inputDiff: boolean }> = { ...step.detailedDiff };
  for (const key of step.diffs) {
    if (!Object.keys(reported).some((path) => overlaps(path, key)))
      reported[key] = { inputDiff: true };
  }
  const hidden = Object.entries(reported).filter(
    ([path]) => !found.some((difference) => overlaps(difference.path, path)),
  );
  const outputs = fromEngine(step.before?.outputs ?? {});
  const shown = hidden.map(([path, { inputDiff }]) => {
    const pair = {
      before: valueAt(inputDiff ? before : outputs, path),
      after: valueAt(after, path),
      path,
    };
    if (isSecret(pair.before) || isSecret(pair.after)) return propertyChange(pair);
    // The declared inputs are equal, so the difference is between the live object and the declaration.
    const drifted = { ...pair, before: valueAt(outputs, path) };
    if (differences({ value: drifted.before ?? null }, { value: pair.after ?? null }).length > 0) {
      return propertyChange(drifted);
    }
    throw unexplained(step, path);
  });
  return [...found, ...shown].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** A component's outputs are its only content; a provider's repeat its inputs. */
function outputChanges(step: ResourceStep, log: EngineLog): PropertyChange[] {
  if (step.before?.custom === true || step.after?.custom === true) return [];
  const final = log.outcomes.findLast((outcome) => outcome.urn === step.urn);
  const prefixed = (bag: Bag): Bag => ({ outputs: bag });
  return differences(
    prefixed(fromEngine(step.before?.outputs ?? {})),
    prefixed(fromEngine(final?.new?.outputs ?? {})),
  ).map(({ unknown: _unknown, ...difference }) => difference);
}

/** A property path as the events write it: text, or a list of keys and indexes. */
function pathText(path: Json): string {
  if (typeof path === "string") return path;
  return Array.isArray(path) ? path.map(pathText).join(".") : JSON.stringify(path);
}

const comparable = (state: EngineState): Bag => ({
  urn: state.urn,
  parent: state.parent,
  // Without its id, which is new with every first preview.
  provider: urnOfReference(state.provider),
  protect: state.protect,
  retainOnDelete: state.retainOnDelete,
  hideDiffs: state.hideDiffs.map(pathText),
});

/** Options that differ from the state; the engine calls a step that only changes these "same". */
function optionDifferences({ operation, before, after }: ResourceStep): PropertyChange[] {
  if (!before || !after || operation === "adopt") return [];
  return differences(comparable(before), comparable(after));
}

function optionsNow(step: ResourceStep, declared: DeclaredOptions): ChangeOptions {
  const state = step.after ?? step.before;
  return {
    parent: state?.parent ?? "",
    provider: urnOfReference(state?.provider ?? ""),
    protect: state?.protect ?? false,
    retainOnDelete: state?.retainOnDelete ?? false,
    deleteBeforeReplace: declared.deleteBeforeReplace ?? false,
    ...(declared.deletedWith === undefined ? {} : { deletedWith: declared.deletedWith }),
    replaceReasons: [...step.replaceReasons],
    ignoreChanges: [...(declared.ignoreChanges ?? [])].sort(),
    hideDiffs: (state?.hideDiffs ?? []).map(pathText).sort(),
  };
}

function refuseUnknowns(
  { urn, type, properties }: StructureChange,
  serviceAssigned: Catalogue["serviceAssigned"],
): void {
  const allowed = new Set(serviceAssigned[type] ?? []);
  for (const path of properties.flatMap((property) => property.unknown?.paths ?? [])) {
    if (allowed.has(path.replaceAll(/\[\d+\]/g, "[*]"))) continue;
    throw new ExpectedError(
      "unknown-value",
      `${path} of ${urn} is not known before apply, and it is no identifier that the service assigns.`,
      { hint: "Declare the value itself, or take it from something that exists already." },
    );
  }
}

function unexplained(step: ResourceStep, what: string): ExpectedError {
  return new ExpectedError(
    "unexplained-difference",
    `The provider reports ${what} of ${step.urn} as different but does not show how.`,
    { hint: "Refresh the state of the stack and make the plan again." },
  );
}

type Meaning = Pick<
  Change,
  "name" | "identifiers" | "section" | "description" | "severity" | "affected"
> &
  Partial<Pick<Change, "commitment">>;

function meaning(step: ResourceStep, resource: StructureChange, describe: Describe): Meaning {
  const before = step.before && bagForDescribe(fromEngine(step.before.inputs));
  const after = step.after && bagForDescribe(fromEngine(step.after.inputs));
  const name = objectName(step, after ?? before ?? {});
  const describeAs = (operation: Exclude<Operation, "forget">): Description =>
    describe({
      type: step.type,
      operation,
      before: operation === "create" ? undefined : before,
      after,
      changedPaths: changedPaths(step, resource),
    }) ?? fallbackDescription(operation, { name, type: step.type });
  const isUnfinished = step.operation === "update" && changesNothing(resource);
  const description = isUnfinished
    ? unfinishedDescription(describeAs("update"), name)
    : describedAs(step, { resource, name, describeAs });
  return {
    name,
    identifiers: objectIdentifiers(step.type, [step.before, step.after]),
    section: description.section,
    description: { nl: description.nl, en: description.en },
    severity: description.severity,
    affected: [...description.affected],
    ...(description.commitment === undefined ? {} : { commitment: { ...description.commitment } }),
  };
}

const changesNothing = ({ properties, optionChanges }: StructureChange): boolean =>
  properties.length === 0 && optionChanges.length === 0;

interface Describing {
  readonly resource: StructureChange;
  readonly name: string;
  readonly describeAs: (operation: Exclude<Operation, "forget">) => Description;
}

function describedAs(step: ResourceStep, { resource, name, describeAs }: Describing): Description {
  if (step.operation === "forget") return forgetDescription(describeAs("delete"), name);
  const unprotected = resource.optionChanges.some(
    ({ path, after }) => path === "protect" && after === false,
  );
  if (step.operation === "same")
    return optionsDescription(describeAs("update"), { name, unprotected });
  const description = describeAs(step.operation);
  // A protection that goes is never routine, whatever else changes with it.
  if (!unprotected || description.severity !== "routine") return description;
  return { ...description, severity: "sensitive" };
}

const changedPaths = (step: ResourceStep, { properties }: StructureChange): string[] => {
  if (step.operation === "create" || step.operation === "delete" || step.operation === "forget")
    return [];
  const detailed = Object.keys(step.detailedDiff);
  return detailed.length > 0 ? detailed : properties.map(({ path }) => path);
};
