import { describe, expect, it } from "vitest";
import { backupIsIndependent } from "../../policies/backup-is-independent.ts";
import { backup, stackWith, violationsOf } from "./support/stack.ts";

describe("m365-backup-is-independent", () => {
  it.each(["Microsoft", "Microsoft Ireland Operations Ltd", "MICROSOFT B.V."])(
    "refuses %s as operator",
    (operator) => {
      expect(violationsOf(backupIsIndependent, stackWith(backup({ operator })))).toHaveLength(1);
    },
  );

  it.each(["Voorbeeld Beheer B.V.", "voorbeeld beheer bv", "Voorbeeld-Beheer"])(
    "refuses the provider itself, written as %s",
    (operator) => {
      expect(violationsOf(backupIsIndependent, stackWith(backup({ operator })))).toEqual([
        "The backup is operated by Voorbeeld Beheer B.V., who also manages the tenant",
      ]);
    },
  );

  it("refuses an operator without a name", () => {
    expect(violationsOf(backupIsIndependent, stackWith(backup({ operator: " B.V. " })))).toEqual([
      "The backup location has no operator",
    ]);
  });
});
