/** Random declarations of any resource, out of its own shape, and two versions of one that have something in common. */
import fc from "fast-check";
import { z } from "zod";
import type { ResourceDefinition } from "../../../provider/kit/define.ts";
import { isObject } from "../../../provider/kit/values.ts";
import type { Properties } from "../../../provider/kit/values.ts";

/** What of JSON Schema the shapes of resources use. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Words that the services give a meaning; any other text is as good as the next. */
const MEANINGFUL: Readonly<Record<string, readonly string[]>> = {
  allowedCombinations: ["fido2", "password,sms", "windowsHelloForBusiness"],
  builtInControls: ["block", "compliantDevice", "mfa"],
  clientAppTypes: ["all", "browser"],
  country: ["DE", "FR", "NL"],
  countriesAndRegions: ["BE", "DE", "FR", "NL"],
  includedUsers: ["All", "GuestsOrExternalUsers"],
  operator: ["AND", "OR"],
  serviceLevel: ["brons", "goud", "zilver"],
  state: ["disabled", "enabled", "enabledForReportingButNotEnforced"],
};

/** Long enough to stand in no sentence by chance; small letters, since many shapes fold the case. */
const word = fc.stringMatching(/^zq[a-z]{7}$/);

/** Spellings of a word, of which one matches any pattern of the shapes. */
const SPELLINGS = [
  (text: string) => text,
  (text: string) => `${text}@acme.example`,
  (text: string) => `${text}.example`,
  (text: string) => `https://acme.sharepoint.com/sites/${text}`,
];

const day = fc
  .date({ min: new Date("2024-01-01"), max: new Date("2029-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const amount = fc.integer({ min: 1, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2));

function textOf({ format, pattern }: Schema): fc.Arbitrary<string> {
  if (format === "date") return day;
  if (format === "date-time") return day.map((text) => `${text}T00:00:00Z`);
  if (format === "uuid") return fc.uuid();
  const words = /^\^\(\?:(\w+(?:\|\w+)*)\)\$$/.exec(pattern ?? "")?.[1];
  if (words !== undefined) return fc.constantFrom(...words.split("|"));
  const spell = SPELLINGS.find((one) => new RegExp(pattern ?? "").test(one("abcdefghi")));
  if (spell === undefined && new RegExp(pattern ?? "").test("20.6")) return amount;
  if (spell === undefined) throw new Error(`no text is known that matches ${String(pattern)}`);
  return word.map(spell);
}

function valueOf(schema: Schema, key: string): fc.Arbitrary<unknown> {
  if (key === "id") return fc.uuid();
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const words = schema.type === "string" ? MEANINGFUL[key] : undefined;
  if (words !== undefined) return fc.constantFrom(...words);
  switch (schema.type) {
    case "string":
      return textOf(schema);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: Math.max(schema.minimum ?? 0, 0), max: 2000 });
    case "array":
      return fc.uniqueArray(valueOf(schema.items ?? {}, key), {
        maxLength: 3,
        selector: (item) => JSON.stringify(item),
      });
    case "object":
      return objectOf(schema);
    case undefined:
    default:
      throw new Error(`${key} has a shape of kind ${String(schema.type)}, which nobody makes up`);
  }
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<object> {
  const values = Object.entries(properties).map(([key, schema]) => [key, valueOf(schema, key)]);
  return fc.record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
  });
}

/** Some of each, part by part and element by element, as the coins fall. */
function mixed(one: unknown, other: unknown, coin: () => boolean): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const [ours, theirs]: readonly (readonly unknown[])[] = [one, other];
    const kept = (ours ?? []).map((item, at) => {
      const opposite = theirs?.[at];
      // A person does not become a group.
      const isOneKind = isObject(item) && isObject(opposite) && item.kind === opposite.kind;
      return isOneKind && coin() ? mixed(item, opposite, coin) : item;
    });
    const all = [...kept, ...(theirs ?? [])].filter(coin);
    return [...new Map(all.map((item) => [JSON.stringify(item), item])).values()];
  }
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const values = keys.map((key) => [key, mixed(one[key], other[key], coin)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }
  return coin() ? one : other;
}

/** Inputs of which a resource has one at most, at any depth. */
const EITHER: readonly (readonly [string, string])[] = [
  ["country", "ip"],
  ["until", "years"],
];

const hasBoth = (value: unknown): boolean =>
  isObject(value) &&
  (EITHER.some((pair) => pair.every((key) => value[key] !== undefined)) ||
    Object.values(value).some(hasBoth));

const parsed = (definition: ResourceDefinition, inputs: unknown): Properties | undefined => {
  const result = definition.inputs.safeParse(inputs);
  if (!result.success || hasBoth(result.data)) return undefined;
  // As the engine has them: without keys of which nothing is left.
  return JSON.parse(JSON.stringify(result.data)) as Properties;
};

export interface Versions {
  readonly before: Properties;
  readonly after: Properties;
}

/** Two valid declarations of one object. */
export function versionsOf(definition: ResourceDefinition): fc.Arbitrary<Versions> {
  const schema = z.toJSONSchema(definition.inputs, { io: "input", unrepresentable: "any" });
  const inputs = objectOf(schema as Schema);
  const coins = fc.array(fc.boolean(), { minLength: 64, maxLength: 64 });
  return fc
    .tuple(inputs, inputs, coins)
    .map(([one, other, flips]) => {
      let next = 0;
      const coin = (): boolean => flips[next++ % flips.length] === true;
      return {
        before: parsed(definition, one),
        after: parsed(definition, mixed(one, other, coin)),
      };
    })
    .filter((versions): versions is Versions => Object.values(versions).every(Boolean));
}
