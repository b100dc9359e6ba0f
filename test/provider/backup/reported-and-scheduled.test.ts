import { expect, it } from "vitest";
import { policy } from "../../../provider/backup/backup-policy.ts";
import { connectTenant, startBackupWorld } from "../support/backup-world.ts";
import type { BackupWorld } from "../support/backup-world.ts";
import { ManagedResource } from "../support/managed-resource.ts";

const declared = {
  vendor: "veeam",
  organization: "contoso.onmicrosoft.com",
  operator: "Kluis",
  location: { name: "Datacentrum Noord", country: "NL" },
  retention: { years: 1 },
  mailboxes: ["anna@contoso.com"],
  sites: [],
};
const reported = { ...declared, vendor: "report", kinds: ["site", "mailbox"], isIncremental: true };

interface Job {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly repositoryId: string;
  readonly schedulePolicy: Readonly<Record<string, unknown>>;
}
const jobs = ({ vendor }: BackupWorld): Promise<Job[]> => vendor.all<Job>("/v8/Jobs");

/** What an operator sends to change a job, beside what changes. */
const changed = ({ name, repositoryId }: Job) => ({
  ...{ name, repositoryId, description: "", backupType: "EntireOrganization" },
});

async function ready(options?: Parameters<typeof startBackupWorld>[0]): Promise<BackupWorld> {
  const backup = await startBackupWorld(options);
  await connectTenant(backup);
  return backup;
}

it("asks and writes nothing where its operator reports, and reads nothing back", async () => {
  const backup = await ready();
  const resource = new ManagedResource(backup.world, policy);
  expect(await resource.up(reported)).toBe("created");
  expect(resource.id).toBe("report:contoso.onmicrosoft.com");
  const kinds = ["mailbox", "site"];
  expect(await resource.refresh()).toMatchObject({ ...reported, kinds });
  expect(await resource.up({ ...reported, mailboxes: [] })).toBe("updated");
  await resource.down();
  expect(backup.world.writes()).toEqual([]);
  expect(await jobs(backup)).toEqual([]);
});

it("is another backup where the vendor changes, and the job of the earlier one is switched off", async () => {
  const backup = await ready();
  const resource = new ManagedResource(backup.world, policy);
  await resource.up(declared);
  const before = new ManagedResource(backup.world, policy, resource.state);
  expect(await resource.up(reported)).toBe("replaced");
  await before.down();
  expect(await jobs(backup)).toMatchObject([{ isEnabled: false }]);
});

it("runs as often as declared, and undoes another schedule or place", async () => {
  const backup = await ready();
  const resource = new ManagedResource(backup.world, policy);
  const often = { ...declared, schedule: "every8Hours" };
  await resource.up(often);
  const [job] = await jobs(backup);
  expect(job?.schedulePolicy).toMatchObject({ type: "Periodically", periodicallyEvery: "Hours8" });
  expect(await resource.up(often)).toBe("same");
  if (job === undefined) throw new Error("no job");

  await backup.vendor.put(`/v8/Jobs/${job.id}`, {
    ...changed(job),
    schedulePolicy: { scheduleEnabled: true, type: "Periodically", periodicallyEvery: "Hours12" },
  });
  expect(await resource.refresh()).toMatchObject({ schedule: "every12Hours" });
  expect(await resource.up(often)).toBe("updated");
  expect(await jobs(backup)).toMatchObject([{ schedulePolicy: { periodicallyEvery: "Hours8" } }]);

  expect(await resource.up(declared)).toBe("updated");
  expect(await jobs(backup)).toMatchObject([{ schedulePolicy: { type: "Daily" } }]);
});

it("does not take a job of working days for a daily one", async () => {
  const backup = await ready();
  const resource = new ManagedResource(backup.world, policy);
  await resource.up(declared);
  const [job] = await jobs(backup);
  if (job === undefined) throw new Error("no job");
  await backup.vendor.put(`/v8/Jobs/${job.id}`, {
    ...changed(job),
    schedulePolicy: { ...job.schedulePolicy, dailyType: "Workdays" },
  });
  expect(await resource.refresh()).toMatchObject({ mailboxes: [] });
});

it("refuses a place that does not encrypt, once it is said who holds the key", async () => {
  const plain = await ready();
  const keyHeldBy = "Voorbeeld Beheer";
  const making = new ManagedResource(plain.world, policy).up({ ...declared, keyHeldBy });
  await expect(making).rejects.toMatchObject({ code: "backup-not-encrypted" });
  expect(await jobs(plain)).toEqual([]);
  const encrypted = await ready({ isEncrypted: true });
  expect(await new ManagedResource(encrypted.world, policy).up({ ...declared, keyHeldBy })).toBe(
    "created",
  );
});

it("says whose word it is, how often and who has the key, in both languages", () => {
  const after = { ...reported, schedule: "every8Hours", keyHeldBy: "Voorbeeld Beheer" };
  const made = policy.describe({ operation: "create", before: undefined, after, changedPaths: [] });
  expect(made.nl).toBe(
    "Alle mail, agenda's en bestanden krijgen elke 8 uur een back-up buiten Microsoft, bij Kluis (Datacentrum Noord, NL), bewaard 1 jaar, versleuteld met een sleutel die alleen Voorbeeld Beheer heeft; of dat zo is, zegt Kluis zelf in een opgave, die wij niet kunnen nakijken",
  );
  const change = { operation: "update", before: { ...after, schedule: "daily" }, after } as const;
  const changed = policy.describe({ ...change, changedPaths: ["schedule"] });
  expect(changed).toMatchObject({
    severity: "sensitive",
    nl: "Back-up (volgens Kluis, niet door ons nagekeken): voortaan elke 8 uur (was elke dag)",
    en: "Backup (by the word of Kluis, not checked by us): made every 8 hours (was every day)",
  });
  const gone = policy.describe({
    ...{ operation: "delete", before: after, after: undefined, changedPaths: [] },
  });
  expect(gone.en).toContain("nothing is stopped there, and nobody looks at it any more");
});
