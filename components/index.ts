/** What a customer recognises, declared for Pulumi: one component a file, and the program of a tenant. */
export { backupArgs, siteAddress } from "./backup-args.ts";
export { initialPasswords } from "./initial-password.ts";
export { declareTenant } from "./tenant-program.ts";
export { withBackup } from "./take-over/backup.ts";
export { withZones } from "./take-over/dns-zones.ts";
export type { BackupOperator } from "./take-over/backup.ts";
export { draftTenant } from "./take-over/draft.ts";
export type { DraftedTenant } from "./take-over/draft.ts";
