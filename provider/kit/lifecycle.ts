/**
 * What happens to one resource in its life (check, diff, create, read, update, delete), on plain values.
 * Knows the definition and nothing of gRPC; the server translates.
 */
import { z } from "zod";
import type { CheckFailure, ResourceContext, ResourceDefinition } from "./define.ts";
import { differences, isObject, topLevelKey } from "./diff.ts";
import type { Differences } from "./diff.ts";
import { isNoChange } from "./equivalence.ts";
import type { Decoded, Properties } from "./values.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";

/** The service knows nothing of an object that the state holds. */
class ResourceGoneError extends Error {
  readonly code = "resource-gone";
  readonly hint =
    "Run `tenantry status <tenant>` to see what differs; the next plan makes it again.";
  constructor(token: string, id: string) {
    super(`${token} ${id} no longer exists in the tenant`);
    this.name = "ResourceGoneError";
  }
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/** Validates and normalises what was declared; an unknown is accepted where the finished value will be checked. */
export function check(
  definition: ResourceDefinition,
  news: Decoded,
  olds: Properties | undefined,
): Checked {
  const parsed = definition.inputs.safeParse(news.values);
  if (parsed.success) {
    const previous = olds === undefined ? undefined : definition.inputs.safeParse(olds).data;
    const failures =
      news.unknownKeys.size === 0 ? (definition.validate?.(parsed.data, previous) ?? []) : [];
    return { inputs: inOldOrder(definition, parsed.data, olds), failures };
  }
  const failures = parsed.error.issues
    .filter((issue) => !news.unknownKeys.has(String(issue.path[0])))
    .map((issue) => ({ property: z.core.toDotPath(issue.path), reason: issue.message }));
  if (failures.length > 0) return { inputs: news.values, failures };
  return { inputs: inOldOrder(definition, checkKnown(definition, news), olds), failures: [] };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Puts what has no order into the order of the state, whoever wrote it, so that another order is no change. */
function inOldOrder(
  definition: ResourceDefinition,
  inputs: Properties,
  olds: Properties | undefined,
): Properties {
  const sorted = (definition.unordered ?? []).flatMap((key) => {
    const [before, now]: [unknown, unknown] = [olds?.[key], inputs[key]];
    if (!isList(before) || !isList(now)) return [];
    const kept = before.filter((item) => now.includes(item));
    return [[key, [...kept, ...now.filter((item) => !before.includes(item))]] as const];
  });
  return { ...inputs, ...Object.fromEntries<unknown>(sorted) };
}

/** Normalises the known keys when a key with an unknown inside does not fit the schema yet. */
function checkKnown(definition: ResourceDefinition, news: Decoded): Properties {
  const isKnown = ([key]: [string, unknown]): boolean => !news.unknownKeys.has(key);
  const shape = Object.entries(definition.inputs.shape);
  const known = z.strictObject(Object.fromEntries(shape.filter(isKnown)));
  const unknown = Object.entries(news.values).filter((entry) => !isKnown(entry));
  const values = Object.entries(news.values).filter(isKnown);
  return { ...known.parse(Object.fromEntries(values)), ...Object.fromEntries(unknown) };
}

export interface Difference {
  readonly paths: Differences;
  /** Paths that force a new object. */
  readonly replaces: ReadonlySet<string>;
}

export function diff(
  definition: ResourceDefinition,
  versions: {
    oldInputs: Properties;
    /** Only where the definition has `filledIn`. */
    oldOutputs?: Properties;
    news: Properties;
    ignoreChanges: readonly string[];
  },
): Difference {
  // A default or normal form that came later, or another plugin's way of writing, is no change.
  const olds = definition.inputs.safeParse(versions.oldInputs).data ?? versions.oldInputs;
  const all = differences(olds, versions.news);
  const declarations = { olds, oldOutputs: versions.oldOutputs ?? {}, news: versions.news };
  const falses: ReadonlySet<string> = new Set(definition.falseWhenAbsent);
  const ignored = new Set(versions.ignoreChanges.map(topLevelKey));
  const isAbsence = (path: string): boolean =>
    falses.has(path) && (olds[path] ?? false) === (versions.news[path] ?? false);
  const paths = new Map(
    [...all].filter(
      (one) =>
        !ignored.has(topLevelKey(one[0])) &&
        !isAbsence(one[0]) &&
        !isNoChange(definition, one, declarations),
    ),
  );
  const forcing: ReadonlySet<string> = new Set(definition.replaceOn);
  const replaces = new Set([...paths.keys()].filter((path) => forces(path, forcing)));
  return { paths, replaces };
}

/** An object that cannot become another one (a place by addresses, by countries) can still change inside. */
function forces(path: string, forcing: ReadonlySet<string>): boolean {
  const key = topLevelKey(path);
  return forcing.has(key) && !path.startsWith(`${key}.`);
}

/** What a preview promises of a new object: its inputs, and unknowns for what the service will surely add. */
export function previewCreate(definition: ResourceDefinition, inputs: Properties): Properties {
  const assigned = Object.entries(definition.outputs.shape)
    .filter(([, schema]) => !z.safeParse(schema, undefined).success)
    .map(([key]): [string, unknown] => [key, UNKNOWN]);
  return { ...Object.fromEntries(assigned), ...inputs };
}

/** What a preview promises of a changed object: its new inputs; what the service assigned stays. */
export function previewUpdate(
  definition: ResourceDefinition,
  news: Properties,
  olds: Properties,
): Properties {
  return { ...pick(olds, Object.keys(definition.outputs.shape)), ...news };
}

/** The state of an object: what the service added, and what was declared, which wins, part by part. */
function stateOf(
  definition: ResourceDefinition,
  { id, outputs }: { id: string; outputs: unknown },
  inputs: Properties,
): Properties {
  // Where the state must be readable by a bridged plugin, the id is one of its properties.
  const own = "__meta" in definition.outputs.shape ? { id } : {};
  return { ...merged(definition.outputs.parse(outputs), inputs), ...own };
}

function merged(outputs: Properties, inputs: Properties): Properties {
  const declared = Object.entries(inputs).map(([key, value]): [string, unknown] => {
    const own = outputs[key];
    return [key, isObject(own) && isObject(value) ? merged(own, value) : value];
  });
  return { ...outputs, ...Object.fromEntries(declared) };
}

export async function create(
  definition: ResourceDefinition,
  context: ResourceContext,
  inputs: Properties,
): Promise<{ id: string; state: Properties }> {
  const wanted = definition.inputs.parse(inputs);
  const result = await definition.reconcile(context, {
    wanted,
    previous: undefined,
    observed: undefined,
  });
  return { id: result.id, state: stateOf(definition, result, wanted) };
}

export async function update(
  definition: ResourceDefinition,
  context: ResourceContext,
  change: { id: string; news: Properties; oldInputs: Properties },
): Promise<Properties> {
  const wanted = definition.inputs.parse(change.news);
  const previous = definition.inputs.parse(change.oldInputs);
  const observed = await definition.read(context, { id: change.id, previous });
  if (observed === undefined) throw new ResourceGoneError(definition.token, change.id);
  const result = await definition.reconcile(context, { wanted, previous, observed });
  return stateOf(definition, result, wanted);
}

/**
 * The live object for a refresh (inputs are known) or an import (they are not). At a refresh, inputs that
 * were not declared stay undeclared, so that what nobody manages never shows up as drift.
 */
export async function read(
  definition: ResourceDefinition,
  context: ResourceContext,
  query: { id: string; oldInputs: Properties | undefined },
): Promise<{ id: string; inputs: Properties; state: Properties } | undefined> {
  const oldInputs =
    query.oldInputs !== undefined && Object.keys(query.oldInputs).length > 0
      ? query.oldInputs
      : undefined;
  const previous = oldInputs === undefined ? undefined : definition.inputs.parse(oldInputs);
  const observed = await definition.read(context, { id: query.id, previous });
  if (observed === undefined) return undefined;
  const seen: Properties = definition.inputs.parse(observed.inputs);
  const turnedOn = (definition.falseWhenAbsent ?? []).filter((key) => seen[key] === true);
  const inputs =
    previous === undefined
      ? seen
      : {
          ...pick(seen, [...Object.keys(previous), ...turnedOn]),
          ...pick(previous, definition.writeOnly ?? []),
        };
  return { id: observed.id, inputs, state: stateOf(definition, observed, inputs) };
}

export async function remove(
  definition: ResourceDefinition,
  context: ResourceContext,
  target: { id: string; oldInputs: Properties },
): Promise<void> {
  const previous = definition.inputs.parse(target.oldInputs);
  await definition.remove(context, { id: target.id, previous });
}

function pick(from: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  );
}
