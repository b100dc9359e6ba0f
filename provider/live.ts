/**
 * The live objects behind a plan, for the check before its first write: read by their own definitions, and the rules
 * by which they are compared with what the plan starts from.
 */
import { addDays, dayIn } from "../core/calendar.ts";
import { definitionOf } from "./catalogue.ts";
import { defaultDomain, findAddressHolders } from "./directory/addresses.ts";
import { lastDeleted } from "./kit/bring-back.ts";
import { readingContext } from "./kit/connection.ts";
import type { Connection } from "./kit/connection.ts";
import type { DeletedObject, ResourceDefinition } from "./kit/define.ts";
import type { Grain } from "./kit/grain.ts";
import { elementKey, isAnnotation, isReleasable, isSameValue, isEnough } from "./kit/grain.ts";
import { previousInputs } from "./kit/lifecycle.ts";
import type { Properties } from "./kit/values.ts";

/** A path of a type of resource, such as `grants`, `contract.end` or `grants[*].displayName`. */
interface Place {
  readonly type: string;
  readonly path: string;
}

type Rules = Grain &
  Pick<ResourceDefinition, "falseWhenAbsent" | "filledIn" | "replaceOn" | "writeOnly">;

/** A type that nobody here serves has no rules of its own. */
const rulesOf = ({ type }: Place): Rules => definitionOf(type) ?? { replaceOn: [] };

/** What counts as one thing in the inputs of each type of resource: the rules by which updates are written too. */
export const grain = {
  /** Identity of an element of the list; undefined where the list is one value. */
  elementKey: (list: Place, element: unknown): string | undefined =>
    elementKey(rulesOf(list), list.path, element),
  /**
   * annotation: only names something for people, never a difference; write-only: no service gives it back, so nobody
   * can look where it starts.
   */
  kindOf: (place: Place): "value" | "annotation" | "write-only" => {
    const rules = rulesOf(place);
    if (isAnnotation(rules, place.path)) return "annotation";
    return rules.writeOnly?.includes(place.path) === true ? "write-only" : "value";
  },
  /** Whether leaving the key out lets go of it; otherwise that means a value, and is a change. */
  isReleasable: (place: Place): boolean => isReleasable(rulesOf(place), place.path),
  /** Whether what was found is what was planned; a service may write the same differently, or have more than enough. */
  isAt: (place: Place, { planned, found }: { planned: unknown; found: unknown }): boolean => {
    const rules = rulesOf(place);
    return (
      isEnough(rules, place.path, { planned, found }) ||
      isSameValue(rules, place.path, [planned, found])
    );
  },
};

export interface LiveObject {
  readonly id: string;
  /** What no other object of its type has: a name or address. The id where that is one. */
  readonly key: string;
  /** Everything that the service has of it, as it could be declared; what no service gives back is as it was given. */
  readonly inputs: Properties;
}

/**
 * The object as the service has it now, from no listing and not shaped by what was declared; undefined when it does
 * not exist. Ask for many at once: Graph is asked for twenty in one request.
 * @param object.inputs as declared: a backup is asked for these names, and what cannot be read is taken from here.
 * Left out for a list that nobody has declared yet
 */
export async function readLive(
  object: { readonly type: string; readonly id: string; readonly inputs?: Properties | undefined },
  connection: Connection,
): Promise<LiveObject | undefined> {
  const definition = served(object.type);
  const declared = object.inputs && previousInputs(definition, object.inputs);
  const query = { id: object.id, previous: declared, isFresh: true };
  const found = await definition.read(readingContext(connection), query);
  if (found === undefined) return undefined;
  const unreadable = (definition.writeOnly ?? []).filter((key) => declared?.[key] !== undefined);
  return {
    id: found.id,
    key: definition.uniqueKey?.(found.inputs) ?? found.id,
    inputs: {
      ...found.inputs,
      ...Object.fromEntries(unreadable.map((key) => [key, declared?.[key]])),
    },
  };
}

/** Id of a list that exists with its owner, whether it is managed or not; undefined for everything else. */
export function listIdOf(type: string, inputs: Properties): string | undefined {
  const id = definitionOf(type)?.listId?.(inputs);
  return typeof id === "string" ? id : undefined;
}

/**
 * Id of the object that has the unique key of these inputs already; undefined when the key is free, or when this is
 * no object of its own (a membership, an assignment, what was bought).
 */
export async function findByKey(
  type: string,
  inputs: Properties,
  connection: Connection,
): Promise<string | undefined> {
  const definition = served(type);
  const key = definition.uniqueKey?.(inputs);
  return key === undefined
    ? undefined
    : await definition.findByKey?.(readingContext(connection), key);
}

/**
 * Ids of who has a mail address already that these are given, in that order; undefined where all of them are free.
 * @param given inputs as declared
 */
export async function findByAddress(
  given: readonly { readonly type: string; readonly inputs: Properties }[],
  connection: Connection,
): Promise<readonly (string | undefined)[]> {
  const context = readingContext(connection);
  const declared = given.map(({ type, inputs }) => served(type).addresses?.(inputs) ?? []);
  const isLocal = (address: string): boolean => address.endsWith("@");
  const domain = declared.flat().some(isLocal) ? await defaultDomain(context) : undefined;
  const whole = (address: string): string =>
    (isLocal(address) ? `${address}${domain ?? ""}` : address).toLowerCase();
  const wanted = declared.map((addresses) => addresses.map(whole));
  const holders = await findAddressHolders(context, [...new Set(wanted.flat())]);
  return wanted.map((addresses) =>
    addresses.map((address) => holders.get(address)).find((holder) => holder !== undefined),
  );
}

/** Something that a service keeps of what was deleted. */
export interface Deleted {
  /** Calendar day until which it can be brought back. */
  readonly until: string;
}

/**
 * What lies in the recycle bins under the names of what is created, in that order; each bin is read once.
 * @param creations inputs as declared
 */
export async function findDeleted(
  creations: readonly { readonly type: string; readonly inputs: Properties }[],
  connection: Connection,
): Promise<readonly (Deleted | undefined)[]> {
  const context = readingContext(connection);
  const bins = new Map<string, Promise<readonly DeletedObject[]>>();
  const look = async (creation: (typeof creations)[number]): Promise<Deleted | undefined> => {
    const bin = served(creation.type).recycleBin;
    const key = bin?.keyOf(creation.inputs);
    if (bin === undefined || key === undefined) return undefined;
    const listed = bins.get(creation.type) ?? bin.list(context);
    bins.set(creation.type, listed);
    const found = lastDeleted(await listed, key);
    if (found === undefined) return undefined;
    return { until: addDays(dayIn("NL", new Date(found.deletedDateTime)), bin.days) };
  };
  return await Promise.all(creations.map(look));
}

function served(type: string): ResourceDefinition {
  const definition = definitionOf(type);
  if (definition === undefined) throw new Error(`Nobody here serves ${type}`);
  return definition;
}
