export const PATH = "/identity/conditionalAccess/policies";
export const BREAK_GLASS = "99999999-2222-4333-8444-555555555555";

/** Two-step verification for everybody but the emergency account. */
export const mfa = {
  displayName: "Tweestapsverificatie",
  state: "enabled",
  conditions: {
    applications: { includedApplications: ["All"] },
    clientAppTypes: ["all"],
    users: { includedUsers: ["All"], excludedUsers: [BREAK_GLASS] },
  },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
};
