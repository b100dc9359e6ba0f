/**
 * What happens to one resource in its life (check, diff, create, read, update, delete), on plain values.
 * Knows the definition and nothing of gRPC; the server translates.
 */
import { z } from "zod";
import { isRequestError } from "../../services/index.ts";
import type { Acceptance } from "./accepted.ts";
import { pick, refreshed } from "./as-declared.ts";
import { carryOver } from "./carry-over.ts";
import type { CheckFailure, Observed, ResourceContext, ResourceDefinition } from "./define.ts";
import { differences, topLevelKey } from "./diff.ts";
import type { Differences } from "./diff.ts";
import { isNoChange } from "./equivalence.ts";
import { baseMoved, otherObject, RefusedError, ResourceGoneError } from "./refusal.ts";
import { elementsOf, identified, isReleasable } from "./grain.ts";
import { isObject } from "./values.ts";
import type { Decoded, Properties } from "./values.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { en } from "../../core/i18n/phrases.ts";

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
    const previous =
      olds === undefined
        ? undefined
        : definition.inputs.safeParse(inTodaysForm(definition, olds)).data;
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

/** Puts what has no order into the order of the state, whoever wrote it, so that order is not a change. */
function inOldOrder(
  definition: ResourceDefinition,
  inputs: Properties,
  olds: Properties | undefined,
): Properties {
  const unordered = [...(definition.unordered ?? []), ...Object.keys(definition.elementKeys ?? {})];
  const sorted = unordered.flatMap((key) => {
    const [before, now]: [unknown, unknown] = [olds?.[key], inputs[key]];
    if (!Array.isArray(before) || !Array.isArray(now)) return [];
    const old = elementsOf(definition, key, before);
    const elements = elementsOf(definition, key, now);
    if (old === undefined || elements === undefined) return [];
    const keys = [...old.keys(), ...elements.keys()].filter((one) => elements.has(one));
    return [[key, [...new Set(keys)].map((one) => elements.get(one))] as const];
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

const inTodaysForm = (definition: ResourceDefinition, inputs: Properties): Properties =>
  definition.earlier?.(inputs) ?? inputs;

/** Inputs of a state, also one of an earlier version. */
export const previousInputs = (definition: ResourceDefinition, inputs: Properties): Properties =>
  definition.inputs.parse(inTodaysForm(definition, inputs));

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
  // A default or normal form that came later, or another plugin's spelling, is not a change.
  const declared = inTodaysForm(definition, versions.oldInputs);
  const parsed = definition.inputs.safeParse(declared).data ?? declared;
  const olds = identified(definition, parsed, versions.news);
  const news = identified(definition, versions.news, parsed);
  const all = differences(olds, news, definition);
  const declarations = { olds, oldOutputs: versions.oldOutputs ?? {}, news };
  const falses: ReadonlySet<string> = new Set(definition.falseWhenAbsent);
  const ignored = new Set(versions.ignoreChanges.map(topLevelKey));
  const isAbsence = (path: string): boolean =>
    falses.has(path) && (olds[path] ?? false) === (news[path] ?? false);
  const paths = new Map(
    [...all].filter(
      (one) =>
        !ignored.has(topLevelKey(one[0])) &&
        !isAbsence(one[0]) &&
        !(one[1] === "delete" && isReleasable(definition, one[0])) &&
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
export function stateOf(
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
  {
    inputs,
    base,
  }: {
    readonly inputs: Properties;
    /** A list that is there already, and from which an approved change starts. */
    readonly base?: { readonly id: string; readonly inputs: Properties } | undefined;
  },
): Promise<{ id: string; state: Properties }> {
  if (base !== undefined) {
    const change = { id: base.id, news: inputs, oldInputs: base.inputs };
    return { id: base.id, state: await update(definition, context, change) };
  }
  const wanted = definition.inputs.parse(inputs);
  const result = await definition.reconcile(context, {
    wanted,
    declared: wanted,
    previous: undefined,
    observed: undefined,
    state: {},
  });
  return { id: result.id, state: stateOf(definition, result, wanted) };
}

/**
 * Writes the approved difference (old inputs → news) to the object that is meant, and nothing else.
 * @throws ResourceGoneError
 * @throws RefusedError `other-object`, `base-moved`
 */
export async function update(
  definition: ResourceDefinition,
  context: ResourceContext,
  change: {
    readonly id: string;
    readonly news: Properties;
    readonly oldInputs: Properties;
    readonly oldOutputs?: Properties;
    /** Its creation did not come to an end: nothing says that what was declared then is there. */
    readonly isUnfinished?: boolean;
  },
): Promise<Properties> {
  const wanted = definition.inputs.parse(change.news);
  const before = identified(definition, previousInputs(definition, change.oldInputs), wanted);
  const { paths } = diff(definition, { oldInputs: before, news: wanted, ignoreChanges: [] });
  // Without a difference the engine only comes here to repeat an interrupted creation.
  const isUnfinished = change.isUnfinished === true || paths.size === 0;
  const known = knownOf(definition, { before, wanted, outputs: change.oldOutputs ?? {} });
  const intended = { id: change.id, before, known, wanted, isUnfinished };
  const { observed, target } = await startingPoint(definition, context, intended);
  const result = await definition.reconcile(context, {
    wanted: target,
    declared: wanted,
    previous: isUnfinished ? undefined : before,
    observed,
    state: change.oldOutputs ?? {},
  });
  return stateOf(definition, result, wanted);
}

/** Where what becomes managed starts: what the state has of it, null where the service said that there is nothing. */
function knownOf(
  definition: ResourceDefinition,
  versions: {
    readonly before: Properties;
    readonly wanted: Properties;
    readonly outputs: Properties;
  },
): Properties {
  const { before, wanted, outputs } = versions;
  const isKnown = (key: string): boolean => !(key in before) && key in definition.outputs.shape;
  const known = Object.keys(wanted).filter(isKnown);
  return Object.fromEntries(known.map((key) => [key, outputs[key] ?? null]));
}

/** How long an objection must stand before it counts: a replica may still show what was there before our own write. */
const REPLICA_DEADLINE_MS = 20_000;

/** One look at a live object, and what forbids to write to it. */
interface Look {
  readonly objection?: RefusedError | undefined;
}

/** Looks again while there is an objection, and refuses when it stays. */
async function unopposed<T extends Look>(
  context: ResourceContext,
  look: () => Promise<T>,
): Promise<T> {
  let last = await look();
  if (last.objection === undefined) return last;
  const again = async (): Promise<T | undefined> => {
    last = await look();
    return last.objection === undefined ? last : undefined;
  };
  const what = "the object to be as planned";
  const wait = { what, deadlineMs: REPLICA_DEADLINE_MS, signal: context.signal };
  try {
    return await context.service.waitUntil(again, wait);
  } catch (error) {
    throw isRequestError(error, "deadline-exceeded") ? last.objection : error;
  }
}

interface Intended {
  readonly id: string;
  readonly before: Properties;
  readonly known: Properties;
  readonly wanted: Properties;
  readonly isUnfinished: boolean;
}

/**
 * Reads once more just before a write: refuses another object, and paths that are neither where the plan starts nor
 * where it leads.
 */
function startingPoint(
  definition: ResourceDefinition,
  context: ResourceContext,
  { id, before, known, wanted, isUnfinished }: Intended,
): Promise<{ observed: Observed<Properties, Properties>; target: Properties }> {
  return unopposed(context, async () => {
    const observed = await definition.read(context, { id, previous: undefined, isFresh: true });
    if (observed === undefined) throw new ResourceGoneError(definition.token, id);
    const { inputs: found } = observed;
    const named = (inputs: Properties): Properties => identified(definition, inputs, found);
    const versions = { previous: named(before), wanted: named(wanted), observed: found };
    const { target, moved } = carryOver(definition, versions, { isUnfinished, known });
    const name = definition.uniqueKey?.(before) ?? id;
    const objection =
      mistaken(definition, observed, [before, wanted]) ??
      (moved.length === 0 ? undefined : baseMoved(name, moved));
    return { observed, target, objection };
  });
}

/**
 * The refusal to write to another object than the one that is meant: the same id under another key.
 * @param meant as declared before, and now: a rename may have been written before a death
 */
function mistaken(
  definition: ResourceDefinition,
  observed: Observed<Properties, Properties>,
  meant: readonly [before: Properties, now?: Properties],
): RefusedError | undefined {
  const keyOf = (inputs: Properties | undefined): string | undefined =>
    inputs && definition.uniqueKey?.(inputs);
  const [expected, ...others] = meant.map(keyOf);
  const found = keyOf(observed.inputs);
  if (found === undefined || expected === undefined) return undefined;
  if ([expected, ...others].includes(found)) return undefined;
  return otherObject({ id: observed.id, found, expected });
}

/**
 * The live object for a refresh (inputs are known) or an import (they are not). At a refresh, inputs that
 * were not declared stay undeclared, so that what nobody manages never shows up as drift.
 */
export async function read(
  definition: ResourceDefinition,
  context: ResourceContext,
  query: {
    readonly id: string;
    readonly oldInputs: Properties | undefined;
    readonly acceptances?: readonly Acceptance[];
  },
): Promise<{ id: string; inputs: Properties; state: Properties } | undefined> {
  const { id, oldInputs = {}, acceptances = [] } = query;
  const isImport = Object.keys(oldInputs).length === 0;
  const previous = isImport ? undefined : previousInputs(definition, oldInputs);
  const observed = await definition.read(context, { id, previous });
  if (observed === undefined) return undefined;
  const inputs =
    previous === undefined
      ? importable(definition, observed.inputs)
      : refreshed(definition, { found: observed.inputs, previous }, acceptances);
  return { id: observed.id, inputs, state: stateOf(definition, observed, inputs) };
}

/** @throws RefusedError `cannot-import` where the service does not know all that has to be declared */
function importable(definition: ResourceDefinition, found: Properties): Properties {
  const parsed = definition.inputs.safeParse(found);
  if (parsed.success) return parsed.data;
  const missing = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  throw new RefusedError({
    code: "cannot-import",
    message: `${en.list([...missing])} of ${definition.token} cannot be read from the service`,
    hint: "Declare it in the tenant file instead of importing it.",
  });
}

export async function remove(
  definition: ResourceDefinition,
  context: ResourceContext,
  target: { id: string; oldInputs: Properties },
): Promise<void> {
  const { id } = target;
  const previous = previousInputs(definition, target.oldInputs);
  if (definition.uniqueKey !== undefined) {
    const { observed } = await unopposed(context, async () => {
      const found = await definition.read(context, { id, previous: undefined, isFresh: true });
      const objection = found && mistaken(definition, found, [previous]);
      return { observed: found, objection };
    });
    if (observed === undefined) return;
  }
  await definition.remove(context, { id, previous });
}
