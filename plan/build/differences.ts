/** How two declarations of a resource differ, by its own grain: objects are entered, lists go by their elements. */
import { byElementKey, PLAIN_GRAIN } from "../model/grain.ts";
import type { Grain } from "../model/grain.ts";
import { byText } from "../model/counts.ts";
import { SECRET } from "../model/model.ts";
import type { ElementChange, PropertyChange } from "../model/model.ts";
import {
  equal,
  isBag,
  isSecret,
  isUnknown,
  pathTo,
  toJson,
  UNKNOWN,
  valueForResource,
} from "./engine-values.ts";
import type { Json } from "../../core/json.ts";
import type { Bag, Notes, Value } from "./engine-values.ts";

/** Whose declarations they are. */
export interface Subject {
  readonly type: string;
  readonly grain: Grain;
}

/** For what no resource describes: options, and the program's scaffolding. */
export const PLAIN: Subject = { type: "", grain: PLAIN_GRAIN };

interface Pair<T> {
  readonly before: T;
  readonly after: T;
  readonly path: string;
}

/** Every property that differs, in the order of their paths. */
export function differences(before: Bag, after: Bag, subject: Subject = PLAIN): PropertyChange[] {
  const { type, grain } = subject;
  const inside = (pair: Pair<Bag>): PropertyChange[] => {
    const keys = [...new Set([...Object.keys(pair.before), ...Object.keys(pair.after)])].sort();
    return keys.flatMap((key) => {
      const [old, wanted] = [pair.before[key], pair.after[key]];
      const path = pathTo(pair.path, key);
      if (grain.kindOf({ type, path }) === "annotation") return [];
      if (isBag(old) && isBag(wanted)) return inside({ before: old, after: wanted, path });
      if (old !== undefined && wanted !== undefined && equal(old, wanted)) return [];
      return propertyChange({ before: old, after: wanted, path }, subject) ?? [];
    });
  };
  return inside({ before, after, path: "" });
}

/**
 * One difference; undefined for lists that differ in annotations only. A value that is secret on either side is
 * hidden on both: an old clear text may still be in use.
 */
export function propertyChange(
  pair: Pair<Value | undefined>,
  subject: Subject = PLAIN,
): PropertyChange | undefined {
  const { before, after, path } = pair;
  const notes: Notes = { secret: false, unknownPaths: new Set() };
  const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  const lists = listsOf(pair, subject);
  if (lists !== undefined) {
    const changes = elementChanges(lists, notes);
    const isReordered = changes.length === 0 && hasOtherOrder(lists);
    if (kind === "changed" && changes.length === 0 && !isReordered) return undefined;
    return {
      path,
      kind,
      elements: changes,
      kept: lists.after.size - changes.filter((change) => "after" in change).length,
      ...(isReordered ? { reordered: true } : {}),
      secret: false,
      ...unknownOf(notes),
    };
  }
  const old = before === undefined ? undefined : toJson(before, path, notes);
  const wanted = after === undefined ? undefined : toJson(after, path, notes);
  const isShown = wanted !== undefined && after !== undefined && !isUnknown(after);
  return {
    path,
    kind,
    ...(old === undefined ? {} : { before: notes.secret ? SECRET : old }),
    ...(isShown ? { after: notes.secret ? SECRET : wanted } : {}),
    secret: notes.secret,
    ...unknownOf(notes),
  };
}

const unknownOf = ({ unknownPaths }: Notes): Pick<PropertyChange, "unknown"> =>
  unknownPaths.size === 0
    ? {}
    : { unknown: { reason: "assigned-by-service", paths: [...unknownPaths] } };

interface Lists extends Subject {
  readonly path: string;
  readonly before: ReadonlyMap<string, Value>;
  readonly after: ReadonlyMap<string, Value>;
}

/** Undefined where there is no list, or one that is one value to the service, or holds a secret. */
function listsOf(
  { before, after, path }: Pair<Value | undefined>,
  subject: Subject,
): Lists | undefined {
  if (isSecret(before) || isSecret(after)) return undefined;
  if (!Array.isArray(before) && !Array.isArray(after)) return undefined;
  const { grain, type } = subject;
  const keyOf = (element: Value): string | undefined =>
    isUnknown(element)
      ? UNKNOWN
      : grain.elementKey({ type, path }, valueForResource(element) as Json);
  const elements = [before ?? [], after ?? []].map((list) =>
    Array.isArray(list) ? byElementKey(list, keyOf) : undefined,
  );
  const [old, wanted] = elements;
  return old && wanted && { ...subject, path, before: old, after: wanted };
}

const notesOfNobody = (): Notes => ({ secret: false, unknownPaths: new Set() });

function elementChanges(
  { before, after, path, type, grain }: Lists,
  notes: Notes,
): ElementChange[] {
  const inside = `${path}[*]`;
  const bare = (value: Value | undefined): Value | undefined =>
    value === undefined ? undefined : withoutAnnotations(value, { type, grain, path: inside });
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort(byText);
  return keys.flatMap((key): ElementChange[] => {
    const [old, wanted] = [before.get(key), after.get(key)];
    const [one, other] = [bare(old), bare(wanted)];
    if (one !== undefined && other !== undefined && equal(one, other)) return [];
    return [
      {
        key,
        ...(old === undefined ? {} : { before: toJson(old, inside, notesOfNobody()) }),
        ...(wanted === undefined ? {} : { after: toJson(wanted, inside, notes) }),
      },
    ];
  });
}

function withoutAnnotations(value: Value, at: Subject & { readonly path: string }): Value {
  if (!isBag(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, item, pathTo(at.path, key)] as const)
    .filter(([, , path]) => at.grain.kindOf({ type: at.type, path }) !== "annotation");
  return Object.fromEntries(
    entries.map(([key, item, path]) => [key, withoutAnnotations(item, { ...at, path })]),
  );
}

const hasOtherOrder = ({ before, after }: Lists): boolean => {
  const wanted = [...after.keys()];
  return [...before.keys()].some((key, index) => key !== wanted[index]);
};
