/** What was found of an object, as far as it is managed, in the words in which it was declared. */
import { asAccepted } from "./accepted.ts";
import type { Acceptance } from "./accepted.ts";
import type { ResourceDefinition } from "./define.ts";
import { identified, writtenAs } from "./grain.ts";
import type { Properties } from "./values.ts";

/** The managed part of what was found, written as it was declared wherever it says the same. */
export function asDeclared(
  definition: ResourceDefinition,
  found: Properties,
  previous: Properties,
): Properties {
  const managed = definition.managed?.(found, previous) ?? found;
  const turnedOn = (definition.falseWhenAbsent ?? []).filter((key) => managed[key] === true);
  const kept = [...(definition.writeOnly ?? []), ...(definition.annotations ?? [])];
  return {
    ...writtenAs(definition, pick(managed, [...Object.keys(previous), ...turnedOn]), previous),
    ...pick(previous, kept),
  };
}

/** As a reading has it: with what is accepted taken for what was declared. */
export function refreshed(
  definition: ResourceDefinition,
  { found, previous }: { readonly found: Properties; readonly previous: Properties },
  acceptances: readonly Acceptance[],
): Properties {
  const declared = identified(definition, previous, found);
  const managed = asDeclared(definition, found, declared);
  return asAccepted(definition, { found: managed, declared }, acceptances);
}

export function pick(from: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  );
}
