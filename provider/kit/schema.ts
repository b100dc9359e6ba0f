/**
 * A package's schema in Pulumi's form, derived from the definitions.
 * Source: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/ (checked 2026-11-22).
 */
import { z } from "zod";
import type { ResourceDefinition } from "./define.ts";
import type { ProviderPackage } from "./package.ts";

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema | boolean;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  description?: string;
  anyOf?: JsonSchema[];
  enum?: unknown[];
}

type TypeSpec = Record<string, unknown>;

const PRIMITIVES = new Set(["string", "number", "integer", "boolean"]);

class SchemaBuilder {
  readonly types: Record<string, TypeSpec> = {};

  /** The properties of an object; nested objects become named types, as Pulumi's schema wants them. */
  properties(schema: JsonSchema, owner: string): Record<string, TypeSpec> {
    return Object.fromEntries(
      publicEntries(schema.properties ?? {}).map(([key, property]) => [
        key,
        {
          ...this.#type(property, `${owner}${key.charAt(0).toUpperCase()}${key.slice(1)}`),
          ...(property.description === undefined ? {} : { description: property.description }),
        },
      ]),
    );
  }

  #type(schema: JsonSchema, name: string): TypeSpec {
    if (schema.type !== undefined && PRIMITIVES.has(schema.type)) return { type: schema.type };
    if (schema.type === "array") {
      const { items } = schema;
      return {
        type: "array",
        items: typeof items === "object" ? this.#type(items, name) : { $ref: "pulumi.json#/Any" },
      };
    }
    if (schema.type === "object" && schema.properties !== undefined) {
      this.types[name] = {
        type: "object",
        properties: this.properties(schema, name),
        required: schema.required ?? [],
      };
      return { $ref: `#/types/${name}` };
    }
    if (schema.type === "object") {
      const { additionalProperties: values } = schema;
      return {
        type: "object",
        additionalProperties:
          typeof values === "object" ? this.#type(values, name) : { $ref: "pulumi.json#/Any" },
      };
    }
    return { $ref: "pulumi.json#/Any" };
  }
}

/** Bridged plugins keep `__meta` in their state; it is not a property of the package. */
const isPublic = (key: string): boolean => !key.startsWith("__");

const publicEntries = <T>(properties: Record<string, T>): [string, T][] =>
  Object.entries(properties).filter(([key]) => isPublic(key));

/** Each once: an output may have the name of an input. */
const publicKeys = (keys: readonly string[]): string[] => [...new Set(keys.filter(isPublic))];

const jsonSchema = (shape: z.ZodObject, io: "input" | "output"): JsonSchema =>
  z.toJSONSchema(shape, { io, unrepresentable: "any" }) as JsonSchema;

/** The whole package for GetSchema. */
export function packageSchema(providerPackage: ProviderPackage): Record<string, unknown> {
  const builder = new SchemaBuilder();
  const config = jsonSchema(providerPackage.config, "input");
  const provider = {
    type: "object",
    inputProperties: builder.properties(config, `${providerPackage.name}:index:Config`),
    requiredInputs: config.required ?? [],
  };
  const resources = Object.fromEntries(
    providerPackage.resources.map((entry) => [entry.token, resourceSchema(entry, builder)]),
  );
  return {
    name: providerPackage.name,
    version: providerPackage.version,
    config: { variables: provider.inputProperties },
    provider,
    types: builder.types,
    resources,
  };
}

function resourceSchema(definition: ResourceDefinition, builder: SchemaBuilder): TypeSpec {
  const inputs = jsonSchema(definition.inputs, "input");
  const outputs = jsonSchema(definition.outputs, "output");
  const secrets = new Set(definition.secrets ?? []);
  const mark = (properties: Record<string, TypeSpec>): Record<string, TypeSpec> =>
    Object.fromEntries(
      Object.entries(properties).map(([key, spec]) => [
        key,
        {
          ...spec,
          ...(secrets.has(key) ? { secret: true } : {}),
          ...(definition.replaceOn.includes(key) ? { replaceOnChanges: true } : {}),
        },
      ]),
    );
  const inputProperties = mark(builder.properties(inputs, definition.token));
  return {
    description: definition.summary,
    inputProperties,
    requiredInputs: inputs.required ?? [],
    properties: { ...inputProperties, ...mark(builder.properties(outputs, definition.token)) },
    required: publicKeys([...(inputs.required ?? []), ...(outputs.required ?? [])]),
  };
}
