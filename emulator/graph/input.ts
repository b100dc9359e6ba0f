/** Bodies of Graph requests: checked against the schema, references taken out. */
import { ServiceFailure } from "../core/failure.ts";
import type { Call } from "../core/workload.ts";
import { graphSchema, navigationOf, parseType, spelledAs } from "../odata/schema.ts";
import { actualType, checkObject, missingParameters, respell } from "../odata/validate.ts";
import { badRequest } from "./errors.ts";
import { asStored } from "./path.ts";

export interface EntityInput {
  /** Structural properties, `@odata.type` included where it was sent. */
  properties: Record<string, unknown>;
  /** Ids by navigation property, from `members@odata.bind` and the like. */
  references: Record<string, string[]>;
}

const BIND = "@odata.bind";

/** @param type Graph type without namespace */
export function readEntity(call: Call, type: string): EntityInput {
  const body = respell(readObject(call), type) as Record<string, unknown>;
  refuseProblems(body, type);
  const actual = actualType(body, type);
  const input: EntityInput = { properties: {}, references: {} };
  for (const [name, value] of Object.entries(body)) {
    if (name === "@odata.type") input.properties[name] = value;
    else if (name.endsWith(BIND)) {
      const navigation = name.slice(0, -BIND.length);
      if (navigationOf(actual, navigation) === undefined) throw unknownProperty(navigation, actual);
      input.references[navigation] = (Array.isArray(value) ? value : [value]).map(referencedId);
    } else if (!name.includes("@")) {
      input.properties[name] = value;
    }
  }
  return input;
}

/** Parameters of an action bound to the type, all there and of the right types. */
export function readParameters(
  call: Call,
  binding: { type: string; action: string },
): Record<string, unknown> {
  const operation = graphSchema().operations[binding.type]?.find(
    (candidate) => candidate.name === binding.action,
  );
  const parameters = operation?.parameters ?? {};
  const body: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(call.body === undefined ? {} : readObject(call))) {
    const name = spelledAs(given, parameters) ?? given;
    body[name] = respell(value, parseType(parameters[name] ?? "").name);
  }
  const missing = missingParameters(body, parameters);
  if (missing.length > 0) {
    throw badRequest(
      `One or more parameters of the operation '${binding.action}' are missing from the request payload. The missing parameters are: ${missing.join(", ")}.`,
    );
  }
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith("@")) continue;
    const type = parameters[name];
    if (type === undefined) {
      throw badRequest(
        `The parameter '${name}' in the request payload is not a valid parameter for the operation '${binding.action}'.`,
      );
    }
    refuseProblems({ [name]: value }, { [name]: type });
  }
  return body;
}

/** The id in `{"@odata.id": "https://…/directoryObjects/{id}"}`. */
export function readReference(call: Call): string {
  const body = readObject(call);
  const known = ["@odata.id", "@odata.type", "@odata.context"];
  const names = Object.keys(body);
  const reference = body[names.find((name) => name.toLowerCase() === "@odata.id") ?? ""];
  if (names.some((name) => !known.includes(name.toLowerCase())) || typeof reference !== "string") {
    throw badRequest(
      'Invalid object identifier. Expected a reference of the form {"@odata.id": "…"}.',
    );
  }
  return referencedId(reference);
}

/** The id that an absolute or relative URL of a directory object ends with. */
function referencedId(reference: unknown): string {
  const [, plain, keyed] =
    /\/(?:([^/()?]+)|[^/(]+\('([^']+)'\))\/?$/.exec(`/${String(reference)}`) ?? [];
  const id = decoded(plain ?? keyed);
  if (typeof reference !== "string" || id === undefined)
    throw badRequest(`Invalid URL format specified in @odata.bind for '${String(reference)}'.`);
  return asStored(id);
}

/** @returns undefined for what cannot be percent-decoded */
function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Words of the refusals: as users of Graph report them. */
function readObject({ body, headers }: Call): Record<string, unknown> {
  const contentType = headers.get("content-type") ?? "";
  if (body === undefined) {
    throw new ServiceFailure(400, "BadRequest", {
      message: "Empty Payload. JSON content expected.",
    });
  }
  if (contentType === "") {
    throw new ServiceFailure(400, "BadRequest", {
      message:
        "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
    });
  }
  if (!contentType.includes("json")) {
    throw new ServiceFailure(400, "BadRequest", {
      message: "Entity only allows writes with a JSON Content-Type header.",
    });
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ServiceFailure(400, "BadRequest", {
      message:
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    });
  }
  return body as Record<string, unknown>;
}

function refuseProblems(
  body: Record<string, unknown>,
  type: string | Record<string, string>,
): void {
  const [problem] = checkObject(body, type);
  if (problem === undefined) return;
  if (problem.kind === "unknown-property")
    throw unknownProperty(problem.path.split(".").at(-1) ?? "", problem.type);
  const expected = problem.expected ?? "";
  if (expected.startsWith("Edm.")) {
    throw badRequest(
      `Cannot convert a primitive value to the expected type '${expected}'. See the inner exception for more details.`,
      [
        {
          code: "InvalidValue",
          target: problem.path,
          message: `Invalid value specified for property '${problem.path}'.`,
        },
      ],
    );
  }
  throw badRequest(
    `Invalid value specified for property '${problem.path}' of resource '${problem.type}'.`,
    [{ code: "InvalidValue", target: problem.path, message: `Expected ${expected}.` }],
  );
}

function unknownProperty(name: string, type: string): ServiceFailure {
  return badRequest(
    `The property '${name}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type or mark the type as open type.`,
  );
}
