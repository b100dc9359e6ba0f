/**
 * Property values as the engine's events spell them. Secrets and unknowns become objects of a class while they are
 * compared.
 */
import {
  UNKNOWN as ENGINE_UNKNOWN,
  SECRET_SIGNATURE,
  SIGNATURE,
  UNKNOWNS,
} from "../../core/engine-markers.ts";
import { SECRET } from "../model/model.ts";
import type { Json } from "../../core/json.ts";
import { ExpectedError } from "../../core/expected-error.ts";

/** Placeholder in a plan for a part of a value that is not known before apply. */
export const UNKNOWN = "[known after apply]";

/** False for text that is, or holds, the engine's marker of something unknown. */
export const isKnown = (text: string): boolean =>
  !UNKNOWNS.some((sentinel) => text.includes(sentinel));

/** A value that cannot be shown; an object of its own, so that no text of a tenant can pass for it. */
class Hidden {
  readonly why: "secret" | "unknown";
  constructor(why: "secret" | "unknown") {
    this.why = why;
  }
}
const secret = new Hidden("secret");
const unknown = new Hidden("unknown");

export type Value = null | boolean | number | string | Hidden | Value[] | Bag;
export interface Bag {
  [key: string]: Value;
}

/**
 * Under this name Pulumi's bridge keeps which inputs it filled in by itself, for each object; another plugin for the
 * same resource need not. It says nothing of the resource.
 * Source: pulumi-terraform-bridge v3.130, pkg/reservedkeys/keys.go (checked 2026-11).
 */
const FILLED_IN_BY_BRIDGE = "__defaults";

const isBookkeeping = (key: string, value: unknown): boolean =>
  key === FILLED_IN_BY_BRIDGE &&
  Array.isArray(value) &&
  value.every((name) => typeof name === "string");

/** A bag of properties out of an event. @throws ExpectedError for a kind of value that is not understood. */
export function fromEngine(properties: Readonly<Record<string, unknown>>): Bag {
  const bag: Bag = Object.create(null) as Bag;
  for (const [key, value] of Object.entries(properties)) {
    if (!isBookkeeping(key, value)) bag[key] = valueFromEngine(value);
  }
  return bag;
}

export function valueFromEngine(value: unknown): Value {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") {
    return isKnown(value) ? value : unknown;
  }
  if (Array.isArray(value)) return value.map(valueFromEngine);
  if (typeof value === "object") {
    const signature: unknown = (value as Record<string, unknown>)[SIGNATURE];
    if (signature === SECRET_SIGNATURE) return secret;
    if (signature === undefined) return fromEngine(value as Record<string, unknown>);
  }
  throw new ExpectedError(
    "preview-incomplete",
    "The engine's log contains a kind of value that a plan cannot show.",
    {
      hint: "Declare the resource with plain values; assets and resource references are not supported.",
    },
  );
}

export const isBag = (value: Value | undefined): value is Bag =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Hidden);

export const pathTo = (parent: string, key: string): string => {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === "" ? key : `${parent}.${key}`;
};

/** What of a value cannot be shown, gathered while it is turned into JSON. */
export interface Notes {
  secret: boolean;
  /** With `[*]` for any element of a list. */
  readonly unknownPaths: Set<string>;
}

export function toJson(value: Value, path: string, notes: Notes): Json {
  if (value instanceof Hidden) {
    if (value === unknown) notes.unknownPaths.add(path);
    else notes.secret = true;
    return value === unknown ? UNKNOWN : SECRET;
  }
  if (Array.isArray(value)) return value.map((item) => toJson(item, `${path}[*]`, notes));
  if (isBag(value)) {
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      toJson(item, pathTo(path, key), notes),
    ]);
    return Object.fromEntries(entries) as Json;
  }
  return value;
}

/** The bag as JSON: secrets masked, unknowns marked. */
export function bagToJson(bag: Bag): Record<string, Json> {
  return toJson(bag, "", { secret: false, unknownPaths: new Set() }) as Record<string, Json>;
}

/** The value as the resources see it: secrets masked, unknowns as Pulumi's marker. */
export function valueForResource(value: Value): unknown {
  if (value === secret) return SECRET;
  if (value === unknown) return ENGINE_UNKNOWN;
  if (Array.isArray(value)) return value.map(valueForResource);
  if (isBag(value)) return bagForDescribe(value);
  return value;
}

/** The bag as `describe` sees it. */
export const bagForDescribe = (bag: Bag): Record<string, unknown> =>
  Object.fromEntries(Object.entries(bag).map(([key, item]) => [key, valueForResource(item)]));

export function equal(before: Value, after: Value): boolean {
  if (before === unknown || after === unknown) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    return (
      before.length === after.length &&
      before.every((item, index) => equal(item, after[index] as Value))
    );
  }
  if (isBag(before) && isBag(after)) {
    const keys = Object.keys(before);
    return (
      keys.length === Object.keys(after).length &&
      keys.every((key) => key in after && equal(before[key] as Value, after[key] as Value))
    );
  }
  return before === after;
}

/** The value at a path as the engine writes it (`permissions[1].role`), or undefined. */
export function valueAt(bag: Bag, path: string): Value | undefined {
  let value: Value | undefined = bag;
  for (const part of pathParts(path)) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isBag(value)) value = value[part];
    else return value === secret ? secret : undefined;
  }
  return value;
}

export const pathParts = (path: string): string[] =>
  [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );

export const isUnknown = (value: Value): boolean => value === unknown;

export const isSecret = (value: Value | undefined): boolean =>
  value === secret ||
  (Array.isArray(value) && value.some(isSecret)) ||
  (isBag(value) && Object.values(value).some(isSecret));

/** Whether one path is the other, or lies inside it. */
export function overlaps(path: string, other: string): boolean {
  const [short, long] = path.length <= other.length ? [path, other] : [other, path];
  return long === short || (long.startsWith(short) && /^[.[]/.test(long.slice(short.length)));
}
