import * as z from "zod";

/** The schema below optional and default. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodExactOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap())
    : schema;
}
