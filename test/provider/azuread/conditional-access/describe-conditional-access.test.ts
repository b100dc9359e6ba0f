import { describe, expect, it } from "vitest";
import { describeConditionalAccess } from "../../../../provider/azuread/conditional-access/describe-conditional-access.ts";
import { UNKNOWN } from "../../../../core/engine-markers.ts";

const mfa = {
  displayName: "MFA",
  state: "enabled",
  conditions: {
    applications: { includedApplications: ["All"] },
    clientAppTypes: ["all"],
    users: { includedUsers: ["All"], excludedUsers: ["an-id"], excludedGroups: ["1", UNKNOWN] },
  },
  grantControls: { operator: "OR", builtInControls: ["mfa", "compliantDevice"] },
};

const created = (after: Record<string, unknown>) =>
  describeConditionalAccess({ operation: "create", before: undefined, after, changedPaths: [] });

const updated = (after: Record<string, unknown>, ...changedPaths: string[]) =>
  describeConditionalAccess({ operation: "update", before: mfa, after, changedPaths });

describe("the words for a conditional access policy", () => {
  it("say for whom it is, where, and what it asks for", () => {
    expect(created(mfa)).toEqual({
      section: "tenant",
      affected: [],
      severity: "sensitive",
      nl: "De toegangsregel “MFA” komt erbij en geldt meteen: voor iedereen behalve 1 persoon en 2 groepen, bij alle apps – alleen met tweestapsverificatie of een apparaat dat aan de regels voldoet",
      en: "The access rule “MFA” is added and takes effect at once: for everybody except 1 person and 2 groups, at all apps – only with two-step verification or a compliant device",
    });
  });

  it("are a warning when it shuts people out at once, and not when it only reports", () => {
    const block = { ...mfa, grantControls: { operator: "OR", builtInControls: ["block"] } };
    expect(created(block)).toMatchObject({
      severity: "destructive",
      nl: expect.stringContaining("– geen toegang") as string,
    });
    const reporting = { ...block, state: "enabledForReportingButNotEnforced" };
    expect(created(reporting)).toMatchObject({
      severity: "sensitive",
      nl: expect.stringContaining("telt alleen mee in rapporten") as string,
    });
  });

  it("name places, further conditions and limits on the session", () => {
    const { conditions } = mfa;
    const locations = { includedLocations: ["All"], excludedLocations: ["AllTrusted", "id"] };
    const narrow = {
      ...mfa,
      state: "disabled",
      conditions: { ...conditions, locations, platforms: { includedPlatforms: ["iOS"] } },
      sessionControls: { persistentBrowserMode: "never" },
    };
    expect(created(narrow).en).toBe(
      "The access rule “MFA” is added and is switched off: for everybody except 1 person and 2 groups, at all apps, from anywhere except trusted locations and 1 location, under further conditions – only with two-step verification or a compliant device, with limits on the session",
    );
  });

  it("say what a change leads to, and what was before", () => {
    const users = { ...mfa.conditions.users, includedUsers: [], includedGroups: ["g"] };
    const after = {
      ...mfa,
      displayName: "Two steps",
      state: "disabled",
      conditions: { ...mfa.conditions, users },
    };
    const paths = ["state", "displayName", "conditions.users.includedUsers[0]"];
    expect(updated(after, ...paths).nl).toBe(
      "De toegangsregel “Two steps”: gaat uit; heet voortaan “Two steps” (was “MFA”); voor 1 groep behalve 1 persoon en 2 groepen (was voor iedereen behalve 1 persoon en 2 groepen)",
    );
  });

  it("do not repeat what reads the same: other people are still other people", () => {
    const users = { ...mfa.conditions.users, excludedUsers: ["another-id"] };
    const after = { ...mfa, conditions: { ...mfa.conditions, users } };
    expect(updated(after, "conditions.users.excludedUsers[0]").en).toBe(
      "The access rule “MFA”: applies to other people or groups",
    );
    expect(updated(mfa, "conditions.platforms").en).toBe(
      "The access rule “MFA”: other conditions change",
    );
  });

  it("say what no longer holds when it goes", () => {
    const gone = describeConditionalAccess({
      operation: "delete",
      before: mfa,
      after: undefined,
      changedPaths: [],
    });
    expect(gone).toMatchObject({
      severity: "sensitive",
      en: expect.stringMatching(/goes; what held until now: for everybody/) as string,
    });
  });
});
