/**
 * What can be odd in a tenant, in the words that its owner reads: what was found, why it matters, what is proposed and
 * who does it. One table for the command, for the report, and for what later looks compare.
 */
import { TENANT_FINDINGS } from "./finding-words.ts";
import { localeOf } from "./i18n/format.ts";
import type { Forms } from "./i18n/nl.ts";
import type { Language, Text } from "./language.ts";
import type { NOUNS } from "./nouns.ts";

/** risk: somebody can get in, or something can be lost. cost: paid for and not used. notice: good to know. */
export type FindingLevel = "risk" | "cost" | "notice";

/** Parts of a tenant that are only looked at where the application may read them. */
export type ReadPart =
  | typeof NOUNS.site.listedIn
  | "administrators"
  | "second-step"
  | "inbox-rules"
  | "forwarding"
  | "sharing"
  | "ews-applications";

/** Why it was not looked at: a permission that was not granted, or a product that the tenant has not bought. */
export type MissingForPart = { readonly permission: string } | { readonly product: string };

export interface FindingWords {
  readonly level: FindingLevel;
  /** Follows the number; a plain sentence where there is nothing to count. */
  readonly what: { readonly nl: Forms; readonly en: Forms } | Text;
  readonly why: Text;
  readonly proposal: Text;
  readonly by: "provider" | "customer" | "together";
  /** Who may not look there cannot say that this is not so. */
  readonly part?: ReadPart;
}

export type FindingKind = keyof typeof TENANT_FINDINGS;

const words: Readonly<Record<FindingKind, FindingWords>> = TENANT_FINDINGS;

/** In the order of reports. */
export const FINDING_KINDS = Object.keys(TENANT_FINDINGS) as FindingKind[];

export const wordsOf = (kind: FindingKind): FindingWords => words[kind];

/** "3 groups without an owner". */
export function foundText(kind: FindingKind, count: number, language: Language): string {
  const what = wordsOf(kind).what[language];
  return typeof what === "string" ? what : localeOf(language).count(count, what);
}
