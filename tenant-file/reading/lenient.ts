/** The part of a tenant file that can be understood, so that rules across sections run beside other problems. */
import * as z from "zod";
import { unwrap } from "./unwrap.ts";
import { tenantSchema, type Tenant } from "../tenant-schema.ts";

/** `T` with everything that could not be understood left out; items of lists keep their positions. */
export type Lenient<T> = T extends readonly (infer Item)[]
  ? (Lenient<Item> | undefined)[]
  : T extends object
    ? { [K in keyof T]?: Lenient<T[K]> | undefined }
    : T;

const lenientTenant = lenient(tenantSchema);

/** Reads what can be read, normalised as by the schema itself. */
export function readLeniently(data: unknown): Lenient<Tenant> {
  return lenientTenant.parse(data) ?? {};
}

function lenient(wrapped: z.core.$ZodType): z.ZodType {
  const schema = unwrap(wrapped);
  return lenientCore(schema).optional().catch(undefined);
}

function lenientCore(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries<z.core.$ZodType>(schema.shape);
    return z.object(Object.fromEntries(entries.map(([key, value]) => [key, lenient(value)])));
  }
  if (schema instanceof z.ZodArray) return z.array(lenient(schema.element));
  if (schema instanceof z.ZodUnion) {
    return z.union(schema.options.map((option) => lenientCore(unwrap(option))));
  }
  return schema as z.ZodType;
}
