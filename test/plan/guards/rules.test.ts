import { describe, expect, it } from "vitest";
import type { Rules } from "../../../core/rules.ts";
import { DEFAULT_LIMITS } from "../../../core/rules.ts";
import { findingsOf } from "../../../plan/guards/findings.ts";
import { ruleChanges, ruleFindings, rulesInForce } from "../../../plan/guards/rules.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import type { Change, Plan } from "../../../plan/model/model.ts";
import { renderHtml } from "../../../views/render-html.tsx";
import { renderText } from "../../../views/render-text.ts";
import { noDeclarations } from "../logs.ts";
import { aChange, aPlan, JUDGED, RULES } from "../support.ts";

const limits = (people: number): Rules["limits"] => ({
  ...DEFAULT_LIMITS,
  people: { most: people, mostShare: 1 },
});
const applied: Rules = {
  ...RULES,
  limits: limits(3),
  emergencyAccounts: ["nood@contoso.com"],
  globalAdministrators: ["admin@contoso.com"],
};

describe("the rules in force for a plan", () => {
  it.each([
    ["a looser limit", [3, 9]],
    ["a stricter limit", [9, 3]],
  ])("are the stricter ones: %s", (_what, [before = 0, proposed = 0]) => {
    const rules = rulesInForce({
      applied: { ...applied, limits: limits(before) },
      proposed: { ...applied, limits: limits(proposed) },
    });
    expect(rules.limits.people.most).toBe(3);
  });

  it("are the product's own before anything was applied", () => {
    const rules = rulesInForce({ applied: null, proposed: { ...RULES, limits: limits(9) } });
    expect(rules.limits.people).toEqual(DEFAULT_LIMITS.people);
  });

  it("protect whom either of them protects", () => {
    const proposed = { ...applied, emergencyAccounts: ["other@contoso.com"] };
    expect(rulesInForce({ applied, proposed }).emergencyAccounts).toEqual([
      "nood@contoso.com",
      "other@contoso.com",
    ]);
  });
});

describe("a change that loosens the rules by which it is judged", () => {
  const names = ["anna", "bob", "cem", "dora", "nood", "admin"];
  const leavers = names.map((name) => {
    const address = `${name}@contoso.com`;
    return aChange(address, { operation: "delete", identifiers: [address] });
  });
  const remove = leavers.map(({ name: object }) => ({ object, reason: "r", data: "d" }));
  const facts = { ...noDeclarations.guards, remove };
  const proposed: Rules = {
    ...RULES,
    limits: limits(100),
    emergencyAccounts: [],
    globalAdministrators: [],
  };
  const judged = (rules: Plan["rules"], changes: readonly Change[] = leavers): string[] =>
    findingsOf({ ...JUDGED, changes }, { facts, rules }).map(({ code }) => code);

  it("does not get away with it (P2): limits, emergency account and last administrator hold", () => {
    expect(judged({ applied, proposed })).toEqual([
      "emergency-account-removed",
      "last-global-administrator-removed",
      "too-many-removed",
    ]);
    // Once the change of rules was applied by itself, that is how it is.
    expect(judged({ applied: proposed, proposed })).toEqual([]);
  });

  it("stands on the page as a change of its own, though nothing else changes", () => {
    const plan = aPlan([], { rules: { applied, proposed } });
    const text = renderText(plan, { language: "en" });
    expect(text).not.toContain("Nothing changes");
    expect(text).toContain("Maximum number of people removed at once: 3 → 100");
    expect(text).toContain("Emergency accounts: - nood@contoso.com");
    expect(renderHtml(plan)).toContain("Maximumaantal medewerkers dat in één keer weg mag");
  });

  it("is covered by the digest, as are the rules that were applied", () => {
    const digests = [
      { applied, proposed },
      { applied, proposed: applied },
      { applied: proposed, proposed },
      // Not among the rules that are in force for the plan itself.
      { applied: { ...applied, required: 2 }, proposed },
    ].map((rules) => planDigest(aPlan([], { rules })));
    expect(new Set(digests).size).toBe(4);
  });

  it("is another digest only where the rules are others: not because they were applied since", () => {
    const first = planDigest(aPlan([], { rules: { applied: null, proposed: RULES } }));
    expect(planDigest(aPlan([], { rules: { applied: RULES, proposed: RULES } }))).toBe(first);
  });

  it("asks for two decision makers where it is the first apply", () => {
    expect(ruleFindings({ applied: null, proposed })).toEqual([
      {
        code: "limits-loosened",
        ...{ source: "safeguard", urns: [], clearedBy: "second-approver" },
        message: {
          nl: "De eerste keer zijn ruimere grenzen dan de standaard alleen mogelijk als twee beslissers akkoord gaan",
          en: "On the first apply, limits looser than the default need the approval of two decision makers",
        },
      },
    ]);
    expect(ruleFindings({ applied: null, proposed: RULES })).toEqual([]);
    expect(ruleFindings({ applied, proposed })).toEqual([]);
    expect(ruleChanges({ applied: null, proposed })).toEqual([]);
  });
});
