/** The rules of the pack, one line each. */
import { backupCoversAll } from "./backup-covers-all.ts";
import { backupIsEncrypted } from "./backup-is-encrypted.ts";
import { backupIsIncremental } from "./backup-is-incremental.ts";
import { backupIsIndependent } from "./backup-is-independent.ts";
import { backupKeepsServiceLevel } from "./backup-keeps-service-level.ts";
import { backupOutlivesContract } from "./backup-outlives-contract.ts";
import { guestHasEnd } from "./guest-has-end.ts";
import { licensedUserHasUsageLocation } from "./licensed-user-has-usage-location.ts";
import type { Rule } from "./rule.ts";
import { tenantHasApproval } from "./tenant-has-approval.ts";
import { tenantHasBackup } from "./tenant-has-backup.ts";
import { userNameIsPrimaryAddress } from "./user-name-is-primary-address.ts";

export const POLICY_PACK_NAME = "tenantry";

export const rules: readonly Rule[] = [
  tenantHasBackup,
  backupCoversAll,
  backupIsIndependent,
  backupIsEncrypted,
  backupIsIncremental,
  backupOutlivesContract,
  backupKeepsServiceLevel,
  tenantHasApproval,
  userNameIsPrimaryAddress,
  guestHasEnd,
  licensedUserHasUsageLocation,
];
