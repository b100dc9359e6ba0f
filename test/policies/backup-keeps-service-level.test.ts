import { describe, expect, it } from "vitest";
import { backupKeepsServiceLevel } from "../../policies/backup-keeps-service-level.ts";
import { backup, CONTRACT, stackWith, tenant, violationsOf } from "./support/stack.ts";

const promising = (promises: object) => tenant({ contract: { ...CONTRACT, promises } });

describe("m365-backup-keeps-service-level", () => {
  it("refuses a backup that is made more seldom than promised", () => {
    const level = promising({ backupSchedule: "every8Hours" });
    expect(violationsOf(backupKeepsServiceLevel, stackWith(level))).toEqual([
      "A backup is made every 24 hours; the service level promises every 8 hours",
    ]);
    const often = backup({ schedule: "every4Hours" });
    expect(violationsOf(backupKeepsServiceLevel, stackWith(level, often))).toEqual([]);
  });

  it("refuses a backup that is kept shorter than promised", () => {
    const level = promising({ backupSchedule: "daily", backupYears: 7 });
    expect(violationsOf(backupKeepsServiceLevel, stackWith(level))).toEqual([
      "What is backed up on 1 January 2026 is kept until 31 December 2028; the service level promises 1 January 2033",
    ]);
    const long = backup({ retention: { years: 7 } });
    expect(violationsOf(backupKeepsServiceLevel, stackWith(level, long))).toEqual([]);
  });
});
