import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../core/accepted.ts";
import { NOUNS } from "../../../core/nouns.ts";
import type { Rules } from "../../../core/rules.ts";
import { acceptedFindings } from "../../../plan/guards/accepted.ts";
import { acceptedChanges, changesRules } from "../../../plan/guards/rules.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import { renderText } from "../../../views/render-text.ts";
import { aChange, aPlan, property, RULES } from "../support.ts";

const ANNA = "anna@contoso.com";
const deviation: Accepted = {
  ...{ kind: "user", name: ANNA, property: "jobTitle", value: "Keizer" },
  ...{ reason: "Staat in", until: "2027-03-31" },
};
const withIt: Rules = { ...RULES, accepted: [deviation] };
const codes = (...args: Parameters<typeof acceptedFindings>): string[] =>
  acceptedFindings(...args).map(({ code }) => code);

describe("an accepted deviation", () => {
  it("is a change by itself, before anything was applied as well", () => {
    expect(changesRules({ applied: null, proposed: withIt })).toBe(true);
    expect(changesRules({ applied: withIt, proposed: withIt })).toBe(false);
    const other = { ...deviation, until: "2027-04-30" };
    const longer = { applied: withIt, proposed: { ...RULES, accepted: [other] } };
    expect(acceptedChanges(longer)).toEqual({ added: [other], ended: [deviation] });
  });

  it("is covered by the digest, and stands on the page with reason and day", () => {
    const plans = [{ ...deviation, value: "Paus" }, deviation].map((one) =>
      aPlan([], { rules: { applied: RULES, proposed: { ...RULES, accepted: [one] } } }),
    );
    expect(new Set(plans.map(planDigest)).size).toBe(2);
    const [, plan] = plans;
    const text = plan && renderText(plan, { language: "nl" });
    expect(text).toContain(`${ANNA}: mag zo blijven tot en met 31 maart 2027: Functie: Keizer`);
    expect(text).toContain("Reden: Staat in");
    const ended = aPlan([], { rules: { applied: withIt, proposed: RULES } });
    expect(renderText(ended, { language: "en" })).toContain(
      "no longer accepted: Job title: Keizer",
    );
  });

  it("is none of an account that is protected, or was until this plan", () => {
    const protecting = { ...RULES, emergencyAccounts: [ANNA] };
    const administrator = { ...RULES, globalAdministrators: [ANNA] };
    const proposed = withIt;
    expect(codes({ applied: protecting, proposed }, [])).toEqual(["protected-accepted"]);
    expect(codes({ applied: administrator, proposed }, [])).toEqual(["protected-accepted"]);
    expect(codes({ applied: RULES, proposed }, [])).toEqual([]);
  });

  it("has to go before its property can change, but not for another value to be put back", () => {
    const rules = { applied: withIt, proposed: withIt };
    const changing = (path: string, more = {}) => [
      aChange(ANNA, { operation: "update", properties: [property(path, "a", "b")], ...more }),
    ];
    expect(codes(rules, changing("jobTitle"))).toEqual(["accepted-changed"]);
    expect(codes(rules, changing("jobTitle", { byHand: ["jobTitle"] }))).toEqual([]);
    expect(codes(rules, changing("city"))).toEqual([]);
    const manager = { ...deviation, property: "manager", id: "5f1c" };
    const accepting = { ...RULES, accepted: [manager] };
    const itsRules = { applied: accepting, proposed: accepting };
    expect(codes(itsRules, changing("managerId"))).toEqual(["accepted-changed"]);
  });

  it("that something is missing goes before it is added; others in the list may change", () => {
    const missing = (entry: string): Rules => ({
      ...RULES,
      accepted: [
        {
          ...{ kind: "group", name: "team", property: "members", missing: entry },
          ...{ reason: "Met verlof", until: "2027-03-31" },
        },
      ],
    });
    const added = [
      aChange("team-members", {
        ...{ type: NOUNS.groupMembership.type, operation: "update" },
        properties: [property("members", [], [{ id: "1", userPrincipalName: ANNA }])],
      }),
    ];
    const codesOf = (rules: Rules) => codes({ applied: rules, proposed: rules }, added);
    expect(codesOf(missing(ANNA))).toEqual(["accepted-changed"]);
    expect(codesOf(missing("bob@contoso.com"))).toEqual([]);
  });

  it("that somebody has another right goes before the file changes that right", () => {
    const grant = (id: string, role: string) => ({ kind: "user", id, principal: ANNA, role });
    const accepting = (id: string): Rules => ({
      ...RULES,
      accepted: [
        {
          ...{ kind: "site", name: "/sites/board", property: "permissions", extra: "anna", id },
          ...{ role: "edit", reason: "Notulist", until: "2027-03-31" },
        },
      ],
    });
    const changed = [
      aChange("/sites/board-permissions", {
        ...{ type: NOUNS.sitePermissions.type, operation: "update" },
        properties: [property("grants", [grant("1", "read")], [grant("1", "full-control")])],
      }),
    ];
    const codesOf = (rules: Rules) => codes({ applied: rules, proposed: rules }, changed);
    expect(codesOf(accepting("1"))).toEqual(["accepted-changed"]);
    expect(codesOf(accepting("2"))).toEqual([]);
  });
});
