import type * as z from "zod";

/** `T` with exactly one of the keys `K` present. */
type ExactlyOneOf<T, K extends keyof T> = {
  [Present in K]-?: Omit<T, K> &
    Required<Pick<T, Present>> &
    Partial<Record<Exclude<K, Present>, never>>;
}[K];

/**
 * Narrows an object whose `keys` are all optional to objects that hold exactly one of them.
 * Checked even where the object has other problems, so that all of them show in one run.
 */
export function exactlyOneOf<Shape extends z.ZodRawShape, K extends string & keyof Shape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  keys: readonly K[],
) {
  type Whole = z.output<typeof schema>;
  const checked = schema
    .refine((value) => keys.filter((key) => key in value).length === 1, {
      error: `Needs exactly one of ${keys.join(", ")}`,
      params: { allowed: `one of ${keys.join(", ")}` },
      when: ({ value, issues }) =>
        typeof value === "object" &&
        value !== null &&
        !issues.some((issue) => issue.code === "unrecognized_keys"),
    })
    .meta({
      oneOf: keys.map((key) => ({ type: "object", properties: { [key]: {} }, required: [key] })),
    });
  return checked as unknown as z.ZodType<
    ExactlyOneOf<Whole, K & keyof Whole>,
    z.input<typeof schema>
  >;
}
