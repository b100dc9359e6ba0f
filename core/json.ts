/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export const isJsonObject = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
