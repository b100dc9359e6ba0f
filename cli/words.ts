/** The words after a command, from one zod object: how they are written, what help says of them, and their checks. */
import { Argument, Option } from "commander";
import { z } from "zod";
import { ExpectedError } from "../core/expected-error.ts";

/** What JSON Schema says of a value, with `value`: what help calls it, such as `email`. */
interface ValueFacts {
  readonly type?: string;
  readonly description?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Word extends ValueFacts {
  readonly key: string;
  readonly isRequired: boolean;
}

export const argumentsOf = (schema: z.ZodObject): Argument[] =>
  wordsOf(schema).map(
    (word) =>
      new Argument(word.isRequired ? `<${placeOf(word)}>` : `[${placeOf(word)}]`, helpOf(word)),
  );

export const optionsOf = (schema: z.ZodObject): Option[] =>
  wordsOf(schema).map((word) => new Option(flagsOf(word), helpOf(word)));

/**
 * The words as their schema types them.
 * @throws ExpectedError `invalid-argument`, `invalid-option`, and what the schema throws.
 */
export function checkedWords<Schema extends z.ZodObject>(
  schema: Schema,
  given: Readonly<Record<string, unknown>>,
  kind: "argument" | "option",
): z.output<Schema> {
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const word = wordsOf(schema).find(({ key }) => key === issue?.path[0]);
  if (issue === undefined || word === undefined) throw checked.error;
  const name = kind === "argument" ? `<${placeOf(word)}>` : flagsOf(word);
  const value = given[word.key];
  if (value === undefined) {
    throw new ExpectedError("invalid-argument", `Missing ${kind} ${name}.`, {
      hint: `Add ${name}: ${helpOf(word)}.`,
    });
  }
  const said = `${name} cannot be ${JSON.stringify(value)}.`;
  const more = { hint: allowedIn(word) ?? `${issue.message}.` };
  throw kind === "argument"
    ? new ExpectedError("invalid-argument", said, more)
    : new ExpectedError("invalid-option", said, more);
}

function wordsOf(schema: z.ZodObject): Word[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).map(([key, facts]) => ({
    ...(facts as ValueFacts),
    key,
    isRequired: required.includes(key),
  }));
}

const placeOf = ({ key, value = key, type }: Word): string =>
  type === "array" ? `${value}...` : value;

function flagsOf(word: Word): string {
  const name = `--${word.key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return word.type === "boolean" ? name : `${name} <${placeOf(word)}>`;
}

function helpOf({ description, enum: choices, default: otherwise }: Word): string {
  const said = [choices?.join(" | "), description].filter((part) => part !== undefined).join(", ");
  const isTold =
    typeof otherwise === "number" || (typeof otherwise === "string" && otherwise !== "");
  return isTold ? `${said} (default: ${otherwise})` : said;
}

function allowedIn({ type, enum: choices, minimum, maximum }: Word): string | undefined {
  if (choices !== undefined) return `Use one of: ${choices.join(", ")}.`;
  if (type === "integer") return `Give a whole number from ${minimum} to ${maximum}.`;
  return undefined;
}
