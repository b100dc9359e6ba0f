import { describe, expect, it } from "vitest";
import { backupIsEncrypted } from "../../policies/backup-is-encrypted.ts";
import { backup, stackWith, violationsOf } from "./support/stack.ts";

describe("m365-backup-is-encrypted", () => {
  it("refuses a backup of which nobody says who holds the key", () => {
    const stack = stackWith(backup({ keyHeldBy: undefined }));
    expect(violationsOf(backupIsEncrypted, stack)).toEqual([
      "Nothing says that only Voorbeeld Beheer B.V. holds the key of the backup (keyHeldBy)",
    ]);
  });

  it("refuses a key that somebody else holds, the operator too", () => {
    const stack = stackWith(backup({ keyHeldBy: "Noordkluis" }));
    expect(violationsOf(backupIsEncrypted, stack)).toEqual([
      "Noordkluis holds the key of the backup; only Voorbeeld Beheer B.V. may",
    ]);
  });

  it("takes the provider's name however it is written", () => {
    const stack = stackWith(backup({ keyHeldBy: "voorbeeld-beheer bv" }));
    expect(violationsOf(backupIsEncrypted, stack)).toEqual([]);
  });
});
