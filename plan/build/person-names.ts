/** Ids of people as names: nobody decides about "5f1c2d3e-…". The ids stay what the plan, and its digest, hold. */
import { NOUNS } from "../../core/nouns.ts";
import type { Noun } from "../../core/nouns.ts";
import type { EngineState } from "./engine-events.ts";
import type { PropertyChange } from "../model/model.ts";
import type { Json } from "../../core/json.ts";
import { UNKNOWN } from "./engine-values.ts";
import type { Value } from "./engine-values.ts";

/** Properties that hold ids of people. */
export const PEOPLE_PROPERTIES: ReadonlySet<string> = new Set(
  Object.values<Noun>(NOUNS).flatMap(({ people }) => Object.keys(people ?? {})),
);

/** What people are known by, by the type that they have in the state. */
const ADDRESS_KEYS: ReadonlyMap<string, string> = new Map(
  [NOUNS.user, NOUNS.guest].map(({ type, fileKey }) => [type, fileKey]),
);

/** "Pieter Jansen (pieter@contoso.com)" */
export const personName = (displayName: string, userPrincipalName: string): string =>
  `${displayName} (${userPrincipalName})`;

/** Whom a rule for signing in leaves out, by object id. */
export const EXCLUDED_USERS = "conditions.users.excludedUsers";

const holdsPeople = (path: string): boolean =>
  PEOPLE_PROPERTIES.has(path) || path === EXCLUDED_USERS;

const NAMED = / \(([^()]+)\)$/;

/** The user principal name in such a name; undefined where somebody has none. */
export const addressIn = (name: unknown): string | undefined =>
  typeof name === "string" ? NAMED.exec(name)?.[1] : undefined;

/** Names of all people in the state, guests too, by object id. */
export function peopleInState(
  steps: readonly {
    readonly type: string;
    readonly old?: Pick<EngineState, "inputs" | "outputs"> | null | undefined;
  }[],
): ReadonlyMap<string, string> {
  return new Map(
    steps.flatMap(({ type, old }) => {
      const addressKey = ADDRESS_KEYS.get(type);
      if (addressKey === undefined || !old) return [];
      const { objectId, displayName, [addressKey]: address } = { ...old.inputs, ...old.outputs };
      const isNamed = [objectId, displayName, address].every((value) => typeof value === "string");
      return isNamed ? [[String(objectId), personName(String(displayName), String(address))]] : [];
    }),
  );
}

export interface Names {
  /** By object id. */
  readonly people: ReadonlyMap<string, string>;
  /** Whom the declaration means, by property. */
  readonly declared: Readonly<Record<string, readonly string[]>>;
}

/** For sentences: the name in place of an id, where the object is about one person. */
export const withPerson = (
  bag: Readonly<Record<string, unknown>>,
  people: Names["people"],
  declared: Names["declared"] = {},
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(bag).map(([key, value]) => {
      if (!PEOPLE_PROPERTIES.has(key) || typeof value !== "string") return [key, value];
      const [meant] = declared[key] ?? [];
      return [key, people.get(value) ?? meant ?? value];
    }),
  );

/** @param naming who the declaration means, for ids that are not known before apply, and the whole value wanted */
export function withNames(
  property: PropertyChange,
  naming: {
    readonly people: ReadonlyMap<string, string>;
    readonly declared: readonly string[];
    readonly wanted: Value | undefined;
  },
): PropertyChange {
  if (!holdsPeople(property.path)) return property;
  const { people, declared, wanted } = naming;
  const nameOf = (value: Json): Json =>
    typeof value === "string" ? (people.get(value) ?? value) : value;
  if (property.elements === undefined) {
    const isUnknown = property.unknown !== undefined && property.after === undefined;
    const meant = isUnknown && declared.length === 1 ? declared[0] : undefined;
    return withShown(property, { nameOf, meant });
  }
  const missing = unnamed(declared, { wanted, nameOf });
  const elements = property.elements.map((element) =>
    withShown(element, { nameOf, meant: element.after === UNKNOWN ? missing.shift() : undefined }),
  );
  return { ...property, elements };
}

/** With the names of what it holds, where they say more. */
function withShown<T extends Pick<PropertyChange, "before" | "after" | "shownAs">>(
  one: T,
  { nameOf, meant }: { readonly nameOf: (value: Json) => Json; readonly meant: string | undefined },
): T {
  const before = one.before === undefined ? undefined : nameOf(one.before);
  const after = meant ?? (one.after === undefined ? undefined : nameOf(one.after));
  if (before === one.before && after === one.after) return one;
  const shownAs = {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  return { ...one, shownAs };
}

/** The declared people of whom no id is known yet; nobody where there are not exactly as many. */
function unnamed(
  declared: readonly string[],
  { wanted, nameOf }: { readonly wanted: Value | undefined; readonly nameOf: (id: Json) => Json },
): string[] {
  const ids = Array.isArray(wanted) ? wanted : [];
  const known = ids.flatMap((id) => (typeof id === "string" ? [nameOf(id)] : []));
  const missing = declared.filter((name) => !known.includes(name));
  return missing.length === ids.length - known.length ? missing : [];
}
