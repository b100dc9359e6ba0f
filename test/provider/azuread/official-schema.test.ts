import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { azureadPackage } from "../../../provider/registry.ts";

interface Property {
  type?: string;
  $ref?: string;
  items?: Property;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
}

interface Official {
  config: string[];
  resources: Record<
    string,
    {
      inputProperties: Record<string, Property>;
      requiredInputs: string[];
      properties: Record<string, Property>;
      required: string[];
    }
  >;
  types: Record<string, { properties: Record<string, Property>; required: string[] }>;
}

const official = JSON.parse(
  readFileSync(new URL("../../../provider/generated/azuread-schema.json", import.meta.url), "utf8"),
) as Official;

interface JsonSchema {
  type?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/** A zod shape in the words of the official schema: `string`, `string[]`, `{enabled!: boolean}`. */
function words(schema: JsonSchema): string {
  if (schema.type === "array") return `${words(schema.items ?? {})}[]`;
  if (schema.type !== "object") return schema.type ?? "?";
  const required = new Set(schema.required);
  const inside = Object.entries(schema.properties ?? {}).map(
    ([key, value]) => `${key}${required.has(key) ? "!" : ""}: ${words(value)}`,
  );
  return `{${inside.sort().join(", ")}}`;
}

function officialWords(property: Property): string {
  if (property.type === "array") return `${officialWords(property.items ?? {})}[]`;
  if (property.$ref === undefined) return property.type ?? "?";
  const type = official.types[property.$ref.replace("#/types/", "")];
  const required = new Set(type?.required);
  const inside = Object.entries(type?.properties ?? {}).map(
    ([key, value]) => `${key}${required.has(key) ? "!" : ""}: ${officialWords(value)}`,
  );
  return `{${inside.sort().join(", ")}}`;
}

const shapeWords = (shape: z.ZodObject, io: "input" | "output"): Record<string, string> => {
  const schema = z.toJSONSchema(shape, { io, unrepresentable: "any" }) as JsonSchema;
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      // Pulumi's own bookkeeping is not a property of the schema.
      .filter(([key]) => !key.startsWith("__"))
      .map(([key, value]) => [key, words(value)]),
  );
};

const requiredOf = (shape: z.ZodObject): string[] =>
  Object.entries(shape.shape)
    .filter(([key, value]) => !key.startsWith("__") && !z.safeParse(value, undefined).success)
    .map(([key]) => key)
    .sort();

const mapWords = (properties: Record<string, Property>): Record<string, string> =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, officialWords(value)]));

const named = (properties: Record<string, Property>, mark: keyof Property): string[] =>
  Object.keys(properties)
    .filter((key) => properties[key]?.[mark] === true)
    .sort();

/** Graph can change a group's mail nickname, and a new group would have no members, files or mail. */
const CHANGED_IN_PLACE: ReadonlySet<string> = new Set(["mailNickname"]);

describe.each(azureadPackage.resources)("$token, next to the official schema", (definition) => {
  const wanted = official.resources[definition.token];
  if (wanted === undefined) throw new Error(`${definition.token} is not in the official schema`);

  it("takes the same inputs, of the same types", () => {
    expect(shapeWords(definition.inputs, "input")).toEqual(mapWords(wanted.inputProperties));
  });

  it("demands the same inputs", () => {
    expect(requiredOf(definition.inputs)).toEqual([...wanted.requiredInputs].sort());
  });

  it("has the same properties in its state, of the same types", () => {
    const all = {
      ...shapeWords(definition.inputs, "input"),
      ...shapeWords(definition.outputs, "output"),
    };
    expect(all).toEqual(mapWords(wanted.properties));
  });

  it("always has those properties that the official one always has", () => {
    const writeOnly = wanted.required.filter((key) => (definition.secrets ?? []).includes(key));
    const always = new Set([
      ...requiredOf(definition.inputs),
      ...requiredOf(definition.outputs),
      ...writeOnly,
    ]);
    expect([...always].sort()).toEqual([...wanted.required].sort());
  });

  it("is replaced by a change of the same inputs", () => {
    const official = named(wanted.inputProperties, "willReplaceOnChanges");
    expect([...definition.replaceOn].sort()).toEqual(
      official.filter((key) => !CHANGED_IN_PLACE.has(key)),
    );
  });

  it("keeps the same properties secret", () => {
    expect([...(definition.secrets ?? [])].sort()).toEqual(named(wanted.properties, "secret"));
  });
});

it("takes the configuration of the official provider", () => {
  expect(Object.keys(azureadPackage.config.shape).sort()).toEqual(official.config);
});
