/**
 * Pulumi's wire values and plain values. On the wire a secret is wrapped in an object with a signature and
 * an unknown is a marker string; definitions only ever see plain, known values.
 * Source: @pulumi/pulumi 3.250 runtime/rpc, sdk/go/common/resource/properties.go (checked 2026-11-22).
 */
import {
  OUTPUT_SIGNATURE,
  SECRET_SIGNATURE,
  SIGNATURE,
  UNKNOWN,
} from "../../core/engine-markers.ts";

export type Properties = Record<string, unknown>;

/** Keys that SDKs and bridged plugins add to inputs for themselves, at any depth. */
const BOOKKEEPING: ReadonlySet<string> = new Set(["__defaults", "__internal"]);

export interface Decoded {
  /** Secrets unwrapped, unknowns left as the marker, nulls left out. */
  readonly values: Properties;
  /** Top-level keys in which a secret was wrapped. */
  readonly secretKeys: ReadonlySet<string>;
  /** Top-level keys that hold an unknown somewhere inside. */
  readonly unknownKeys: ReadonlySet<string>;
}

export const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads properties as the engine sends them. */
export function decode(wire: Properties): Decoded {
  const values: Properties = {};
  const secretKeys = new Set<string>();
  const unknownKeys = new Set<string>();
  for (const [key, raw] of Object.entries(wire)) {
    if (raw === null || BOOKKEEPING.has(key)) continue;
    values[key] = unwrap(raw, {
      secret: () => secretKeys.add(key),
      unknown: () => unknownKeys.add(key),
    });
  }
  return { values, secretKeys, unknownKeys };
}

interface Sightings {
  secret: () => void;
  unknown: () => void;
}

function unwrap(value: unknown, seen: Sightings): unknown {
  if (value === UNKNOWN) {
    seen.unknown();
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => unwrap(item, seen));
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET_SIGNATURE) {
    seen.secret();
    return unwrap(value.value, seen);
  }
  if (value[SIGNATURE] === OUTPUT_SIGNATURE) {
    if (value.secret === true) seen.secret();
    return unwrap("value" in value ? value.value : UNKNOWN, seen);
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== null && !BOOKKEEPING.has(key))
      .map(([key, item]) => [key, unwrap(item, seen)]),
  );
}

/** Writes properties for the engine: undefined left out, the named keys wrapped as secrets. */
export function encode(values: Properties, secretKeys: Iterable<string> = []): Properties {
  const secrets = new Set(secretKeys);
  const wire: Properties = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const plain = plainJson(value);
    wire[key] = secrets.has(key) ? { [SIGNATURE]: SECRET_SIGNATURE, value: plain } : plain;
  }
  return wire;
}

function plainJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plainJson(item)]),
  );
}
