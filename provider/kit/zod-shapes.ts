/** Pieces of input shapes that several resources share. Values are normalised here, so that spelling is not a change. */
import { z } from "zod";

/** User principal name or e-mail address; lower case, because the directory compares without case. */
export const address = z
  .string()
  .toLowerCase()
  .regex(/^[^\s@]+@[^\s@]+$/, "must be an address: name@domain");

/** DNS name in lower case. */
export const domain = z
  .string()
  .toLowerCase()
  .regex(/^[^\s@/]+\.[^\s@/]+$/, "must be a domain name");

/** Calendar day YYYY-MM-DD. */
export const day = z.iso.date();

const bySpelling = (left: string, right: string): number =>
  left < right ? -1 : Number(left > right);

const sortedOnce = (items: string[]): string[] => [...new Set(items)].sort(bySpelling);

/** A set: sorted, each item once. */
export const setOf = (item: typeof address) => z.array(item).overwrite(sortedOnce);

/** A set of objects, sorted by the key that `keyOf` gives; two with one key are refused. */
export const keyedSetOf = <Item extends z.ZodObject>(
  item: Item,
  keyOf: (value: z.output<Item>) => string,
) =>
  z
    .array(item)
    .refine((items) => new Set(items.map(keyOf)).size === items.length, "names something twice")
    .overwrite((items) => [...items].sort((left, right) => bySpelling(keyOf(left), keyOf(right))));
