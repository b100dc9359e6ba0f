/**
 * What stays manageable here of people and groups that a directory on premises masters. Everything else of them is
 * compared and never written: the next synchronisation would undo it, where Graph takes it at all.
 * @see https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-sync-attributes-synchronized
 * (checked 2026-11-27)
 */
import type { ListSection } from "./nouns.ts";

/** Value of the key `source` in the tenant file. */
export const ON_PREMISES = "on-premises";

/** Output of the components of people and groups: names of those who come from there. So the state tells who did. */
export const NAMES_FROM_THERE = "onPremises";

interface ManagedHere {
  /** Keys of an entry of the tenant file that say who it is about. */
  readonly naming: readonly string[];
  /** Keys that may change here. The directory there has `accountEnabled` too: it is to be changed in both places. */
  readonly here: readonly string[];
}

export const MANAGED_HERE = {
  users: {
    naming: ["userPrincipalName", "displayName", "source", "formerly", "adopt"],
    here: [
      "accountEnabled",
      "blockedBecause",
      "firstDay",
      "lastDay",
      "usageLocation",
      "licenses",
      "disabledPlans",
    ],
  },
  groups: {
    naming: ["name", "displayName", "type", "source", "formerly", "adopt"],
    here: ["licenses", "disabledPlans"],
  },
} as const satisfies Partial<Record<ListSection, ManagedHere>>;
