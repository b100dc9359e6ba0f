import { describe, expect, it } from "vitest";
import { backupIsIncremental } from "../../policies/backup-is-incremental.ts";
import { backup, stackWith, violationsOf } from "./support/stack.ts";

describe("m365-backup-is-incremental", () => {
  it("refuses a backup whose operator did not agree to it", () => {
    expect(violationsOf(backupIsIncremental, stackWith(backup({ isIncremental: false })))).toEqual([
      "Nothing says that Noordkluis B.V. makes incremental backups (isIncremental)",
    ]);
  });
});
