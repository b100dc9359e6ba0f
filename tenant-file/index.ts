/** The tenant file: format, rules, reading, and the errors with their positions. */
export { acceptedEntries } from "./accepted.ts";
export { loadBackupReport, type BackupReport } from "./backup-report.ts";
export { changeTenantFile } from "./change.ts";
export type { AcceptedEntry, Edit, EntryChange, NewEntry } from "./edit.ts";
export { dayAt, declaredOn, endDays } from "./end-days.ts";
export { dueDays, type DueDay } from "./due.ts";
export { tenantJsonSchema } from "./json-schema.ts";
export { formatProblem, type Finding, type Problem } from "./diagnostic.ts";
export { FILE_NAME, fileNameOf, readBeside, unknownTenant, type TenantPlace } from "./files.ts";
export { readIdentities } from "./identities.ts";
export { checkTenant, loadTenant, parseTenant } from "./load.ts";
export { placeOf } from "./places.ts";
export { ownDomains } from "./rules/domains.ts";
export { canContain } from "./rules/groups.ts";
export { isMailGroup } from "./rules/mail.ts";
export { globalAdministratorsOf } from "./rules/roles.ts";
export { licensedPeople } from "./rules/licenses.ts";
export { peopleWithoutMailbox } from "./rules/mail.ts";
export { adoptions, binWords, blockReasons, releaseEntries, removeEntries } from "./removals.ts";
export type { Backup, Tenant } from "./tenant-schema.ts";
export { checkText, inFile, refusalOf } from "./reading/check-text.ts";
export { unwrap } from "./reading/unwrap.ts";
export { isAcceptable } from "./schema/accepted.ts";
export { domain as domainEntry } from "./schema/domains.ts";
export { groupName } from "./schema/group-name.ts";
export { group as groupEntry } from "./schema/groups.ts";
export { guest as guestEntry } from "./schema/guests.ts";
export { mailContact as mailContactEntry } from "./schema/mail-contacts.ts";
export { mailbox as mailboxEntry } from "./schema/mailboxes.ts";
export { userMailbox as userMailboxEntry } from "./schema/user-mailbox.ts";
export { libraryName, site as siteEntry, siteUrl } from "./schema/sites.ts";
export { sku } from "./schema/sku.ts";
export { tenant as tenantEntry } from "./schema/tenant.ts";
export { user as userEntry } from "./schema/users.ts";
export {
  calendarDay,
  domainName,
  emailAddress,
  shapedAs,
  text,
  userPrincipalName,
} from "./schema/values.ts";
export { firstContract, tenantFileText } from "./write.ts";
export type {
  GroupEntry,
  GuestEntry,
  MailboxEntry,
  MailContactEntry,
  Remarks,
  SiteEntry,
  TenantDraft,
  UserEntry,
} from "./write.ts";
