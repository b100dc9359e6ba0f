import { describe, expect, it } from "vitest";
import { conditionalAccessPolicy } from "../../../../provider/azuread/conditional-access/conditional-access-policy.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { startWorld } from "../../support/world.ts";
import { without } from "../../support/without.ts";

const GROUP = "11111111-2222-4333-8444-555555555555";

const mfa = {
  displayName: "Tweestapsverificatie",
  state: "enabled",
  conditions: {
    applications: { includedApplications: ["All"] },
    clientAppTypes: ["all"],
    users: { includedUsers: ["All"] },
  },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
};

describe("a conditional access policy is refused", () => {
  const { conditions } = mfa;
  const users = (part: Record<string, unknown>) => ({
    ...mfa,
    conditions: { ...conditions, users: { ...conditions.users, ...part } },
  });
  const guests = (...blocks: Record<string, unknown>[]) =>
    users({ excludedGuestsOrExternalUsers: blocks });
  it.each([
    ["in an unknown state", { ...mfa, state: "on" }, "state must be one of"],
    ["without anybody", users({ includedUsers: [] }), "conditions.users.includedUsers"],
    [
      "without apps",
      { ...mfa, conditions: { ...conditions, applications: {} } },
      "conditions.applications.includedApplications",
    ],
    [
      "for apps and actions at once",
      {
        ...mfa,
        conditions: {
          ...conditions,
          applications: { includedApplications: ["All"], includedUserActions: ["urn:user:x"] },
        },
      },
      "not both",
    ],
    [
      "for an unknown kind of client",
      { ...mfa, conditions: { ...conditions, clientAppTypes: ["all", "fax"] } },
      "conditions.clientAppTypes must be made of",
    ],
    ["without controls", without(mfa, "grantControls"), "grantControls or sessionControls"],
    [
      "with controls without effect only",
      { ...without(mfa, "grantControls"), sessionControls: {} },
      "that have an effect",
    ],
    [
      "with an empty demand",
      { ...mfa, grantControls: { operator: "OR" } },
      "grantControls.builtInControls or",
    ],
    [
      "with the bare id of a strength",
      { ...mfa, grantControls: { operator: "OR", authenticationStrengthPolicyId: GROUP } },
      "must look like /policies/authenticationStrengthPolicies/",
    ],
    [
      "with a frequency without its unit",
      { ...mfa, sessionControls: { signInFrequency: 4 } },
      "go together",
    ],
    [
      "with a frequency beside every time",
      {
        ...mfa,
        sessionControls: {
          signInFrequency: 4,
          signInFrequencyPeriod: "hours",
          signInFrequencyInterval: "everyTime",
        },
      },
      "cannot be given when",
    ],
    [
      "for guests twice",
      guests(
        { guestOrExternalUserTypes: ["internalGuest"] },
        { guestOrExternalUserTypes: ["internalGuest"] },
      ),
      "can be given once",
    ],
    [
      "for an unknown kind of guest",
      guests({ guestOrExternalUserTypes: ["tourist"] }),
      "guestOrExternalUserTypes must be made of",
    ],
    [
      "with the names of all tenants",
      guests({
        guestOrExternalUserTypes: ["internalGuest"],
        externalTenants: [{ membershipKind: "all", members: [GROUP] }],
      }),
      "when membershipKind is enumerated",
    ],
  ])("%s", async (_, declared, reason) => {
    const world = await startWorld();
    const making = new ManagedResource(world, conditionalAccessPolicy).up(declared);
    await expect(making).rejects.toThrow(reason);
    expect(world.writes()).toEqual([]);
  });
});
