/** One resource's step as a change of the plan: its properties, its options and what it means to people. */
import { nounOf } from "../../core/nouns.ts";
import type { Json } from "../../core/json.ts";
import { keyOfUrn, urnOfReference } from "../../core/urn.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { removalOf } from "../guards/remove-entries.ts";
import type { Change, ChangeOptions, PropertyChange, StructureChange } from "../model/model.ts";
import type { Catalogue, DeclaredOptions, Declarations } from "./declarations.ts";
import { differences, PLAIN } from "./differences.ts";
import type { Subject } from "./differences.ts";
import type { EngineLog, EngineState } from "./engine-events.ts";
import { fromEngine, isKnown } from "./engine-values.ts";
import type { Bag } from "./engine-values.ts";
import { meaningOf } from "./meaning.ts";
import { withNames } from "./person-names.ts";
import { propertyChanges, unexplained } from "./properties.ts";
import { releaseOf } from "./releases.ts";
import type { ResourceStep } from "./steps.ts";

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
export function changeOf(planned: ResourceStep, context: ChangeContext): ChangeResult {
  const { catalogue, declarations, people } = context;
  const key = keyOfUrn(planned.urn);
  const release =
    planned.operation === "delete" ? releaseOf(planned.urn, declarations.releases) : undefined;
  const step: ResourceStep = release === undefined ? planned : { ...planned, operation: "forget" };
  const isStructure =
    !(step.after ?? step.before)?.custom || step.type.startsWith("pulumi:providers:");
  const subject: Subject = isStructure ? PLAIN : { type: step.type, grain: catalogue.grain };
  const wanted = fromEngine(step.after?.inputs ?? {});
  const found = declarations.found.get(step.urn);
  const properties = [
    ...propertyChanges(step, subject, found),
    ...(isStructure ? outputChanges(step, context.log) : []),
  ].map((property) => {
    const declared = declarations.people.get(key)?.[property.path] ?? [];
    return withNames(property, { people, declared, wanted: wanted[property.path] });
  });
  const optionChanges = optionDifferences(step);
  const nothingDiffers = properties.length === 0 && optionChanges.length === 0;
  const formerUrn = renamedFrom(step);
  if (step.operation === "same" && nothingDiffers && formerUrn === undefined)
    return { kind: isStructure ? "nothing" : "unchanged" };
  // The engine repeats a step that was interrupted after the service had created the object.
  const isRepeated = step.operation === "update" && nothingDiffers && formerUrn === undefined;
  if (isRepeated && step.before?.initErrors.length === 0) throw unexplained(step, "an update");
  const resource: StructureChange = {
    urn: step.urn,
    ...(formerUrn === undefined ? {} : { formerUrn }),
    type: step.type,
    operation: step.operation === "same" ? "update" : step.operation,
    properties,
    options: optionsNow(step, declarations.options.get(key) ?? {}),
    optionChanges,
    base: isStructure ? { key: {} } : baseOf(step),
  };
  refuseUnknowns(resource, catalogue.serviceAssigned);
  // A new name in the program alone means nothing to people.
  if (isStructure || (step.operation === "same" && nothingDiffers))
    return { kind: "structure", change: resource };
  const { describe } = catalogue;
  const names = { people, declared: declarations.people.get(key) ?? {} };
  const change: Change = { ...resource, ...meaningOf(step, resource, { describe, found, names }) };
  const removal = removalOf(change, declarations.guards.remove);
  const recycleBin = step.operation === "create" ? declarations.recycleBin.get(key) : undefined;
  const blockedBecause = blocks(resource) ? declarations.blockReasons.get(key) : undefined;
  return {
    kind: "change",
    change: {
      ...change,
      ...(blockedBecause === undefined ? {} : { blockedBecause }),
      ...(removal === undefined ? {} : { removal }),
      ...(recycleBin === undefined ? {} : { recycleBin }),
      ...(release?.reason === undefined ? {} : { releaseReason: release.reason }),
    },
  };
}

const blocks = ({ properties }: StructureChange): boolean =>
  properties.some(({ path, after }) => path === "accountEnabled" && after === false);

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

const renamedFrom = ({ urn, before }: ResourceStep): string | undefined =>
  before === undefined || before.urn === urn ? undefined : before.urn;

/** The object that the step starts from, by id and by what no other has; what it starts under, where there is none. */
function baseOf({ type, before, after }: ResourceStep): StructureChange["base"] {
  const [property] = nounOf(type)?.unique ?? [];
  const { id, inputs, outputs } = before ?? { id: "", inputs: {}, outputs: {} };
  const state: Readonly<Record<string, unknown>> =
    before === undefined ? (after?.inputs ?? {}) : { ...outputs, ...inputs };
  const value = property === undefined ? undefined : state[property];
  return {
    ...(id === "" || !isKnown(id) ? {} : { id }),
    key:
      property !== undefined && typeof value === "string" && isKnown(value)
        ? { [property]: value }
        : {},
  };
}

/** A property path as the events write it: text, or a list of keys and indexes. */
function pathText(path: Json): string {
  if (typeof path === "string") return path;
  return Array.isArray(path) ? path.map(pathText).join(".") : JSON.stringify(path);
}

const comparable = (state: EngineState): Bag => ({
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
    aliases: [...(declared.aliases ?? [])].sort(),
  };
}

function refuseUnknowns(
  { urn, type, properties }: StructureChange,
  serviceAssigned: Catalogue["serviceAssigned"],
): void {
  const allowed = new Set(serviceAssigned[type] ?? []);
  for (const path of properties.flatMap((property) => property.unknown?.paths ?? [])) {
    if (allowed.has(path)) continue;
    throw new ExpectedError(
      "unknown-value",
      `${path} of ${urn} is not known before apply, and it is not an identifier that the service assigns.`,
      { hint: "Declare the value itself, or take it from an existing object." },
    );
  }
}
