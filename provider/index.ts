/** The native provider `m365` and the drop-in for `azuread`: resources, and their server. */
export { ruleHindrances } from "./azuread/conditional-access/rule-hindrances.ts";
export type { RuleHindrance } from "./azuread/conditional-access/rule-hindrances.ts";
export { lookAtSignIn } from "./azuread/conditional-access/sign-in-rules.ts";
export type { SignInRules } from "./azuread/conditional-access/sign-in-rules.ts";
export { adoptionBy } from "./adoption.ts";
export { createAccessPass } from "./directory/access-pass.ts";
export type { AccessPassFor } from "./directory/access-pass.ts";
export { findCauses } from "./directory/audit-log.ts";
export type { FoundCauses, SoughtChange } from "./directory/audit-log.ts";
export { policy } from "./backup/backup-policy.ts";
export { readCopies, readCreated } from "./backup/read-copies.ts";
export type { Copies } from "./backup/copies.ts";
export { describe, providerPackages, serviceAssigned } from "./catalogue.ts";
export { recordSet } from "./dns/record-set.ts";
export { readZones } from "./dns/zone-inventory.ts";
export type { InventoriedZones } from "./dns/zone-inventory.ts";
export { domain } from "./directory/domain.ts";
export { seatHindrances } from "./licensing/seat-hindrances.ts";
export type { SeatHindrance } from "./licensing/seat-hindrances.ts";
export { domainHindrances } from "./directory/domain-use.ts";
export type { DomainHindrance } from "./directory/domain-use.ts";
export { readDomainRecords } from "./directory/dns-records.ts";
export { groupMembership } from "./directory/group-membership.ts";
export { guest } from "./directory/guest.ts";
export { migrationFacts } from "./directory/migration-facts.ts";
export type { MigrationFacts } from "./directory/migration-facts.ts";
export { inviteCustomer, relationStanding } from "./directory/partner-invitation.ts";
export type {
  Customer,
  GroupAccess,
  RelationStanding,
  RelationTemplate,
} from "./directory/partner-invitation.ts";
export type { PartnerRelation } from "./directory/partner-relation.ts";
export { securityDefaults } from "./directory/security-defaults.ts";
export { tenant } from "./directory/tenant.ts";
export { backupCredentialsOf, credentialOfEnvironment, dnsOf } from "./environment.ts";
export { distributionGroup } from "./exchange/distribution-group.ts";
export { groupMail } from "./exchange/group-mail.ts";
export { readLegacySignIns } from "./directory/legacy-sign-ins.ts";
export { lookAtLastSignIns } from "./directory/sign-in-activity.ts";
export { lookAtSecondStep } from "./directory/second-step.ts";
export type { Part } from "./permissions.ts";
export { calendarPermissions, userCalendarPermissions } from "./exchange/calendar-permissions.ts";
export { mailboxPermissions, userMailboxPermissions } from "./exchange/mailbox-permissions.ts";
export { mailboxSettings } from "./exchange/mailbox-settings.ts";
export { mailboxType } from "./exchange/mailbox-type.ts";
export { readSmtpSenders } from "./exchange/smtp-senders.ts";
export { readLicenseNeeds } from "./exchange/shared-without-license.ts";
export { mailContact } from "./exchange/mail-contact.ts";
export { sharedMailbox } from "./exchange/shared-mailbox.ts";
export { userMail } from "./exchange/user-mail.ts";
export type { InventoriedMailbox, InventoriedMailGroup } from "./exchange/mail-inventory.ts";
export { examine } from "./examine.ts";
export type { Examined } from "./examine.ts";
export { readBackup } from "./backup/backup-inventory.ts";
export type { InventoriedBackup } from "./backup/backup-inventory.ts";
export { readSynchronisation } from "./directory/on-premises.ts";
export type { Synchronisation } from "./directory/on-premises.ts";
export { outsideOnly } from "./directory/inbox-rules.ts";
export { listDirectory, takeInventory } from "./inventory.ts";
export type {
  Directory,
  DirectoryObject,
  InventoriedGroup,
  InventoriedGuest,
  InventoriedPerson,
  Inventory,
} from "./inventory.ts";
export type { Acceptance } from "./kit/accepted.ts";
export type { PlannedStep } from "./kit/ahead.ts";
export type { ResourceContext, ResourceDefinition } from "./kit/define.ts";
export { listenOnLoopback } from "./kit/loopback.ts";
export { PackageProvider, resourceClass } from "./kit/pulumi-class.ts";
export type { ResourceInstance } from "./kit/pulumi-class.ts";
export type { Connection } from "./kit/connection.ts";
export { serveProvider } from "./kit/server.ts";
export type { ProviderServer } from "./kit/server.ts";
export { decode } from "./kit/values.ts";
export type { Properties } from "./kit/values.ts";
export { groupLicense } from "./licensing/group-license.ts";
export { findByAddress, findByKey, findDeleted, grain, listIdOf, readLive } from "./live.ts";
export type { Adoptable } from "./kit/adopt.ts";
export type { Deleted, LiveObject } from "./live.ts";
export { subscription } from "./licensing/subscription.ts";
export { userLicense } from "./licensing/user-license.ts";
export {
  permissionsFor,
  permissionsOfHistory,
  permissionsOfTakeOver,
  permissionsOfTenantFiles,
} from "./permissions.ts";
export type { NeededPermissions, NotRead } from "./permissions.ts";
export { readRisks } from "./risks.ts";
export type { Risks } from "./risks.ts";
export { azureadPackage, m365Package } from "./registry.ts";
export { readIndividuals } from "./sharepoint/individuals.ts";
export type { Individual, KnownAccess } from "./sharepoint/individuals.ts";
export { library } from "./sharepoint/library.ts";
export { sitePermissions } from "./sharepoint/site-permissions.ts";
export { readSiteLimits } from "./sharepoint/site-limits.ts";
export type { SiteLimits } from "./sharepoint/site-limits.ts";
export { site } from "./sharepoint/site.ts";
export type { InventoriedSite, SiteGrant } from "./sharepoint/site-inventory.ts";
