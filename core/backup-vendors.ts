/** Backup products that a tenant file may name; each is a file in provider/backup/. */
export const BACKUP_VENDORS = ["veeam"] as const;
