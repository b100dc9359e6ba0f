/** Checks of bodies and answers against the schema. */
import {
  graphSchema,
  isOfType,
  knownName,
  navigationOf,
  parseType,
  propertyOf,
  typeNamed,
  type PropertyType,
} from "./schema.ts";

export interface SchemaProblem {
  /** Dotted path of the property. */
  path: string;
  type: string;
  kind: "unknown-property" | "wrong-value";
  expected?: string;
}

const SCALARS: Record<string, (value: unknown) => boolean> = {
  String: (value) => typeof value === "string",
  Boolean: (value) => typeof value === "boolean",
  Int16: Number.isInteger,
  Int32: Number.isInteger,
  Int64: Number.isInteger,
  Single: (value) => typeof value === "number",
  Double: (value) => typeof value === "number" || value === "INF",
  Decimal: (value) => typeof value === "number",
  Byte: Number.isInteger,
  Guid: (value) =>
    typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  DateTimeOffset: (value) =>
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value),
  Date: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value),
  TimeOfDay: (value) => typeof value === "string" && /^\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value),
  Duration: (value) => typeof value === "string" && /^-?P/.test(value),
  Binary: (value) => typeof value === "string",
  Stream: (value) => typeof value === "string",
};

/** Problems of an object of that type; annotations (`@odata.type`, `x@odata.bind`) are not its properties. */
export function checkObject(
  object: unknown,
  type: string | Record<string, string>,
  path = "",
): SchemaProblem[] {
  if (typeof type !== "string") return checkMembers(object as Record<string, unknown>, type);
  if (typeof object !== "object" || object === null || Array.isArray(object)) {
    return [{ path, type, kind: "wrong-value", expected: type }];
  }
  const actual = actualType(object as Record<string, unknown>, type);
  return Object.entries(object).flatMap(([name, value]) => {
    if (name.includes("@")) return [];
    const place = path === "" ? name : `${path}.${name}`;
    const property = propertyOf(actual, name) ?? navigationOf(actual, name);
    if (property === undefined)
      return [{ path: place, type: actual, kind: "unknown-property" as const }];
    return checkValue(value, property, place);
  });
}

/** Problems of values whose types are given one by one. */
function checkMembers(
  object: Record<string, unknown>,
  types: Record<string, string>,
): SchemaProblem[] {
  return Object.entries(object).flatMap(([name, value]) =>
    checkValue(value, parseType(types[name] ?? ""), name),
  );
}

/** The type that the object says it is, or that its properties say, where that is a kind of the declared one. */
export function actualType(object: Record<string, unknown>, declared: string): string {
  const said = object["@odata.type"];
  if (typeof said !== "string") return impliedType(object, declared);
  const name = typeNamed(said.replace(/^#?(microsoft\.)?graph\./i, ""));
  return name !== undefined && isOfType(name, declared) ? name : declared;
}

/** Of an abstract type, the first kind that has every property; parts of a body may leave their type out. */
function impliedType(object: Record<string, unknown>, declared: string): string {
  const { types } = graphSchema();
  if (types[declared]?.kind !== "complex" || types[declared].abstract !== true) return declared;
  const names = Object.keys(object);
  const fitting = Object.keys(types).find(
    (type) =>
      isOfType(type, declared) && names.every((name) => knownName(type, name) !== undefined),
  );
  return fitting ?? declared;
}

/** The value with the names of properties, types and members of enumerations as the schema spells them. */
export function respell(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((item) => respell(item, type));
  const members = graphSchema().enums[type];
  if (typeof value === "string" && members !== undefined) {
    return value
      .split(",")
      .map((part) => members.find((member) => isSameWord(member, part.trim())) ?? part)
      .join(",");
  }
  if (typeof value !== "object" || value === null || graphSchema().types[type] === undefined)
    return value;
  const given = Object.fromEntries(
    Object.entries(value).map(([name, item]) => [annotationOf(name) ?? name, item as unknown]),
  );
  const actual = actualType(given, type);
  if (typeof given["@odata.type"] === "string") given["@odata.type"] = `#microsoft.graph.${actual}`;
  return Object.fromEntries(
    Object.entries(given).map(([name, item]) => {
      const [plain = "", ...annotation] = name.split("@");
      const known = plain === "" ? plain : (knownName(actual, plain) ?? plain);
      const property = propertyOf(actual, known) ?? navigationOf(actual, known);
      const isValue = annotation.length === 0 && property !== undefined;
      return [[known, ...annotation].join("@"), isValue ? respell(item, property.name) : item];
    }),
  );
}

/** `members@odata.bind` of `members@OData.Bind`; undefined for a property. */
function annotationOf(name: string): string | undefined {
  const [plain = "", ...annotation] = name.split("@");
  return annotation.length === 0
    ? undefined
    : [plain, ...annotation.map((word) => word.toLowerCase())].join("@");
}

function isSameWord(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function checkValue(value: unknown, property: PropertyType, path: string): SchemaProblem[] {
  if (property.isCollection) {
    if (!Array.isArray(value))
      return [{ path, type: property.name, kind: "wrong-value", expected: "Collection" }];
    return value.flatMap((item, index) => checkSingle(item, property.name, `${path}[${index}]`));
  }
  // A null is let through whatever the schema says: the directory itself answers null for properties it calls not nullable.
  return value === null ? [] : checkSingle(value, property.name, path);
}

function checkSingle(value: unknown, type: string, path: string): SchemaProblem[] {
  const scalar = SCALARS[type];
  if (scalar !== undefined)
    return scalar(value) ? [] : [{ path, type, kind: "wrong-value", expected: `Edm.${type}` }];
  const members = graphSchema().enums[type];
  if (members !== undefined) {
    const isMember =
      typeof value === "string" && value.split(",").every((part) => members.includes(part.trim()));
    return isMember
      ? []
      : [{ path, type, kind: "wrong-value", expected: `microsoft.graph.${type}` }];
  }
  return graphSchema().types[type] === undefined ? [] : checkObject(value, type, path);
}

/** Problems of a bound action's parameters. */
export function missingParameters(
  body: Record<string, unknown>,
  parameters: Record<string, string>,
): string[] {
  return Object.entries(parameters)
    .filter(([name, type]) => !parseType(type).isNullable && body[name] === undefined)
    .map(([name]) => name);
}
