/**
 * Properties that only /beta has and that clients need; accepted under both versions, because the v1.0 schema is the base.
 * Sources: azuread provider 3.9 (groups are written through beta) and learn.microsoft.com/graph/api/resources/group?view=graph-rest-beta
 * (checked 2026-11).
 */
export const betaAdditions: Record<string, Record<string, string>> = {
  group: {
    createdByAppId: "String",
    isMembershipRuleLocked: "Boolean",
    membershipRuleProcessingStatus: "membershipRuleProcessingStatus",
    writebackConfiguration: "groupWritebackConfiguration",
    cloudLicensing: "anything",
  },
  // Read by the azuread plugin's data source of service principals.
  servicePrincipal: { samlMetadataUrl: "String" },
};
