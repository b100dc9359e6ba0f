/**
 * The digest of a plan: what an approval names. Equal for equal effects on the same objects from the same base, by
 * the same rules and with the same tools; different for everything else.
 */
import { createHash } from "node:crypto";
import { changesRules, rulesInForce } from "../guards/rules.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import type { Change, Plan, StructureChange } from "./model.ts";
import type { Json } from "../../core/json.ts";

/** `sha256:` and 64 hexadecimal digits over the canonical form of a value. */
export function digestOf(value: Json): string {
  return `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}

/** A plan with its digest, which is computed once and then carried with it. */
export interface DigestedPlan {
  readonly plan: Plan;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

export const digested = (plan: Plan): DigestedPlan => ({ plan, digest: planDigest(plan) });

/** The plan's digest, `sha256:` and 64 hexadecimal digits. */
export function planDigest(plan: Plan): string {
  return digestOf(coveredByDigest(plan));
}

/**
 * What the digest covers. Left out: texts in words (descriptions, messages, names that people read), what
 * is not touched (so that an apply to other objects leaves an approval standing), counts (they follow from the
 * changes) and times.
 */
export function coveredByDigest(plan: Plan): Json {
  return {
    format: plan.format,
    tenant: { stack: plan.tenant.stack, tenantId: plan.tenant.tenantId },
    tool: plan.tool,
    rules: {
      proposed: plan.rules.proposed,
      // By which it is judged, and what they replace: the same where they were applied before, or are the default.
      inForce: coveredInForce(plan.rules),
      replaced: changesRules(plan.rules) ? plan.rules.applied : null,
    },
    changes: plan.changes.map(coveredOfChange),
    consequences: plan.consequences,
    structure: plan.structure.map(coveredOfResource),
    otherOptions: plan.otherOptions,
    findings: plan.findings.map((finding) => without(finding, ["message"])),
  };
}

function coveredInForce(rules: Plan["rules"]): Json {
  const { limits, emergencyAccounts, globalAdministrators } = rulesInForce(rules);
  return {
    limits,
    emergencyAccounts: [...emergencyAccounts],
    globalAdministrators: globalAdministrators.map((list) => [...list]),
  };
}

const WORDS_OF_CHANGE = ["name", "section", "description", "commitment", "byHand"] as const;

function coveredOfChange(change: Change): Json {
  const covered = coveredOfResource(without(change, WORDS_OF_CHANGE));
  if (change.commitment === undefined) return covered;
  return { ...covered, commitment: without(change.commitment, ["nl", "en"]) };
}

/** Of a list only the elements that differ: how many stay is up to others. */
function coveredOfResource<T extends Pick<StructureChange, "properties">>(resource: T) {
  const properties = resource.properties.map((property) => without(property, ["kept"]));
  return { ...resource, properties };
}

/** The object without some of its members. */
function without<T extends object, K extends keyof T>(object: T, keys: readonly K[]): Omit<T, K> {
  const entries = Object.entries(object).filter(
    ([key]) => !(keys as readonly string[]).includes(key),
  );
  return Object.fromEntries(entries) as Omit<T, K>;
}
