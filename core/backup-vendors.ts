/**
 * Who makes the backup: a product that is read and written (a file in provider/backup/), or `report`, any other, which
 * its operator runs and of which a file says what is kept.
 */
export const BACKUP_VENDORS = ["veeam", "report"] as const;
