/** Every resource that this project serves, one line each. */
import { z } from "zod";
import { directoryRoleAssignment } from "./azuread/directory-role-assignment.ts";
import { directoryRoleMember } from "./azuread/directory-role-member.ts";
import { directoryRole } from "./azuread/directory-role.ts";
import { groupMember } from "./azuread/group-member.ts";
import { groupWithoutMembers } from "./azuread/group-without-members.ts";
import { group } from "./azuread/group.ts";
import { authenticationStrengthPolicy } from "./azuread/authentication-strength-policy.ts";
import { conditionalAccessPolicy } from "./azuread/conditional-access-policy.ts";
import { azureadConfig } from "./azuread/config.ts";
import { namedLocation } from "./azuread/named-location.ts";
import { user } from "./azuread/user.ts";
import type { ProviderPackage } from "./package.ts";
import { policy } from "./resources/backup-policy.ts";
import { groupLicense } from "./resources/group-license.ts";
import { groupMembership } from "./resources/group-membership.ts";
import { sitePermissions } from "./resources/site-permissions.ts";
import { site } from "./resources/site.ts";
import { subscription } from "./resources/subscription.ts";
import { tenant } from "./resources/tenant.ts";
import { userLicense } from "./resources/user-license.ts";

export const m365Package: ProviderPackage = {
  name: "m365",
  version: "0.1.0",
  config: z.strictObject({ tenantId: z.guid().describe("Directory id of the tenant.") }),
  resources: [
    tenant,
    policy,
    groupMembership,
    subscription,
    userLicense,
    groupLicense,
    site,
    sitePermissions,
  ],
};

/** The drop-in for the official plugin; its version is that of the schema it follows. */
export const azureadPackage: ProviderPackage = {
  name: "azuread",
  version: "6.9.1",
  config: azureadConfig,
  resources: [
    user,
    group,
    groupMember,
    groupWithoutMembers,
    namedLocation,
    conditionalAccessPolicy,
    authenticationStrengthPolicy,
    directoryRole,
    directoryRoleAssignment,
    directoryRoleMember,
  ],
};
