/**
 * Deviations that the customer accepted: what the tenant has instead of what was applied, why, and until which day. One
 * value each: another value of the same property is a difference like any other.
 */
import { z } from "zod";
import { nameOfList, NOUN_OF, NOUNS, OBJECT_KINDS, typesOf } from "./nouns.ts";
import type { Noun } from "./nouns.ts";

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

const ALL: readonly Noun[] = Object.values(NOUNS);

export function statePlaceOf({
  kind,
  name,
  property,
}: Pick<Accepted, "kind" | "name" | "property">): StatePlace {
  for (const { type, list } of ALL) {
    if (list?.owner !== kind) continue;
    const at = { types: [type], name: nameOfList({ list }, name) };
    if (list.key === property) return { ...at, path: list.path ?? property };
    if (list.others?.includes(property) === true) return { ...at, path: property };
  }
  const own: Noun = NOUN_OF[kind];
  const [path = property] =
    Object.entries(own.people ?? {}).find(([, key]) => key === property) ?? [];
  return { types: typesOf(kind), name, path };
}
