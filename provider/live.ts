/**
 * The live objects behind a plan, for the check before its first write: read by their own definitions, and compared
 * with what the plan starts from by the same rules by which an update writes.
 */
import { definitionOf } from "./catalogue.ts";
import { carryOver } from "./kit/carry-over.ts";
import type { MovedPath, Versions } from "./kit/carry-over.ts";
import { contextOf } from "./kit/connection.ts";
import type { Connection } from "./kit/connection.ts";
import type { ResourceContext } from "./kit/define.ts";
import * as grain from "./kit/grain.ts";
import { isReleasable as isReleasableKey, previousInputs } from "./kit/lifecycle.ts";
import type { Properties } from "./kit/values.ts";

/**
 * What tells an element of the list at `path` (a dotted path without indexes) from the others; undefined where the
 * list is one value, or nobody here serves the type.
 */
export function elementKey(type: string, path: string, element: unknown): string | undefined {
  const definition = definitionOf(type);
  return definition && grain.elementKey(definition, path, element);
}

/**
 * What a path of the inputs is: a value of the tenant; an annotation, which only names something for people; or
 * write-only, which no service gives back, so that it has no base that could be looked at.
 */
export function kindOfPath(type: string, path: string): "value" | "annotation" | "write-only" {
  const definition = definitionOf(type);
  if (definition === undefined) return "value";
  if (grain.isAnnotation(definition, path)) return "annotation";
  const [key = path] = path.split(/[.[]/);
  return definition.writeOnly?.includes(key) === true ? "write-only" : "value";
}

/** Whether leaving the key out lets go of it; otherwise that means a value, or another object. */
export function isReleasable(type: string, path: string): boolean {
  const definition = definitionOf(type);
  return definition === undefined || isReleasableKey(definition, path);
}

/** Whether what was found says the same to the service as what was planned, or is enough where more may be there. */
export function isSame(
  type: string,
  path: string,
  { planned, found }: { readonly planned: unknown; readonly found: unknown },
): boolean {
  const definition = definitionOf(type);
  const isMinimum = definition?.minimums?.includes(path) === true;
  if (isMinimum && Number(found) >= Number(planned)) return true;
  return grain.isSameValue(definition ?? {}, path, [planned, found]);
}

export interface LiveObject {
  readonly id: string;
  /** What no other object of its type has: a name or address. The id where that is one. */
  readonly key: string;
  /** Everything that the service has of it, as it could be declared; nothing that is write-only. */
  readonly inputs: Properties;
}

/**
 * The object as the service has it now, from no listing and not shaped by what was declared; undefined when it does
 * not exist. Ask for many at once: Graph is asked for twenty in one request.
 */
export async function readLive(
  object: {
    readonly type: string;
    readonly id: string;
    /** As declared: a backup is asked for these names. */
    readonly inputs: Properties;
  },
  connection: Connection,
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<LiveObject | undefined> {
  const definition = definitionOf(object.type);
  if (definition === undefined) throw notServed(object.type);
  const found = await definition.read(reading(connection, signal), {
    id: object.id,
    previous: previousInputs(definition, object.inputs),
    isFresh: true,
  });
  if (found === undefined) return undefined;
  const hidden: ReadonlySet<string> = new Set(definition.writeOnly);
  const readable = Object.entries(found.inputs).filter(([key]) => !hidden.has(key));
  return {
    id: found.id,
    key: definition.uniqueKey?.(found.inputs) ?? found.id,
    inputs: Object.fromEntries(readable),
  };
}

/** The unique key that these inputs ask for; undefined where the id is the key, or the service makes one. */
export const uniqueKey = (type: string, inputs: Properties): string | undefined =>
  definitionOf(type)?.uniqueKey?.(inputs);

/**
 * Id of the object that has the unique key of these inputs already; undefined when the key is free, or when this is
 * no object of its own (a membership, an assignment).
 */
export async function findByKey(
  type: string,
  inputs: Properties,
  connection: Connection,
): Promise<string | undefined> {
  const definition = definitionOf(type);
  if (definition === undefined) throw notServed(type);
  const context = reading(connection, new AbortController().signal);
  return await definition.findByKey?.(context, definition.inputs.parse(inputs));
}

/**
 * Planned paths of an update (previous → wanted) that somebody else has changed since: neither where the plan starts
 * nor where it leads. What differs elsewhere is not among them.
 */
export function movedPaths(type: string, versions: Versions<Properties>): readonly MovedPath[] {
  const definition = definitionOf(type);
  if (definition === undefined) throw notServed(type);
  const { previous, wanted, observed } = versions;
  const known = (inputs: Properties): Properties => grain.identified(definition, inputs, observed);
  return carryOver(definition, {
    previous: previous && known(previous),
    wanted: known(wanted),
    observed,
  }).moved;
}

const notServed = (type: string): Error => new Error(`Nobody here serves ${type}`);

function reading(connection: Connection, signal: AbortSignal): ResourceContext {
  return contextOf(connection, { signal, created: () => undefined });
}
