import * as z from "zod";

/** For a schema of fixed values: the values by the names that people have for them. */
export const valuesByName = z.registry<{ readonly values: ReadonlyMap<string, string> }>();
