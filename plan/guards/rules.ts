/**
 * Rules are what outlives a plan. A change cannot loosen the rules by which it is judged: those that were applied
 * last and those that it proposes hold both, the stricter of each, and what changes in them stands on the page.
 */
import type { Accepted } from "../../core/accepted.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { SAFEGUARDED } from "../../core/nouns.ts";
import { DEFAULT_LIMITS } from "../../core/rules.ts";
import type { Limits, Rules } from "../../core/rules.ts";
import { differences } from "../build/differences.ts";
import { fromEngine } from "../build/engine-values.ts";
import type { Finding, Plan, PropertyChange } from "../model/model.ts";

export type SafeguardRules = Pick<Rules, "limits" | "emergencyAccounts"> & {
  /** One list a set of rules: of none of them may everybody go. */
  readonly globalAdministrators: readonly (readonly string[])[];
};

/** What holds for the plan. Before anything was applied, the product's own limits are the ones in force. */
export function rulesInForce({ applied, proposed }: Plan["rules"]): SafeguardRules {
  const administrators = [applied, proposed].flatMap((rules) =>
    rules === null ? [] : [rules.globalAdministrators],
  );
  const limits = strictest(applied?.limits ?? DEFAULT_LIMITS, proposed.limits);
  return {
    limits,
    emergencyAccounts: [
      ...new Set([...(applied?.emergencyAccounts ?? []), ...proposed.emergencyAccounts]),
    ],
    globalAdministrators: [
      ...new Map(administrators.map((list) => [canonicalJson(list), list])).values(),
    ],
  };
}

function strictest(one: Limits, other: Limits): Limits {
  const entries = SAFEGUARDED.map((what) => {
    const most = Math.min(one[what].most, other[what].most);
    return [what, { most, mostShare: Math.min(one[what].mostShare, other[what].mostShare) }];
  });
  return Object.fromEntries(entries) as Limits;
}

/** What becomes other than it was, without what is accepted; nothing before anything was applied. */
export function ruleChanges({ applied, proposed }: Plan["rules"]): PropertyChange[] {
  if (applied === null) return [];
  const [before, after] = [applied, proposed].map(({ accepted: _, ...rules }) => rules);
  return differences(fromEngine(before ?? {}), fromEngine(after ?? {}));
}

/** Deviations that become accepted, and those that are so no longer; one of which reason or day changes is both. */
export function acceptedChanges({ applied, proposed }: Plan["rules"]): {
  readonly added: readonly Accepted[];
  readonly ended: readonly Accepted[];
} {
  const [before, after] = [applied?.accepted ?? [], proposed.accepted ?? []];
  return { added: without(after, before), ended: without(before, after) };
}

function without(list: readonly Accepted[], others: readonly Accepted[]): Accepted[] {
  const keys = new Set(others.map((one) => canonicalJson(one)));
  return list.filter((one) => !keys.has(canonicalJson(one)));
}

/** Whether the plan changes what outlives it, be no object touched. */
export function changesRules(rules: Plan["rules"]): boolean {
  const { added, ended } = acceptedChanges(rules);
  return ruleChanges(rules).length + added.length + ended.length > 0;
}

/** A first apply may not bring looser limits than the product's own on one word. */
export function ruleFindings({ applied, proposed }: Plan["rules"]): Finding[] {
  const isLooser = SAFEGUARDED.some(
    (what) => proposed.limits[what].most > DEFAULT_LIMITS[what].most,
  );
  if (applied !== null || !isLooser) return [];
  return [
    {
      code: "limits-loosened",
      source: "safeguard",
      urns: [],
      message: {
        nl: "De eerste keer zijn ruimere grenzen dan de standaard alleen mogelijk als twee beslissers akkoord gaan",
        en: "On the first apply, limits looser than the default need the approval of two decision makers",
      },
      clearedBy: "second-approver",
    },
  ];
}
