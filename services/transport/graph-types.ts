/** What Graph's schema says of an answer: its type by the path that was asked, and where the answer is of another form. */
import schemaFile from "../../core/generated/graph-schema.json" with { type: "json" };
import type { OtherForm } from "./types.ts";

interface TypeSchema {
  readonly base?: string;
  /** Such as `String`, `Collection(assignedLicense)`; a trailing `!` = not nullable. */
  readonly properties: Readonly<Record<string, string>>;
  readonly navigation: Readonly<Record<string, string>>;
}

interface Schema {
  readonly sets: Readonly<Record<string, string>>;
  readonly singletons: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, TypeSchema>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

const { sets, singletons, types, enums } = schemaFile as unknown as Schema;

/** What the trimmed schema does not lead to. */
const OTHER_PATHS: Readonly<Record<string, string>> = {
  "/users/{id}/mailFolders/{id}/messageRules": "messageRule",
  "/reports/authenticationMethods/userRegistrationDetails": "userRegistrationDetails",
  "/sites/getAllSites": "site",
};

const lookUp = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Property or navigation of the type or of one that it is based on. */
function memberOf(type: string, name: string): string | undefined {
  const schema = lookUp(types, type);
  if (schema === undefined) return undefined;
  const own = lookUp(schema.properties, name) ?? lookUp(schema.navigation, name);
  return own ?? (schema.base === undefined ? undefined : memberOf(schema.base, name));
}

const elementOf = (type: string): string =>
  type
    .replace(/!$/, "")
    .replace(/^Collection\((.*)\)$/, "$1")
    .replace(/!$/, "");

/** Every word that an address of Graph can have beside ids. */
const WORDS: ReadonlySet<string> = new Set([
  ...Object.keys(sets),
  ...Object.keys(singletons),
  ...Object.values(types).flatMap(({ properties, navigation }) => [
    ...Object.keys(properties),
    ...Object.keys(navigation),
  ]),
  ...Object.keys(OTHER_PATHS).flatMap((path) => path.split("/")),
]);

/** The path with everything that is no word of Graph as `{id}`; without query. */
export const graphTemplate = (path: string): string =>
  (path.split("?", 1)[0] ?? "")
    .split("/")
    .map((segment) => (WORDS.has(segment) ? segment : "{id}"))
    .join("/");

/** The type of what a template answers, or of its items; undefined where the trimmed schema does not say. */
export function typeOfAnswer(template: string): string | undefined {
  const other = lookUp(OTHER_PATHS, template);
  if (other !== undefined) return other;
  const [, first = "", ...rest] = template.split("/");
  const start = lookUp(sets, first) ?? lookUp(singletons, first);
  return rest.reduce<string | undefined>((type, segment) => {
    if (type === undefined || segment === "{id}") return type;
    const member = memberOf(type, segment);
    return member === undefined ? undefined : elementOf(member);
  }, start);
}

/** Where a body, an object or a page of them, is of another form than the type. */
export function otherForms(body: unknown, type: string): OtherForm[] {
  const isPage = isObject(body) && Array.isArray(body.value);
  const objects: unknown[] = isPage ? (body.value as unknown[]) : [body];
  return objects.flatMap((object) => formsOf(object, { type, property: type }));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Place {
  readonly type: string;
  readonly property: string;
}

function formsOf(value: unknown, { type, property }: Place): OtherForm[] {
  if (!isObject(value)) return [{ property, expected: type, found: formOf(value) }];
  const said = value["@odata.type"];
  const own = typeof said === "string" ? said.replace(/^#microsoft\.graph\./, "") : type;
  const actual = Object.hasOwn(types, own) ? own : type;
  return Object.entries(value).flatMap(([name, member]) => {
    const declared = memberOf(actual, name);
    // What is new in Graph is no surprise: only what changed under a name that is known.
    return declared === undefined
      ? []
      : memberForms(member, { type: declared, property: `${actual}.${name}` });
  });
}

function memberForms(value: unknown, { type, property }: Place): OtherForm[] {
  if (value === null) {
    return type.endsWith("!") ? [{ property, expected: type, found: "null" }] : [];
  }
  const element = elementOf(type);
  if (!type.startsWith("Collection(")) return single(value, { type: element, property });
  if (!Array.isArray(value)) return [{ property, expected: type, found: formOf(value) }];
  return value.flatMap((item) => single(item, { type: element, property }));
}

function single(value: unknown, place: Place): OtherForm[] {
  const { type, property } = place;
  if (Object.hasOwn(types, type)) return formsOf(value, place);
  const members = lookUp(enums, type);
  const expected = members === undefined ? SCALARS[type] : "string";
  // Of a type that the trimmed schema does not keep, nothing is known.
  if (expected === undefined) return [];
  const found = formOf(value);
  if (found !== expected) return [{ property, expected: type, found }];
  if (members === undefined || typeof value !== "string") return [];
  return value.split(",").every((word) => members.includes(word.trim()))
    ? []
    : [{ property, expected: type, found: "other member" }];
}

/** As JSON writes them. */
const SCALARS: Readonly<Record<string, string | undefined>> = {
  ...{ String: "string", Guid: "string", Boolean: "boolean", Binary: "string" },
  ...{ DateTimeOffset: "string", Date: "string", TimeOfDay: "string", Duration: "string" },
  ...{ Int16: "number", Int32: "number", Int64: "number", Double: "number" },
};

function formOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
