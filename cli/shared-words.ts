/** Arguments and options that several commands take. */
import { z } from "zod";
import { recordPosition, stackName } from "../approval/index.ts";
import type { RecordPosition } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { LANGUAGES } from "../core/language.ts";

export const email = z.string().meta({ value: "email" });
export const file = z.string().meta({ value: "file" });
export const text = z.string().meta({ value: "text" });
export const digest = z.string().meta({ value: "digest" });
/** An entry of a record, as `12:<hash>`. */
export const receipt = z
  .string()
  .regex(/^\d{1,10}:[0-9a-f]{64}$/, "a receipt, such as 12:<hash>")
  .transform((written): RecordPosition => {
    const [sequence, hash] = written.split(":");
    return recordPosition.parse({ sequence: Number(sequence), hash });
  })
  .meta({ value: "receipt" });
export const receiptOf = ({ sequence, hash }: RecordPosition): string => `${sequence}:${hash}`;
/** What drifted, as the tenant file names it. */
export const objectName = z
  .string()
  .meta({ value: "name", description: "user principal name, group name or site address" });
export const entryKey = z
  .string()
  .meta({ value: "key", description: "key of its entry in the tenant file, such as jobTitle" });
export const flag = z.boolean().default(false);

export const wholeNumber = (most: number): z.ZodCoercedNumber =>
  z.coerce.number().int().min(0).max(most);

/** @throws ExpectedError `invalid-name` for anything but a name, such as a path. */
export const tenantName = z
  .string()
  .refine((name) => {
    if (stackName.safeParse(name).success) return true;
    throw new ExpectedError("invalid-name", `${JSON.stringify(name)} is not a valid tenant name.`, {
      hint: "Give the name of a folder in stacks/: letters, digits, dots, hyphens and underscores.",
    });
  })
  .describe("name of a folder in stacks/");

export const newFolder = tenantName.describe("folder in stacks/ that gets the tenant file");
export const tenantId = z
  .guid()
  .toLowerCase()
  .meta({ value: "id", description: "directory id of the tenant" });
const domain = z.string().toLowerCase();
export const initialDomain = domain.meta({
  value: "domain",
  description: "its first domain, such as contoso.onmicrosoft.com",
});
export const managedBy = z
  .string()
  .meta({ value: "name", description: "the provider that manages it: your company" });
export const providerDomain = domain.meta({
  value: "domain",
  description: "the provider's mail domain",
});

/** For the commands that plan; an apply follows the plan that was approved. */
export const refresh = flag.describe(
  "start from the tenant's current state: manual changes are reverted",
);

export const formatOptions = {
  format: z
    .enum(["text", "markdown", "html", "json"])
    .default("text")
    .meta({ value: "format", description: "form of the plan" }),
  language: z.enum(LANGUAGES).optional().meta({
    value: "language",
    description: "of text and Markdown (default: that of the tenant file); the page has both",
  }),
};
