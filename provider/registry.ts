/** Every resource that this project serves, one line each. */
import { z } from "zod";
import { directoryRoleAssignment } from "./azuread/roles/directory-role-assignment.ts";
import { directoryRoleMember } from "./azuread/roles/directory-role-member.ts";
import { directoryRole } from "./azuread/roles/directory-role.ts";
import { groupMember } from "./azuread/groups/group-member.ts";
import { groupWithoutMembers } from "./azuread/groups/group-without-members.ts";
import { group } from "./azuread/groups/group.ts";
import { authenticationStrengthPolicy } from "./azuread/conditional-access/authentication-strength-policy.ts";
import { conditionalAccessPolicy } from "./azuread/conditional-access/conditional-access-policy.ts";
import { azureadConfig } from "./azuread/config.ts";
import { namedLocation } from "./azuread/conditional-access/named-location.ts";
import { user } from "./azuread/users/user.ts";
import type { ProviderPackage } from "./kit/package.ts";
import { policy } from "./backup/backup-policy.ts";
import { recordSet } from "./dns/record-set.ts";
import { domain } from "./directory/domain.ts";
import { distributionGroup } from "./exchange/distribution-group.ts";
import { groupMail } from "./exchange/group-mail.ts";
import { calendarPermissions, userCalendarPermissions } from "./exchange/calendar-permissions.ts";
import { mailboxPermissions, userMailboxPermissions } from "./exchange/mailbox-permissions.ts";
import { mailboxSettings } from "./exchange/mailbox-settings.ts";
import { mailboxType } from "./exchange/mailbox-type.ts";
import { mailContact } from "./exchange/mail-contact.ts";
import { sharedMailbox } from "./exchange/shared-mailbox.ts";
import { userMail } from "./exchange/user-mail.ts";
import { groupLicense } from "./licensing/group-license.ts";
import { groupMembership } from "./directory/group-membership.ts";
import { guest } from "./directory/guest.ts";
import { library } from "./sharepoint/library.ts";
import { sitePermissions } from "./sharepoint/site-permissions.ts";
import { site } from "./sharepoint/site.ts";
import { securityDefaults } from "./directory/security-defaults.ts";
import { subscription } from "./licensing/subscription.ts";
import { tenant } from "./directory/tenant.ts";
import { userLicense } from "./licensing/user-license.ts";

export const m365Package: ProviderPackage = {
  name: "m365",
  version: "0.1.0",
  config: z.strictObject({ tenantId: z.guid().describe("Directory id of the tenant.") }),
  resources: [
    tenant,
    domain,
    recordSet,
    policy,
    groupMembership,
    guest,
    securityDefaults,
    distributionGroup,
    groupMail,
    userMail,
    mailboxSettings,
    mailboxType,
    sharedMailbox,
    mailContact,
    mailboxPermissions,
    calendarPermissions,
    userCalendarPermissions,
    userMailboxPermissions,
    subscription,
    userLicense,
    groupLicense,
    site,
    sitePermissions,
    library,
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
