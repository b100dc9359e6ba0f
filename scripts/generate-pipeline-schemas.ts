/**
 * Trims the platforms' schemas of pipelines to the words that our templates use.
 *
 *   node scripts/generate-pipeline-schemas.ts <folder> <name and version of the package>
 *
 * Input: `github-workflows.json`, `gitlab-ci.json` and `azure-pipelines.json` as the PyPI package check-jsonschema carries
 * them (check_jsonschema/builtin_schemas/vendor). Licences: SchemaStore Apache-2.0, GitLab MIT, Microsoft
 * (azure-pipelines-vscode) MIT.
 * Output: test/generated/pipeline-schemas.json. For a file that has no other words than those listed with its schema, the
 * trimmed schema says the same as the whole one; run this again after a template has a new word.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** Template and schema. */
const PLATFORMS = [
  ["github", "github-workflows"],
  ["gitlab", "gitlab-ci"],
  ["azure", "azure-pipelines"],
] as const;

/** What decides; the rest is for editors. `format` is left out: an unknown one would stop the check. */
const KEPT = new Set([
  ...["$ref", "type", "enum", "const", "pattern", "required", "additionalProperties", "items"],
  ...["minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "minimum", "maximum"],
  ...["minProperties", "maxProperties", "properties", "patternProperties", "dependencies"],
  ...["anyOf", "oneOf", "allOf", "not", "if", "then", "else"],
]);
const ALTERNATIVES = new Set(["anyOf", "oneOf"]);

type Schema = Record<string, unknown>;

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...wordsIn(inner)]);
}

class Trimmer {
  readonly definitions: Record<string, unknown> = {};
  readonly #whole: Schema;
  readonly #words: ReadonlySet<string>;

  constructor(whole: Schema, words: ReadonlySet<string>) {
    this.#whole = whole;
    this.#words = words;
  }

  trim(schema: unknown): unknown {
    if (!isObject(schema)) return schema;
    const kept = Object.entries(schema).filter(([keyword]) => KEPT.has(keyword));
    return Object.fromEntries(
      kept.map(([keyword, value]) => [keyword, this.#part(keyword, value)]),
    );
  }

  #part(keyword: string, value: unknown): unknown {
    if (keyword === "$ref") return this.#reference(String(value));
    if (keyword === "properties" || keyword === "dependencies") {
      return this.#each(value, (name) => this.#words.has(name));
    }
    if (keyword === "patternProperties") return this.#each(value, () => true);
    if (ALTERNATIVES.has(keyword)) {
      const possible = (value as unknown[]).filter((one) => !this.#isOut(one));
      return possible.map((one) => this.trim(one));
    }
    // Values, which may look like schemas.
    if (keyword === "enum" || keyword === "const" || keyword === "required") return value;
    return Array.isArray(value) ? value.map((one) => this.trim(one)) : this.trim(value);
  }

  #each(value: unknown, isKept: (name: string) => boolean): Schema {
    const entries = Object.entries(value as Schema).filter(([name]) => isKept(name));
    return Object.fromEntries(entries.map(([name, one]) => [name, this.trim(one)]));
  }

  /** An object with a word that none of our files has. */
  #isOut(schema: unknown): boolean {
    if (!isObject(schema) || schema.type !== "object") return false;
    return ((schema.required ?? []) as string[]).some((name) => !this.#words.has(name));
  }

  #reference(reference: string): string {
    if (reference === "#") return reference;
    const name = reference.replace("#/definitions/", "");
    const definitions = this.#whole.definitions as Schema;
    if (!(name in definitions)) throw new Error(`The schema has no definition ${name}`);
    if (!(name in this.definitions)) {
      this.definitions[name] = {};
      this.definitions[name] = this.trim(definitions[name]);
    }
    return reference;
  }
}

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

function trimmed(folder: string, [template, file]: (typeof PLATFORMS)[number]): Schema {
  const whole = JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8")) as Schema;
  const text = readFileSync(here(`operations/repository/${template}.yaml`), "utf8");
  const words = [...new Set(wordsIn(parse(text)))].sort();
  const trimmer = new Trimmer(whole, new Set(words));
  const schema = trimmer.trim(whole) as Schema;
  const { definitions } = trimmer;
  return { words, schema: { ...schema, definitions } };
}

/** One definition a line: a change shows where it is. */
function print(platforms: Readonly<Record<string, Schema>>, source: string): string {
  const inLines = (value: Schema): string =>
    `{\n${Object.entries(value)
      .map(([name, one]) => {
        const isLong = name === "schema" || name === "definitions" || name in platforms;
        return `${JSON.stringify(name)}:${isLong ? inLines(one as Schema) : JSON.stringify(one)}`;
      })
      .join(",\n")}\n}`;
  return `${inLines({ source, ...platforms })}\n`;
}

const [, , folder, source] = process.argv;
if (folder === undefined || source === undefined) {
  throw new Error("Usage: generate-pipeline-schemas.ts <folder> <name and version>");
}
const platforms = Object.fromEntries(PLATFORMS.map((one) => [one[0], trimmed(folder, one)]));
writeFileSync(here("test/generated/pipeline-schemas.json"), print(platforms, source));
