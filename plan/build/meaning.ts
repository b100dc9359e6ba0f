/** What a change means to people: names, a sentence, how serious it is. */
import { nounOf } from "../../core/nouns.ts";
import type { Operation } from "../../core/nouns.ts";
import { liftsProtection } from "../guards/protection.ts";
import type { Change, Describe, Description, StructureChange } from "../model/model.ts";
import { bagForDescribe, fromEngine } from "./engine-values.ts";
import {
  fallbackDescription,
  forgetDescription,
  optionsDescription,
  releaseDescription,
  unfinishedDescription,
} from "./fallback-description.ts";
import { objectIdentifiers, objectName } from "./object-name.ts";
import { withPerson } from "./person-names.ts";
import type { Names } from "./person-names.ts";
import type { ResourceStep } from "./steps.ts";

export type Meaning = Pick<
  Change,
  "name" | "identifiers" | "section" | "description" | "severity" | "affected"
> &
  Partial<Pick<Change, "commitment" | "cost">>;

interface MeaningContext {
  readonly describe: Describe;
  /** What was read of a list that becomes managed. */
  readonly found: Readonly<Record<string, unknown>> | undefined;
  /** Names of people by object id, and those whom the declaration means, by property. */
  readonly names: Names;
}

export function meaningOf(
  step: ResourceStep,
  resource: StructureChange,
  { describe, found, names }: MeaningContext,
): Meaning {
  const known = step.before?.inputs ?? found;
  const before = known && withPerson(bagForDescribe(fromEngine(known)), names.people);
  const declared =
    step.after &&
    withPerson(bagForDescribe(fromEngine(step.after.inputs)), names.people, names.declared);
  // What is released stays as it is.
  const released = resource.properties
    .filter(({ kind }) => kind === "released")
    .map(({ path }) => [path, before?.[path]] as const);
  const after = declared && { ...declared, ...Object.fromEntries(released) };
  const name = objectName(step, after ?? before ?? {});
  const describeAs = (operation: Exclude<Operation, "forget">): Description =>
    describe({
      type: step.type,
      operation,
      before: operation === "create" ? undefined : before,
      after,
      changedPaths: changedPaths(step, resource),
    }) ?? fallbackDescription(operation, { name, type: step.type });
  const description = describedAs(step, {
    resource,
    name,
    describeAs,
    isThere: found !== undefined,
  });
  return {
    name,
    identifiers: objectIdentifiers(step.type, [step.before, step.after]),
    section: description.section,
    description: { nl: description.nl, en: description.en },
    severity: description.severity,
    affected: [...description.affected],
    ...(description.commitment === undefined ? {} : { commitment: { ...description.commitment } }),
    ...(description.cost === undefined ? {} : { cost: { ...description.cost } }),
  };
}

interface Describing {
  readonly resource: StructureChange;
  readonly name: string;
  readonly describeAs: (operation: Exclude<Operation, "forget">) => Description;
  /** Whether it has something in it already, as a list that becomes managed may. */
  readonly isThere: boolean;
}

function describedAs(
  step: ResourceStep,
  { resource, name, describeAs, isThere }: Describing,
): Description {
  const { type, properties, optionChanges } = resource;
  const noun = nounOf(type);
  if (step.operation === "forget") {
    const { section } = describeAs("delete");
    return noun?.list === undefined
      ? forgetDescription({ section, name })
      : releaseDescription({ section, name, paths: [noun.list.key], isSensitive: true });
  }
  const unprotected = liftsProtection(resource);
  const released = properties.filter(({ kind }) => kind === "released").map(({ path }) => path);
  const isSensitive = released.some((path) => noun?.guarded?.includes(path));
  const isReleaseOnly = released.length > 0 && released.length === properties.length;
  if (resource.operation === "update" && optionChanges.length === 0 && isReleaseOnly) {
    const { section } = describeAs("update");
    return releaseDescription({ section, name, paths: released, isSensitive });
  }
  if (step.operation === "same")
    return optionsDescription(describeAs("update"), { name, unprotected });
  if (step.operation === "adopt" && properties.length > 0)
    return adoptedAndChanged(describeAs("adopt"), describeAs("update"));
  const description = describeAs(
    step.operation === "create" && isThere ? "update" : step.operation,
  );
  const isUnfinished = properties.length === 0 && optionChanges.length === 0;
  if (step.operation === "update" && isUnfinished && resource.formerUrn === undefined)
    return unfinishedDescription(description, name);
  // A protection that goes is never routine, whatever else changes with it; nor is what guards a person.
  if (!(unprotected || isSensitive) || description.severity !== "routine") return description;
  return { ...description, severity: "sensitive" };
}

/** With both sentences, as grave as the change. */
const adoptedAndChanged = (adoption: Description, change: Description): Description => ({
  ...change,
  nl: `${adoption.nl}. ${change.nl}`,
  en: `${adoption.en}. ${change.en}`,
});

function changedPaths(
  { operation, detailedDiff }: ResourceStep,
  { properties }: StructureChange,
): string[] {
  if (operation === "create" || operation === "delete" || operation === "forget") return [];
  const released = new Set(
    properties.filter(({ kind }) => kind === "released").map(({ path }) => path),
  );
  const detailed = Object.keys(detailedDiff);
  const paths = detailed.length > 0 ? detailed : properties.map(({ path }) => path);
  return paths.filter((path) => !released.has(path.split(/[.[]/)[0] ?? ""));
}
