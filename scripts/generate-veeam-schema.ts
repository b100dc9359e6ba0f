/**
 * Trims Veeam's OpenAPI description to the operations that the emulator serves.
 *
 *   node scripts/generate-veeam-schema.ts <veeam-openapi.json.gz>
 *
 * Input: the OpenAPI 3.0 document of Veeam Backup for Microsoft 365 v8, gzipped.
 * Output: emulator/generated/veeam-schema.json, JSON Schema of each request body and answer.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** Method and path as in the document. The order here is the order in the output. */
const OPERATIONS = [
  "POST /v8/token",
  "GET /v8/Organizations",
  "POST /v8/Organizations",
  "GET /v8/Organizations/{organizationId}",
  "PUT /v8/Organizations/{organizationId}",
  "DELETE /v8/Organizations/{organizationId}",
  "GET /v8/Organizations/{organizationId}/Users",
  "GET /v8/Organizations/{organizationId}/Groups",
  "GET /v8/Organizations/{organizationId}/Sites",
  "GET /v8/BackupRepositories",
  "POST /v8/BackupRepositories",
  "GET /v8/BackupRepositories/{repositoryId}",
  "PUT /v8/BackupRepositories/{repositoryId}",
  "DELETE /v8/BackupRepositories/{repositoryId}",
  "GET /v8/Accounts",
  "POST /v8/Accounts",
  "GET /v8/Accounts/{accountId}",
  "PUT /v8/Accounts/{accountId}",
  "DELETE /v8/Accounts/{accountId}",
  "GET /v8/EncryptionKeys",
  "POST /v8/EncryptionKeys",
  "GET /v8/EncryptionKeys/{keyId}",
  "DELETE /v8/EncryptionKeys/{keyId}",
  "GET /v8/Proxies",
  "GET /v8/Proxies/{proxyId}",
  "GET /v8/Jobs",
  "POST /v8/Jobs",
  "GET /v8/Jobs/{jobId}",
  "PUT /v8/Jobs/{jobId}",
  "DELETE /v8/Jobs/{jobId}",
  "GET /v8/Jobs/{jobId}/SelectedItems",
  "POST /v8/Jobs/{jobId}/SelectedItems",
  "DELETE /v8/Jobs/{jobId}/SelectedItems",
  "GET /v8/Jobs/{jobId}/ExcludedItems",
  "POST /v8/Jobs/{jobId}/ExcludedItems",
  "DELETE /v8/Jobs/{jobId}/ExcludedItems",
  "POST /v8/Jobs/{jobId}/enable",
  "POST /v8/Jobs/{jobId}/disable",
  "POST /v8/Jobs/{jobId}/start",
  "POST /v8/Jobs/{jobId}/stop",
  "GET /v8/JobSessions",
  "GET /v8/JobSessions/{jobSessionsId}",
  "GET /v8/JobSessions/{sessionId}/LogItems",
  "GET /v8/License",
  "GET /v8/Health",
  "GET /v8/ServiceInstance",
  "GET /v8/RestorePoints",
  "GET /v8/RestoreSessions",
  "GET /v8/ProtectedUsers",
  "GET /v8/ProtectedGroups",
  "GET /v8/ProtectedSites",
  "GET /v8/ProtectedTeams",
  "GET /v8/JobSessions/{sessionId}/ProcessedObjects",
];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

interface OpenApiSchema {
  $ref?: string;
  type?: string;
  format?: string;
  nullable?: boolean;
  enum?: unknown[];
  items?: OpenApiSchema;
  properties?: Record<string, OpenApiSchema>;
  required?: string[];
  additionalProperties?: OpenApiSchema;
  allOf?: OpenApiSchema[];
}

interface Body {
  content?: Record<string, { schema?: OpenApiSchema }>;
}

interface OpenApiOperation {
  parameters?: { name: string; in: string }[];
  requestBody?: Body;
  responses: Record<string, Body>;
}

interface OpenApi {
  info: { title: string; version: string };
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, OpenApiSchema> };
}

type JsonSchema = Record<string, unknown>;

/** Identifiers in examples are not always of a version that RFC 9562 knows, so only the shape is kept. */
const UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

class Trimmer {
  readonly #schemas: Record<string, OpenApiSchema>;
  readonly defs: Record<string, JsonSchema> = {};

  constructor(schemas: Record<string, OpenApiSchema>) {
    this.#schemas = schemas;
  }

  trim(schema: OpenApiSchema): JsonSchema {
    if (schema.$ref !== undefined) return this.#reference(schema.$ref);
    const [only] = schema.allOf ?? [];
    if (only !== undefined) {
      const inner = this.trim(only);
      return schema.nullable === true ? { anyOf: [inner, { type: "null" }] } : inner;
    }
    const trimmed: JsonSchema = {};
    if (schema.type !== undefined) {
      trimmed.type = schema.nullable === true ? [schema.type, "null"] : schema.type;
    }
    if (schema.enum !== undefined) {
      trimmed.enum = schema.nullable === true ? [...schema.enum, null] : schema.enum;
    }
    if (schema.format === "uuid") trimmed.pattern = UUID;
    if (schema.format === "date-time") trimmed.format = schema.format;
    if (schema.items !== undefined) trimmed.items = this.trim(schema.items);
    if (schema.type === "object" || schema.properties !== undefined) this.#object(schema, trimmed);
    return trimmed;
  }

  #object(schema: OpenApiSchema, trimmed: JsonSchema): void {
    const properties = Object.entries(schema.properties ?? {});
    trimmed.properties = Object.fromEntries(
      properties.map(([name, property]) => [name, this.trim(property)]),
    );
    if (schema.required !== undefined) trimmed.required = schema.required;
    trimmed.additionalProperties =
      schema.additionalProperties === undefined ? false : this.trim(schema.additionalProperties);
  }

  #reference(reference: string): JsonSchema {
    const name = reference.slice(reference.lastIndexOf("/") + 1);
    const schema = this.#schemas[name];
    if (schema === undefined) throw new Error(`The document has no schema ${name}`);
    if (!(name in this.defs)) {
      this.defs[name] = {};
      this.defs[name] = this.trim(schema);
    }
    return { $ref: `#/$defs/${name}` };
  }
}

function jsonSchemaOf(body: Body | undefined): OpenApiSchema | undefined {
  return (body?.content?.["application/json"] ?? body?.content?.["*/*"])?.schema;
}

function trimDocument(document: OpenApi): JsonSchema {
  const trimmer = new Trimmer(document.components.schemas);
  const operations: JsonSchema = {};
  for (const operation of OPERATIONS) {
    const [method = "", path = ""] = operation.split(" ");
    const description = document.paths[path]?.[method.toLowerCase()];
    if (description === undefined) throw new Error(`The document has no operation ${operation}`);
    const [status = "", answer] =
      Object.entries(description.responses).find(([code]) => code.startsWith("2")) ?? [];
    const request = jsonSchemaOf(description.requestBody);
    const response = jsonSchemaOf(answer);
    operations[operation] = {
      query: (description.parameters ?? []).filter((p) => p.in === "query").map((p) => p.name),
      status: Number(status),
      ...(request && { request: trimmer.trim(request) }),
      ...(response && { response: trimmer.trim(response) }),
    };
  }
  trimmer.trim({ $ref: "#/components/schemas/RESTExceptionInfo" });
  const served = new Set(OPERATIONS);
  return {
    source: `${document.info.title} ${document.info.version}`,
    operations,
    notServed: allOperations(document).filter((operation) => !served.has(operation)),
    $defs: Object.fromEntries(Object.entries(trimmer.defs).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function allOperations(document: OpenApi): string[] {
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      METHODS.filter((m) => m.toLowerCase() in methods).map((m) => `${m} ${path}`),
    )
    .sort();
}

/** One operation or definition a line: small, and a change shows where it is. */
function print(trimmed: JsonSchema): string {
  const lines = Object.entries(trimmed).map(([name, value]) => {
    if (typeof value === "string") return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    const inner = Array.isArray(value)
      ? value.map((item) => JSON.stringify(item))
      : Object.entries(value as JsonSchema).map(
          ([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`,
        );
    const [open, close] = Array.isArray(value) ? "[]" : "{}";
    return `${JSON.stringify(name)}:${open ?? ""}\n${inner.join(",\n")}\n${close ?? ""}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

const [input] = process.argv.slice(2);
if (input === undefined) throw new Error("Give the path of the gzipped OpenAPI document");
const document = JSON.parse(gunzipSync(readFileSync(input)).toString("utf8")) as OpenApi;
const output = fileURLToPath(new URL("../emulator/generated/veeam-schema.json", import.meta.url));
writeFileSync(output, print(trimDocument(document)));
