/** Rules for signing in: counted before they are on, and a word on who they leave out. */
import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { signInFindings } from "../../../plan/guards/sign-in.ts";
import type { SignInExclusions } from "../../../plan/guards/sign-in.ts";
import type { Change } from "../../../plan/model/model.ts";
import { aChange, property } from "../support.ts";

const COUNTED = "enabledForReportingButNotEnforced";
const TWO_STEPS = "twoStepForEveryone";

const aRule = (
  states: readonly [before: string | undefined, after: string | undefined],
  more: Partial<Change> = {},
): Change => {
  const [before, after] = states;
  const operation = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return aChange(TWO_STEPS, {
    ...{ type: NOUNS.accessRule.type, section: "tenant", operation, name: "Two steps" },
    properties: [property("state", before, after)],
    ...more,
  });
};
const defaults = (isEnabled: boolean) =>
  aChange("securityDefaults", {
    ...{ type: NOUNS.securityDefaults.type, section: "tenant", operation: "update" },
    properties: [property("isEnabled", !isEnabled, isEnabled)],
  });

const EXCLUSIONS: SignInExclusions = {
  emergencyAccounts: ["nood@contoso.com"],
  ...{ groups: [], travellers: [], alongside: [], partner: true },
};
const codes = (changes: readonly Change[], exclusions?: SignInExclusions) =>
  signInFindings(changes, exclusions).map(({ code, clearedBy }) => [code, clearedBy]);

it("refuses a rule that was not counted first", () => {
  const refused = [["not-counted-first", "declaration"]];
  expect(codes([aRule([undefined, "enabled"])])).toEqual(refused);
  expect(codes([aRule(["disabled", "enabled"])])).toEqual(refused);
  expect(codes([aRule([undefined, COUNTED])])).toEqual([]);
  expect(codes([aRule([COUNTED, "enabled"])])).toEqual([]);
});

it("lets what was switched off or taken away by hand be put back", () => {
  expect(codes([aRule(["disabled", "enabled"], { byHand: ["state"] })])).toEqual([]);
  expect(codes([aRule([undefined, "enabled"], { byHand: [] })])).toEqual([]);
  expect(codes([aRule(["disabled", "enabled"], { byHand: ["displayName"] })])).toEqual([
    ["not-counted-first", "declaration"],
  ]);
});

it("says that nothing asks for a second step any more, unless security defaults do", () => {
  const ends = [["second-step-ends", "none-needed"]];
  expect(codes([aRule(["enabled", undefined])])).toEqual(ends);
  expect(codes([aRule(["enabled", COUNTED])])).toEqual(ends);
  expect(codes([aRule(["enabled", undefined]), defaults(true)])).toEqual([]);
  expect(codes([aRule([COUNTED, undefined])])).toEqual([]);
});

it("names who is left out, and says that the partner's own staff is not", () => {
  const travellers = [{ user: "anna@contoso.com", until: "2027-01-10", reason: "Spanje" }];
  const [left, kept, shut] = signInFindings([aRule([undefined, COUNTED])], {
    ...EXCLUSIONS,
    ...{ groups: ["field"], travellers, alongside: ["Old MFA"], partner: false },
  });
  expect(left?.message).toEqual({
    nl: "De inlogregels gelden niet voor: noodaccount nood@contoso.com; groep field; anna@contoso.com buiten de vertrouwde landen, tot en met 10 januari 2027 (Spanje)",
    en: "The rules for signing in do not apply to: emergency account nood@contoso.com; group field; anna@contoso.com outside the trusted countries, until 10 January 2027 (Spanje)",
  });
  expect(kept?.message.en).toBe("What does the same already stays beside it: Old MFA");
  expect(shut).toMatchObject({ code: "partner-shut-out", clearedBy: "none-needed" });
  expect(codes([aRule([undefined, COUNTED])], EXCLUSIONS)).toEqual([
    ["left-out-of-sign-in-rules", "none-needed"],
  ]);
  expect(codes([aRule(["enabled", undefined])], EXCLUSIONS)).toEqual([
    ["second-step-ends", "none-needed"],
  ]);
});
