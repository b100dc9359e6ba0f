/** Graph's schema, trimmed by scripts/generate-graph-schema.ts, and questions to it. */
import schemaFile from "../../core/generated/graph-schema.json" with { type: "json" };
import { betaAdditions } from "./beta-additions.ts";

export interface GraphTypeSchema {
  kind: "entity" | "complex";
  base?: string;
  abstract?: boolean;
  /** Type by property: `String`, `Collection(assignedLicense)`; a trailing `!` = not nullable. */
  properties: Record<string, string>;
  /** Target type by navigation property. */
  navigation: Record<string, string>;
}

export interface GraphOperationSchema {
  name: string;
  kind: "action" | "function";
  parameters: Record<string, string>;
}

export interface GraphSchema {
  source: string;
  /** Entity type by entity set, also of those whose type is not kept. */
  sets: Record<string, string>;
  singletons: Record<string, string>;
  types: Record<string, GraphTypeSchema>;
  enums: Record<string, string[]>;
  /** Bound operations by binding type, `user` or `Collection(user)`. */
  operations: Record<string, GraphOperationSchema[]>;
}

export interface PropertyType {
  /** Name without `Collection()`. */
  name: string;
  isCollection: boolean;
  isNullable: boolean;
}

const schema = withoutPrototypes(schemaFile) as GraphSchema;
for (const [name, properties] of Object.entries(betaAdditions)) {
  Object.assign(schema.types[name]?.properties ?? {}, properties);
}

/** A name that a client sends, `constructor` for example, must not find what every object has. */
function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withoutPrototypes(member)]);
  return Object.assign(Object.create(null) as object, Object.fromEntries(members));
}

export function graphSchema(): GraphSchema {
  return schema;
}

/** The schema's spelling of a type, given in any casing; undefined when it is not kept. */
export function typeNamed(given: string): string | undefined {
  return spelledAs(given, schema.types);
}

/** The name among the members that is the given one but for its casing. */
export function spelledAs(given: string, members: object): string | undefined {
  if (given in members) return given;
  const lower = given.toLowerCase();
  return Object.keys(members).find((name) => name.toLowerCase() === lower);
}

export function parseType(text: string): PropertyType {
  const [, collection, name = text] = /^(Collection\()?([^)!]+)/.exec(text) ?? [];
  return { name, isCollection: collection !== undefined, isNullable: !text.endsWith("!") };
}

/** The type and its bases, nearest first. */
export function lineage(type: string): GraphTypeSchema[] {
  return lineageNames(type).flatMap((name) => schema.types[name] ?? []);
}

export function isOfType(type: string, base: string): boolean {
  if (type === base) return true;
  const parent = schema.types[type]?.base;
  return parent !== undefined && isOfType(parent, base);
}

export function propertyOf(type: string, name: string): PropertyType | undefined {
  for (const level of lineage(type)) {
    const found = level.properties[name];
    if (found !== undefined) return parseType(found);
  }
  return undefined;
}

export function navigationOf(type: string, name: string): PropertyType | undefined {
  for (const level of lineage(type)) {
    const found = level.navigation[name];
    if (found !== undefined) return parseType(found);
  }
  return undefined;
}

/** Types of which members of a group and the like can be, when nothing says which. */
function kindsOf(type: string): string[] {
  if (type !== "directoryObject") return [type];
  return Object.keys(schema.types).filter((name) => isOfType(name, type));
}

/** The schema's spelling of a property or relation that was given in any casing; undefined when there is none. */
export function knownName(type: string, given: string): string | undefined {
  const kinds = kindsOf(type);
  const isKnown = (kind: string): boolean =>
    (propertyOf(kind, given) ?? navigationOf(kind, given)) !== undefined;
  if (kinds.some(isKnown)) return given;
  return kinds
    .flatMap(lineage)
    .flatMap(({ properties, navigation }) => [
      ...Object.keys(properties),
      ...Object.keys(navigation),
    ])
    .find((name) => name.toLowerCase() === given.toLowerCase());
}

/** Whether the name is a function or action of the collection of that type. */
export function hasOperation(type: string, name: string): boolean {
  return lineageNames(type)
    .flatMap((level) => schema.operations[`Collection(${level})`] ?? [])
    .some((operation) => operation.name.toLowerCase() === name.toLowerCase());
}

function lineageNames(type: string): string[] {
  const base = schema.types[type]?.base;
  return [type, ...(base === undefined ? [] : lineageNames(base))];
}

/** Every structural property, those of the base types first. */
export function propertiesOf(type: string): string[] {
  return lineage(type)
    .toReversed()
    .flatMap((level) => Object.keys(level.properties));
}
