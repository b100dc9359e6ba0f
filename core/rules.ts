/** Rules of a tenant that outlive a plan: who decides, how much may go at once, what can never be removed. */
import { z } from "zod";
import { acceptedSchema } from "./accepted.ts";
import { SAFEGUARDED } from "./nouns.ts";

/** How much may go or be replaced in one plan without a second decision maker. */
const limitSchema = z.strictObject({
  /** Absolute number. */
  most: z.int().min(0),
  /** Share of what there was, between 0 and 1. Counts from the second object on: one alone is never "all". */
  mostShare: z.number().min(0).max(1),
});

/** The rules that the safeguards go by, and what is accepted beside what is declared. */
export const safeguardRules = {
  limits: z.record(z.enum(SAFEGUARDED), limitSchema),
  /** User principal names or object ids of emergency access accounts. */
  emergencyAccounts: z.array(z.string()),
  /** User principal names or object ids of those who hold the role Global Administrator. */
  globalAdministrators: z.array(z.string()),
  /** Left out where nothing is. */
  accepted: z.array(acceptedSchema).min(1).exactOptional(),
};

export const rulesSchema = z.strictObject({
  decisionMakers: z.array(z.strictObject({ name: z.string(), email: z.string() })),
  /** How many of them must agree. */
  required: z.int().min(1),
  ...safeguardRules,
});

export type Rules = z.infer<typeof rulesSchema>;
export type Limits = Rules["limits"];

/** What holds for a tenant of which nothing was applied yet, and where its file has no limit of its own. */
export const DEFAULT_LIMITS: Limits = {
  people: { most: 3, mostShare: 0.1 },
  mailboxes: { most: 3, mostShare: 0.1 },
  sites: { most: 1, mostShare: 0.1 },
  licenses: { most: 5, mostShare: 0.2 },
};
