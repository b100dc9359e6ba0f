/** Checks requests and answers against Veeam's own description, trimmed by scripts/generate-veeam-schema.ts. */
import { z } from "zod";
import { EmulatorDefect } from "../core/failure.ts";
import schema from "../generated/veeam-schema.json" with { type: "json" };
import { invalid } from "./errors.ts";

/** Method and path as in the description, for example `GET /v8/Jobs/{jobId}`. */
export type OperationName = keyof typeof schema.operations;

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

interface Operation {
  query: readonly string[];
  status: number;
  request?: JsonSchema;
  response?: JsonSchema;
}

// The generator writes this shape; the type that TypeScript infers for 3,000 lines of JSON says less.
const operations = schema.operations as unknown as Readonly<Record<string, Operation>>;

/** Operations of the real service that the emulator answers with 501. */
export const operationsNotServed: readonly string[] = schema.notServed;

const compiled = new Map<JsonSchema, z.ZodType>();

function validatorOf(part: JsonSchema): z.ZodType {
  let validator = compiled.get(part);
  if (validator === undefined) {
    // The trimmed description holds each part once, so its identity is the key.
    validator = z.fromJSONSchema({ ...(part as object), $defs: schema.$defs } as JsonSchema);
    compiled.set(part, validator);
  }
  return validator;
}

function explain(error: z.ZodError): string {
  return error.issues
    .map((issue) => `${issue.path.length === 0 ? "body" : issue.path.join(".")}: ${issue.message}`)
    .join("; ");
}

function operationOf(name: OperationName): Operation {
  const operation = operations[name];
  if (operation === undefined) throw new EmulatorDefect(`No operation ${name} in the schema`);
  return operation;
}

/** The request with the names of its query and its body as the description spells them; the server takes any casing. */
export function respelled<T extends { query: URLSearchParams; body: unknown }>(
  name: OperationName,
  request: T,
): T {
  const { query: known, request: part } = operationOf(name);
  const query = new URLSearchParams();
  for (const [given, value] of request.query) query.append(spelledAs(given, known), value);
  return { ...request, query, body: respellValue(request.body, part) };
}

interface Part {
  $ref?: string;
  anyOf?: Part[];
  items?: Part;
  properties?: Record<string, Part>;
}

function respellValue(value: unknown, given: unknown): unknown {
  const part = (given ?? {}) as Part;
  if (part.$ref !== undefined) {
    const definitions: Readonly<Record<string, unknown>> = schema.$defs;
    return respellValue(value, definitions[part.$ref.slice("#/$defs/".length)]);
  }
  if (part.anyOf !== undefined) return respellValue(value, part.anyOf[0]);
  if (Array.isArray(value)) return value.map((item) => respellValue(item, part.items));
  if (typeof value !== "object" || value === null || part.properties === undefined) return value;
  const { properties } = part;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const known = spelledAs(key, Object.keys(properties));
      return [known, respellValue(item, properties[known])];
    }),
  );
}

function spelledAs(given: string, known: readonly string[]): string {
  return known.find((name) => name.toLowerCase() === given.toLowerCase()) ?? given;
}

/** @throws ServiceFailure 400 ParameterValidationFailure for an unknown query parameter or a body of another shape */
export function checkRequest(
  name: OperationName,
  request: { query: URLSearchParams; body: unknown },
): void {
  const operation = operationOf(name);
  for (const key of request.query.keys()) {
    if (!operation.query.includes(key)) throw invalid(`Unknown query parameter: ${key}`);
  }
  if (operation.request === undefined || (request.body === undefined && isOptional(name))) return;
  const result = validatorOf(operation.request).safeParse(request.body);
  if (!result.success) throw invalid(explain(result.error));
}

/** Items to remove are named in the query or in the body. */
function isOptional(name: OperationName): boolean {
  return name.startsWith("DELETE ");
}

/** @returns the documented status; throws EmulatorDefect when the body is not of the documented shape */
export function checkAnswer(name: OperationName, body: unknown): number {
  const operation = operationOf(name);
  if (operation.response === undefined) return operation.status;
  const result = validatorOf(operation.response).safeParse(body);
  if (!result.success) {
    throw new EmulatorDefect(`Answer of ${name} contradicts the schema: ${explain(result.error)}`);
  }
  return operation.status;
}
