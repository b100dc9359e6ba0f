/** The small values that statements, entries and trust roots are made of. All of them have one spelling only. */
import { z } from "zod";

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hexadecimal digits");

/** Digest of a plan (or of a rest of its changes) as plan/model/digest.ts writes it. */
export const planDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 digits");

/** Id of a git commit, SHA-1 or SHA-256. */
export const gitCommit = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, "a full commit id");

/** Microsoft Entra tenant id, lower case. */
export const tenantId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "a tenant id in lower case");

/** Pulumi stack name; also a safe name of a folder. */
export const stackName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/, "a stack name")
  .max(100);

/** Point in time: UTC, milliseconds, exactly as Date.toISOString writes it. */
export const instant = z.string().refine((text) => {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}, "a time such as 2026-11-22T09:30:00.000Z");

/** The form in which addresses of people are compared and signed. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}

/** Address of a person, normalised; no spaces, quotes, brackets or invisible characters. */
export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@<>"\p{C}]+@[^\s@<>"\p{C}]+$/u, "an e-mail address")
  .refine((text) => normalizeEmail(text) === text, "an e-mail address in lower case");

/** One line of text that people read: not empty, without control, format or unpaired characters. */
export const lineOfText = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{C}*$/u, "text without control characters");

/** Free text of a person, may be empty; line breaks are the only control characters. */
export const remark = z
  .string()
  .max(2000)
  .regex(/^[\P{C}\n]*$/u, "text without control characters");

/** Base64 with padding, in the one spelling that encoding gives. */
export const base64 = z
  .string()
  .refine(
    (text) => Buffer.from(text, "base64").toString("base64") === text,
    "base64 in its canonical form",
  );

/** A place in a record: sequence (0 is the empty record) and the hash of the entry there. */
export const recordPosition = z.strictObject({ sequence: z.int().min(0), hash: sha256Hex });
export type RecordPosition = z.infer<typeof recordPosition>;
