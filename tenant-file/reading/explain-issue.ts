/** From zod's issues to problems in the words of the tenant file. */
import * as z from "zod";
import { valuesByName } from "../schema/values-by-name.ts";
import { nearest, nearestName } from "./nearest.ts";
import { MAX_PROBLEMS, type Finding, type Path } from "../diagnostic.ts";
import { inQuotes, quote, show } from "./show.ts";
import { unwrap } from "./unwrap.ts";

type Issue = z.core.$ZodIssue;

/** Longer lists of allowed values are told by the description in the schema. */
const MAX_LISTED_VALUES = 8;
/** Of a value that is shown as it is written. */
const MAX_SOURCE_LENGTH = 40;
const MISSING = "This key is missing";

const nounByType: Record<string, string> = {
  object: "a group of keys",
  array: "a list",
  string: "text",
  int: "a whole number",
  number: "a number",
};

/** One place of the data that an issue is about. */
interface Place {
  path: Path;
  value: unknown;
  schema: z.core.$ZodType | undefined;
  /** How the value is written, where YAML reads it as something else than text. */
  source: string | undefined;
}

interface Checked {
  schema: z.core.$ZodType;
  data: unknown;
  sourceOf: (path: Path) => string | undefined;
}

/** The findings of one run of `schema` over `data`; of a very long list of issues, those that are told. */
export function explainIssues(issues: readonly Issue[], checked: Checked): Finding[] {
  const findings = issues.slice(0, MAX_PROBLEMS + 1).flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    const place = {
      path,
      value: valueAt(checked.data, path),
      schema: schemaAt(checked.schema, path),
      source: checked.sourceOf(path),
    };
    return explain(issue, place, checked);
  });
  // A misspelt key is one problem, not also the lack of the key that was meant.
  const meant = new Set(
    findings
      .filter(({ at, suggestion }) => at === "key" && suggestion !== undefined)
      .map(({ path, suggestion }) => JSON.stringify([...path.slice(0, -1), suggestion])),
  );
  return findings.filter(
    ({ path, message }) => message !== MISSING || !meant.has(JSON.stringify(path)),
  );
}

function explain(issue: Issue, place: Place, checked: Checked): Finding[] {
  const { path, value } = place;
  if (value === undefined) return [{ path, message: MISSING, ...describe(place) }];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, MAX_PROBLEMS + 1).map((key) => explainUnknownKey(key, place));
    case "invalid_type":
      return [explainType(issue.expected, place)];
    case "invalid_value":
      return [explainValue(issue.values.map(String), place)];
    case "invalid_union":
      return explainUnion(issue.errors, place, checked);
    case "too_big":
      return [explainSize(place, `at most ${String(issue.maximum)}`)];
    case "too_small":
      return [explainSize(place, `at least ${String(issue.minimum)}`)];
    case "invalid_format":
    case "custom":
    case "invalid_key":
    case "invalid_element":
    case "not_multiple_of":
      return [{ path, message: issue.message, ...receivedBy(issue, value), ...allowedBy(issue) }];
  }
}

function explainUnknownKey(key: string, { path, schema: wrapped }: Place): Finding {
  const schema = wrapped && unwrap(wrapped);
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const suggestion = nearest(key, known);
  return {
    path: [...path, key],
    at: "key",
    message: `Unknown key ${quote(key)}`,
    allowed: known.join(", "),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function explainType(expected: string, { path, value, source }: Place): Finding {
  const noun = nounByType[expected] ?? expected;
  if (expected === "string" && source !== undefined) {
    return {
      path,
      message: "This must be text",
      received: `${source.slice(0, MAX_SOURCE_LENGTH)}, which YAML reads as ${show(value)}`,
      allowed: inQuotes(source),
    };
  }
  if (value === null) {
    const none = expected === "array" ? ", or [] for none" : "";
    return {
      path,
      message: "This key has no value",
      received: show(value),
      allowed: `${noun}${none}; omit the key to leave it unmanaged`,
    };
  }
  return { path, message: `This must be ${noun}`, received: show(value) };
}

function explainValue(values: string[], place: Place): Finding {
  const suggestion =
    typeof place.value === "string" ? meant(place.value, values, place) : undefined;
  return {
    path: place.path,
    message: "Not one of the allowed values",
    received: show(place.value),
    ...(place.schema && unwrap(place.schema) instanceof z.ZodLiteral
      ? { allowed: values.join(", ") }
      : describe(place)),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function meant(written: string, values: string[], { schema }: Place): string | undefined {
  const byName = schema && valuesByName.get(unwrap(schema))?.values;
  const name = nearestName(written, byName?.keys() ?? []);
  return name === undefined ? nearest(written, values) : byName?.get(name);
}

/** The issues of the one alternative that fits the kind of value; else all alternatives as what is allowed. */
function explainUnion(errors: Issue[][], place: Place, { sourceOf }: Checked): Finding[] {
  const options = place.schema instanceof z.ZodUnion ? place.schema.options.map(unwrap) : [];
  const fitting = Array.isArray(place.value)
    ? options.findIndex((option) => option instanceof z.ZodArray)
    : -1;
  const branch = errors[fitting];
  if (branch === undefined) {
    const words = options.map((option) =>
      option instanceof z.ZodLiteral ? [...option.values].join(", ") : "a list",
    );
    return [
      {
        path: place.path,
        message: "Not one of the allowed values",
        received: show(place.value),
        allowed: words.join(" or "),
      },
    ];
  }
  const schema = options[fitting];
  if (schema === undefined) return [];
  return explainIssues(branch, {
    schema,
    data: place.value,
    sourceOf: (path) => sourceOf([...place.path, ...path]),
  }).map((finding) => ({
    ...finding,
    path: [...place.path, ...finding.path],
  }));
}

function explainSize({ path, value }: Place, allowed: string): Finding {
  if (typeof value === "string") {
    return value === ""
      ? { path, message: "This text is empty", allowed: "text of at least 1 character" }
      : {
          path,
          message: "This text is too long",
          received: `${value.length} characters`,
          allowed: `${allowed} characters`,
        };
  }
  if (Array.isArray(value)) {
    return { path, message: "This list is too short", received: `${value.length}`, allowed };
  }
  return { path, message: "This number is out of range", received: show(value), allowed };
}

/** What may be a password is never repeated. */
const receivedBy = (issue: Issue, value: unknown): { received?: string } =>
  issue.code === "custom" && issue.params?.isSecret === true ? {} : { received: show(value) };

function allowedBy(issue: Issue): { allowed?: string } {
  if (issue.code === "invalid_format") return { allowed: "a valid date, as YYYY-MM-DD" };
  const allowed: unknown = issue.code === "custom" ? issue.params?.allowed : undefined;
  return typeof allowed === "string" ? { allowed } : {};
}

function describe({ schema: wrapped }: Place): { allowed?: string } {
  const schema = wrapped && unwrap(wrapped);
  if (schema instanceof z.ZodEnum && schema.options.length <= MAX_LISTED_VALUES) {
    return { allowed: schema.options.join(", ") };
  }
  const description = schema instanceof z.ZodType ? schema.meta()?.description : undefined;
  return description === undefined ? {} : { allowed: description };
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  );
}

function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>((wrapped, step) => {
    const current = wrapped && unwrap(wrapped);
    if (current instanceof z.ZodObject) return (current.shape as z.ZodRawShape)[step];
    return current instanceof z.ZodArray ? current.element : undefined;
  }, schema);
}
