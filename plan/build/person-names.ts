/** Ids of people as names: nobody decides about "5f1c2d3e-…". The ids stay what the plan, and its digest, hold. */
import { NOUNS } from "../../core/nouns.ts";
import type { Noun } from "../../core/nouns.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import type { EngineStep } from "./engine-events.ts";
import type { PropertyChange } from "../model/model.ts";
import type { Json } from "../../core/json.ts";
import { UNKNOWN } from "./engine-values.ts";

/** Properties that hold ids of people. */
export const PEOPLE_PROPERTIES: ReadonlySet<string> = new Set(
  Object.values<Noun>(NOUNS).flatMap(({ people }) => Object.keys(people ?? {})),
);

/** "Pieter Jansen (pieter@contoso.com)" */
export const personName = (displayName: string, userPrincipalName: string): string =>
  `${displayName} (${userPrincipalName})`;

/** Names of all people in the state, by object id. */
export function peopleInState(steps: readonly EngineStep[]): ReadonlyMap<string, string> {
  return new Map(
    steps.flatMap(({ type, old }) => {
      if (type !== NOUNS.user.type || !old) return [];
      const { objectId, displayName, userPrincipalName } = { ...old.inputs, ...old.outputs };
      const isNamed = [objectId, displayName, userPrincipalName].every(
        (value) => typeof value === "string",
      );
      if (!isNamed) return [];
      return [[String(objectId), personName(String(displayName), String(userPrincipalName))]];
    }),
  );
}

/** @param declared who the declaration means, for ids that are not known before apply */
export function withNames(
  property: PropertyChange,
  known: { readonly people: ReadonlyMap<string, string>; readonly declared: readonly string[] },
): PropertyChange {
  if (!PEOPLE_PROPERTIES.has(property.path)) return property;
  const nameOf = (value: Json): Json =>
    Array.isArray(value)
      ? value.map(nameOf)
      : typeof value === "string"
        ? (known.people.get(value) ?? value)
        : value;
  const before = property.before === undefined ? undefined : nameOf(property.before);
  const wanted = property.unknown !== undefined && property.kind !== "removed";
  const resolved = property.after === undefined ? undefined : nameOf(property.after);
  const after = wanted ? withDeclared(resolved, known.declared) : resolved;
  const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
    canonicalJson(one ?? null) === canonicalJson(other ?? null);
  if (isSame(before, property.before) && isSame(after, property.after)) return property;
  return {
    ...property,
    shownAs: {
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  };
}

/** The declared names in place of what is not known yet, where there are exactly as many. */
function withDeclared(value: Json | undefined, declared: readonly string[]): Json | undefined {
  if (value === undefined) return declared.length === 1 ? declared[0] : undefined;
  if (!Array.isArray(value)) return value;
  const named = value.filter((item) => item !== UNKNOWN);
  const missing = declared.filter((name) => !named.includes(name));
  return named.length + missing.length === value.length ? [...named, ...missing] : value;
}
