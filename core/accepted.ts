/**
 * Deviations that the customer accepted: what the tenant has instead of what was applied, why, and until which day. One
 * value each: another value of the same property is a difference like any other.
 */
import { z } from "zod";
import { pathsOfFileKey } from "./file-keys.ts";
import { nameOfList, OBJECT_KINDS, typesOf } from "./nouns.ts";

export const acceptedSchema = z.strictObject({
  kind: z.enum(OBJECT_KINDS),
  /** As the tenant file names the object. */
  name: z.string(),
  /** Key of the tenant file. */
  property: z.string(),
  /** What was found: a value ("" for none), or of a list one element that is there too much, or is not there. */
  value: z.union([z.string(), z.boolean(), z.array(z.string())]).exactOptional(),
  extra: z.string().exactOptional(),
  missing: z.string().exactOptional(),
  /** Object id of the person or group that this names: the name may change, and others may have it. */
  id: z.string().exactOptional(),
  /** Of an element that is there: the right that was found. */
  role: z.string().exactOptional(),
  reason: z.string(),
  /** The last day, in the customer's country. */
  until: z.iso.date(),
});

export type Accepted = z.infer<typeof acceptedSchema>;

/** Where a property of the tenant file is in the state: of which resource, and under which path. */
export interface StatePlace {
  /** The one, or all that such an object can be made as. */
  readonly types: readonly string[];
  /** Name of the resource. */
  readonly name: string;
  readonly path: string;
}

export function statePlaceOf({ kind, name, property, value }: Where): StatePlace {
  const [first, ...more] = pathsOfFileKey(kind, property);
  if (first === undefined) return { types: typesOf(kind), name, path: property };
  // Where one key says a value and a list, it is by what the entry says.
  const { noun, path } = value === undefined ? (more.at(-1) ?? first) : first;
  const { list } = noun;
  if (list === undefined) return { types: typesOf(kind), name, path };
  return { types: [noun.type], name: nameOfList({ list }, name), path };
}

type Where = Pick<Accepted, "kind" | "name" | "property" | "value">;
