/** The languages of the product, and one text in both. */
import { z } from "zod";

export const LANGUAGES = ["nl", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in the two languages of the product. */
export const textSchema = z.strictObject({ nl: z.string(), en: z.string() });
export type Text = z.infer<typeof textSchema>;
