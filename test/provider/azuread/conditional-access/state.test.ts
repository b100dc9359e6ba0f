import { describe, expect, it } from "vitest";
import { conditionalAccessPolicy } from "../../../../provider/azuread/conditional-access/conditional-access-policy.ts";
import { decode } from "../../../../provider/kit/values.ts";
import { BREAK_GLASS, mfa, PATH } from "../../support/conditional-access.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { settle, startWorld } from "../../support/world.ts";

/** As the official plugin writes it in a checkpoint: every object with its `__defaults`. */
const officialInputs = {
  __defaults: [],
  conditions: {
    __defaults: [],
    applications: { __defaults: [], includedApplications: ["All"] },
    clientAppTypes: ["all"],
    users: { __defaults: [], includedUsers: ["All"], excludedUsers: [BREAK_GLASS] },
  },
  displayName: "Tweestapsverificatie",
  grantControls: { __defaults: [], operator: "OR", builtInControls: ["mfa"] },
  state: "enabled",
};

describe("the state of a conditional access policy", () => {
  it("goes over from the official plugin without a difference", async () => {
    const world = await startWorld();
    // The body that the official plugin sends, read in its source.
    const body = {
      conditions: {
        applications: {
          excludeApplications: [],
          includeApplications: ["All"],
          includeUserActions: [],
        },
        authenticationFlows: null,
        clientAppTypes: ["all"],
        devices: null,
        locations: null,
        platforms: null,
        servicePrincipalRiskLevels: [],
        signInRiskLevels: [],
        userRiskLevels: [],
        users: {
          excludeGroups: [],
          excludeGuestsOrExternalUsers: null,
          excludeRoles: [],
          excludeUsers: [BREAK_GLASS],
          includeGroups: [],
          includeGuestsOrExternalUsers: null,
          includeRoles: [],
          includeUsers: ["All"],
        },
      },
      displayName: "Tweestapsverificatie",
      grantControls: {
        builtInControls: ["mfa"],
        customAuthenticationFactors: [],
        operator: "OR",
        termsOfUse: [],
      },
      sessionControls: null,
      state: "enabled",
    };
    const { id } = (await world.emulator.graph("POST", PATH, { body })).body as { id: string };
    await settle(world);
    const { values: inputs } = decode(officialInputs);
    const state = { id: `${PATH}/${id}`, inputs, outputs: {}, isUnfinished: false };
    const resource = new ManagedResource(world, conditionalAccessPolicy, state);

    expect(await resource.up(mfa)).toBe("same");
    expect(await resource.refresh()).toEqual(inputs);
    expect(await resource.up(mfa)).toBe("same");
  });

  it("is not changed by what the official plugin drops or orders at a refresh", async () => {
    const world = await startWorld();
    const methods = ["deviceCodeFlow", "authenticationTransfer"];
    const conditions = { ...mfa.conditions, authenticationFlowTransferMethods: methods };
    const resource = new ManagedResource(world, conditionalAccessPolicy);
    await resource.up({ ...mfa, conditions });
    const { id, outputs } = resource.state ?? { id: "", outputs: {} };
    const inputs = {
      ...mfa,
      conditions: { ...conditions, authenticationFlowTransferMethods: methods.toReversed() },
    };
    const state = { id, inputs, outputs, isUnfinished: false };
    const refreshed = new ManagedResource(world, conditionalAccessPolicy, state);
    // The service forgets controls without effect, and the official plugin then forgets them too.
    const sessionControls = { applicationEnforcedRestrictionsEnabled: false };
    expect(await refreshed.up({ ...mfa, conditions, sessionControls })).toBe("same");
  });

  it("has the parts that nobody declared, of what is declared now", async () => {
    const resource = new ManagedResource(await startWorld(), conditionalAccessPolicy);
    const sessionControls = { signInFrequency: 4, signInFrequencyPeriod: "hours" };
    await resource.up({ ...mfa, sessionControls });
    const users = { includedUsers: ["All"] };
    await resource.up({ ...mfa, sessionControls, conditions: { ...mfa.conditions, users } });
    expect(resource.outputs).toMatchObject({
      conditions: { insiderRiskLevels: "", users: { ...users, excludedUsers: [] } },
      grantControls: { authenticationStrengthPolicyId: "", builtInControls: ["mfa"] },
      sessionControls: {
        signInFrequencyAuthenticationType: "primaryAndSecondaryAuthentication",
        signInFrequencyInterval: "timeBased",
      },
    });
  });

  it("has the notes of the official plugin: schema version 1 and its timeouts", async () => {
    const resource = new ManagedResource(await startWorld(), conditionalAccessPolicy);
    await resource.up(mfa);
    expect(resource.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000,"update":900000000000},"schema_version":"1"}',
    );
  });
});
