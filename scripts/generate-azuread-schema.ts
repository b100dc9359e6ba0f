/**
 * Trims the official azuread package's schema to the resources that the drop-in serves, and to what a test can
 * compare: names, types, required, replaced on change, secret. Descriptions stay behind.
 *
 *   node scripts/generate-azuread-schema.ts <pulumi-azuread-schema.json.gz>
 *
 * Input: schema.json of pulumi/pulumi-azuread, gzipped. Output: provider/generated/azuread-schema.json.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { azureadPackage } from "../provider/index.ts";

interface Property {
  type?: string;
  $ref?: string;
  items?: Property;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
  description?: string;
}

interface ObjectSpec {
  properties?: Record<string, Property>;
  required?: string[];
}

interface Resource extends ObjectSpec {
  inputProperties?: Record<string, Property>;
  requiredInputs?: string[];
}

interface Schema {
  resources: Record<string, Resource>;
  types: Record<string, ObjectSpec>;
  provider: Resource;
}

function trimProperty({ type, $ref, items, secret, willReplaceOnChanges }: Property): unknown {
  return {
    ...(type === undefined ? {} : { type }),
    ...($ref === undefined ? {} : { $ref }),
    ...(items === undefined ? {} : { items: trimProperty(items) }),
    ...(secret === true ? { secret } : {}),
    ...(willReplaceOnChanges === true ? { willReplaceOnChanges } : {}),
  };
}

const trimProperties = (properties: Record<string, Property> = {}): unknown =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, trimProperty(value)]));

const referred = (properties: Record<string, Property> = {}): string[] =>
  Object.values(properties).flatMap(({ $ref, items }) =>
    [$ref, items?.$ref].filter((name) => name !== undefined),
  );

const [input] = process.argv.slice(2);
if (input === undefined) throw new Error("Give the path of the gzipped package schema");
const schema = JSON.parse(gunzipSync(readFileSync(input)).toString("utf8")) as Schema;

const served = azureadPackage.resources.map(({ token }) => {
  const found = schema.resources[token];
  if (found === undefined) throw new Error(`The official package has no resource ${token}`);
  return [token, found] as const;
});

/** The types that these properties consist of, at any depth. */
const typesOf = (properties: Record<string, Property> | undefined): string[] =>
  referred(properties)
    .map((reference) => reference.replace("#/types/", ""))
    .flatMap((name) => [name, ...typesOf(schema.types[name]?.properties)]);

const typeNames = new Set(served.flatMap(([, { inputProperties }]) => typesOf(inputProperties)));

const trimmed = {
  package: "azuread",
  version: azureadPackage.version,
  /** Every resource of the official package, served here or not. */
  tokens: Object.keys(schema.resources).sort(),
  config: Object.keys(schema.provider.inputProperties ?? {}).sort(),
  resources: Object.fromEntries(
    served.map(([token, { inputProperties, requiredInputs, properties, required }]) => [
      token,
      {
        inputProperties: trimProperties(inputProperties),
        requiredInputs: requiredInputs ?? [],
        properties: trimProperties(properties),
        required: required ?? [],
      },
    ]),
  ),
  types: Object.fromEntries(
    [...typeNames].map((name) => [
      name,
      {
        properties: trimProperties(schema.types[name]?.properties),
        required: schema.types[name]?.required ?? [],
      },
    ]),
  ),
};

const output = fileURLToPath(new URL("../provider/generated/azuread-schema.json", import.meta.url));
writeFileSync(output, `${JSON.stringify(trimmed, undefined, 1)}\n`);
