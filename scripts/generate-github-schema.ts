/**
 * Trims GitHub's OpenAPI description to the operations that pipelines use.
 *
 *   node scripts/generate-github-schema.ts <api.github.com.json>
 *
 * Input: the OpenAPI 3.0 document of api.github.com, as the npm package @octokit/openapi carries it.
 * Output: test/generated/github-schema.json, JSON Schema of each request body and answer, for the stand-in of the tests.
 * Answers keep what is required. Request bodies take no property that the document does not name, although GitHub's own
 * ignores those: a misspelt one would do nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Method and path as in the document. */
const OPERATIONS = [
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "POST /repos/{owner}/{repo}/check-runs",
  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
  "GET /repos/{owner}/{repo}/issues",
  "POST /repos/{owner}/{repo}/issues",
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
];

type Schema = Record<string, unknown>;

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly parameters?: readonly {
    readonly $ref?: string;
    readonly name?: string;
    readonly in?: string;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Document {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

class Trimmer {
  readonly defs: Record<string, Schema> = {};
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  /** @param isStrict of a request */
  trim(schema: Schema, isStrict: boolean): Schema {
    if (typeof schema.$ref === "string") return this.#reference(schema.$ref);
    const trimmed: Schema = {};
    const isNullable = schema.nullable === true;
    if (schema.type !== undefined) trimmed.type = isNullable ? [schema.type, "null"] : schema.type;
    if (Array.isArray(schema.enum))
      trimmed.enum = isNullable ? [...(schema.enum as unknown[]), null] : schema.enum;
    if (schema.maxLength !== undefined) trimmed.maxLength = schema.maxLength;
    if (schema.maxItems !== undefined) trimmed.maxItems = schema.maxItems;
    if (schema.items !== undefined) trimmed.items = this.trim(schema.items as Schema, isStrict);
    for (const word of ["oneOf", "anyOf", "allOf"]) {
      const parts = schema[word] as readonly Schema[] | undefined;
      if (parts === undefined) continue;
      const inner = parts.map((part) => this.trim(part, false));
      trimmed[word === "oneOf" ? "anyOf" : word] =
        isNullable && word !== "allOf" ? [...inner, { type: "null" }] : inner;
    }
    if (schema.properties !== undefined) this.#object(schema, trimmed, isStrict);
    return trimmed;
  }

  #object(schema: Schema, trimmed: Schema, isStrict: boolean): void {
    const required = (schema.required ?? []) as readonly string[];
    const properties = Object.entries(schema.properties as Record<string, Schema>);
    const kept = properties.filter(
      ([name]) => isStrict || required.includes(name) || isCondition(schema),
    );
    trimmed.properties = Object.fromEntries(
      kept.map(([name, property]) => [name, this.trim(property, isStrict)]),
    );
    if (required.length > 0) trimmed.required = required;
    if (isStrict) trimmed.additionalProperties = false;
  }

  #reference(reference: string): Schema {
    const name = reference.slice(reference.lastIndexOf("/") + 1);
    const schema = this.#document.components.schemas?.[name];
    if (schema === undefined) throw new Error(`The document has no schema ${name}`);
    if (!(name in this.defs)) {
      this.defs[name] = {};
      this.defs[name] = this.trim(schema, false);
    }
    return { $ref: `#/$defs/${name}` };
  }

  parameter(one: {
    readonly $ref?: string;
    readonly name?: string;
    readonly in?: string;
  }): string[] {
    const { $ref } = one;
    const named =
      $ref === undefined
        ? one
        : this.#document.components.parameters?.[$ref.slice($ref.lastIndexOf("/") + 1)];
    return named?.in === "query" ? [String(named.name)] : [];
  }
}

/** Part of a oneOf that says what goes together. */
const isCondition = ({ type }: Schema): boolean => type === undefined;

function trimDocument(document: Document): Schema {
  const trimmer = new Trimmer(document);
  const operations = OPERATIONS.map((name) => {
    const [method = "", path = ""] = name.split(" ");
    const operation = document.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`The document has no operation ${name}`);
    const [status = "", answer] =
      Object.entries(operation.responses).find(([code]) => code.startsWith("2")) ?? [];
    const request = operation.requestBody?.content?.["application/json"]?.schema;
    const response = answer?.content?.["application/json"]?.schema;
    return [
      name,
      {
        status: Number(status),
        query: (operation.parameters ?? []).flatMap((one) => trimmer.parameter(one)),
        ...(request && { request: trimmer.trim(request, true) }),
        ...(response && { response: trimmer.trim(response, false) }),
      },
    ];
  });
  return {
    source: `@octokit/openapi ${document.info.version}`,
    operations: Object.fromEntries(operations) as unknown,
    $defs: Object.fromEntries(Object.entries(trimmer.defs).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** One operation or definition a line: a change shows where it is. */
function print(trimmed: Schema): string {
  const lines = Object.entries(trimmed).map(([name, value]) => {
    if (typeof value === "string") return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    const inner = Object.entries(value as Schema).map(
      ([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`,
    );
    return `${JSON.stringify(name)}:{\n${inner.join(",\n")}\n}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

const [, , input] = process.argv;
if (input === undefined) throw new Error("Usage: generate-github-schema.ts <api.github.com.json>");
const output = fileURLToPath(new URL("../test/generated/github-schema.json", import.meta.url));
writeFileSync(output, print(trimDocument(JSON.parse(readFileSync(input, "utf8")) as Document)));
