import { afterEach, describe, expect, it, vi } from "vitest";
import { calendar } from "../../../core/calendar.ts";
import type { RestClient } from "../../../services/index.ts";
import { policy } from "../../../provider/backup/backup-policy.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { connectTenant, startBackupWorld } from "../support/backup-world.ts";
import type { BackupWorld } from "../support/backup-world.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const declared = {
  vendor: "veeam",
  organization: "contoso.onmicrosoft.com",
  operator: "Kluis Back-updiensten",
  location: { name: "Datacentrum Noord", country: "NL" },
  retention: { until: "2028-12-31" },
  mailboxes: ["anna@contoso.com", "bob@contoso.com"],
  sites: ["https://contoso.sharepoint.com/sites/finance"],
};

const disclaimer = { signedBy: "Marieke de Vries", signedOn: "2026-03-02", document: "Bijlage 4" };
const withoutBob = {
  ...declared,
  mailboxes: ["anna@contoso.com"],
  exceptions: [{ kind: "mailbox", name: "bob@contoso.com", disclaimer }],
};

interface Job {
  id: string;
  name: string;
  backupType: string;
  isEnabled: boolean;
  schedulePolicy: { type: string };
}

const jobs = ({ vendor }: BackupWorld): Promise<Job[]> => vendor.all<Job>("/v8/Jobs");
const excluded = async ({ vendor }: BackupWorld, id: string): Promise<string[]> => {
  const items = await vendor.all<{ type: string }>(`/v8/Jobs/${id}/ExcludedItems`);
  return items.map(({ type }) => type);
};

async function ready(options?: Parameters<typeof startBackupWorld>[0]): Promise<BackupWorld> {
  vi.spyOn(calendar, "today").mockReturnValue("2026-11-22");
  const backup = await startBackupWorld(options);
  await connectTenant(backup);
  return backup;
}

describe("the backup policy", () => {
  it("covers the whole organisation every day before there is anybody in it", async () => {
    const backup = await ready();
    const resource = new ManagedResource(backup.world, policy);

    expect(await resource.up(declared)).toBe("created");

    expect(await jobs(backup)).toMatchObject([
      {
        id: resource.id,
        name: "Tenantry contoso.onmicrosoft.com",
        backupType: "EntireOrganization",
        isEnabled: true,
        schedulePolicy: { type: "Daily" },
      },
    ]);
    expect(resource.outputs).toMatchObject({
      jobName: "Tenantry contoso.onmicrosoft.com",
      pendingExceptions: [],
    });
  });

  it("is left alone by a second run", async () => {
    const backup = await ready();
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(declared);
    backup.world.writes();

    const written = { ...declared, mailboxes: ["Bob@contoso.com", "anna@contoso.com"] };
    expect(await resource.up(written)).toBe("same");
    expect(await resource.refresh()).toMatchObject(declared);
    expect(await resource.up(written)).toBe("same");
    expect(backup.world.writes()).toEqual([]);
  });

  it("covers who comes later without touching the job", async () => {
    const backup = await ready();
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(declared);
    backup.world.writes();

    const mailboxes = [...declared.mailboxes, "carl@contoso.com"];
    expect(await resource.up({ ...declared, mailboxes })).toBe("updated");
    expect(backup.world.writes()).toEqual([]);
  });

  it("leaves out a mailbox and a site that were signed for, and takes them back", async () => {
    const backup = await ready();
    await makePeople(backup.world, ["Anna", "Bob"]);
    await new ManagedResource(backup.world, site).up({
      url: declared.sites[0],
      title: "Finance",
      template: "team",
      owner: "anna@contoso.com",
    });
    const resource = new ManagedResource(backup.world, policy);
    const exceptions = [
      ...withoutBob.exceptions,
      { kind: "site", name: declared.sites[0], disclaimer },
    ];
    await resource.up({ ...withoutBob, sites: [], exceptions });
    expect(await excluded(backup, resource.id)).toEqual(["User", "Site"]);
    expect(await resource.refresh()).toMatchObject({ mailboxes: ["anna@contoso.com"], exceptions });

    expect(await resource.up(declared)).toBe("updated");
    expect(await excluded(backup, resource.id)).toEqual([]);
  });

  it("backs up an exception that the vendor does not know yet, and leaves it out once it does", async () => {
    const backup = await ready();
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(withoutBob);
    expect(resource.outputs).toMatchObject({ pendingExceptions: ["bob@contoso.com"] });
    expect(await resource.up(withoutBob)).toBe("same");

    await makePeople(backup.world, ["Anna", "Bob", "Carl"]);
    const mailboxes = ["anna@contoso.com", "carl@contoso.com"];
    await resource.up({ ...withoutBob, mailboxes });
    expect(resource.outputs).toMatchObject({ pendingExceptions: [] });
    expect(await excluded(backup, resource.id)).toEqual(["User"]);
  });

  it("shows what somebody excluded at the vendor as not covered, and puts it back", async () => {
    const backup = await ready();
    await makePeople(backup.world, ["Anna", "Bob"]);
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(declared);
    const [organization] = await backup.vendor.all<{ id: string }>("/v8/Organizations");
    const users = await backup.vendor.all<{ id: string; name: string }>(
      `/v8/Organizations/${organization?.id ?? ""}/Users`,
    );
    const anna = users.find(({ name }) => name === "anna@contoso.com");
    await backup.vendor.post(`/v8/Jobs/${resource.id}/ExcludedItems`, [
      { type: "User", user: { id: anna?.id } },
    ]);

    expect(await resource.refresh()).toMatchObject({ mailboxes: ["bob@contoso.com"] });
    expect(await resource.up(declared)).toBe("updated");
    expect(await excluded(backup, resource.id)).toEqual([]);
  });

  it("shows a job that was switched off as covering nothing, and switches it on", async () => {
    const backup = await ready();
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(declared);
    await backup.vendor.post(`/v8/Jobs/${resource.id}/disable`, {});

    expect(await resource.refresh()).toMatchObject({ mailboxes: [], sites: [] });
    expect(await resource.up(declared)).toBe("updated");
    expect(await jobs(backup)).toMatchObject([{ isEnabled: true }]);
  });

  it("is recreated after somebody deleted the job", async () => {
    const backup = await ready();
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(declared);
    await backup.vendor.delete(`/v8/Jobs/${resource.id}`);

    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(declared)).toBe("created");
    expect(await jobs(backup)).toHaveLength(1);
  });

  it("switches the job off when it is removed and deletes nothing, twice if need be", async () => {
    const backup = await ready();
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(declared);

    await resource.down();
    await resource.down();
    expect(await jobs(backup)).toMatchObject([{ id: resource.id, isEnabled: false }]);

    await backup.vendor.delete(`/v8/Jobs/${resource.id}`);
    await resource.down();
  });

  it("refuses a job of that name which is not its own", async () => {
    const backup = await ready();
    await new ManagedResource(backup.world, policy).up(declared);
    const second = new ManagedResource(backup.world, policy);
    await expect(second.up(declared)).rejects.toMatchObject({ code: "backup-job-exists" });
    expect(second.state).toBeUndefined();
    expect(await jobs(backup)).toHaveLength(1);
  });

  it("is not made twice when the answer to its creation is lost", async () => {
    const backup = await ready({ behaviour: { lostAnswerShare: 0.4 } });
    const resource = new ManagedResource(backup.world, policy);
    await resource.up(declared);
    expect(await jobs(backup)).toHaveLength(1);
  });

  it("recognises what it left out after a lost answer, also beside what the vendor does not know", async () => {
    const backup = await ready();
    await makePeople(backup.world, ["Anna", "Bob"]);
    const { vendor, world } = backup;
    const found: unknown[] = [];
    const looking: RestClient = {
      ...vendor,
      post: async (path, body, options) => {
        const answer = await vendor.post(path, body, options);
        if (path.endsWith("/ExcludedItems")) found.push(await options?.find?.());
        return answer;
      },
    };
    const context = { ...world.context, backup: () => looking };
    const stranger = { kind: "mailbox", name: "eve@contoso.com", disclaimer };
    const exceptions = [...withoutBob.exceptions, stranger];
    await new ManagedResource({ ...world, context }, policy).up({ ...withoutBob, exceptions });
    expect(found).toEqual([{}]);
  });

  it("stays in the state when it fails halfway, and the next run finishes it", async () => {
    const backup = await ready();
    await makePeople(backup.world, ["Anna", "Bob"]);
    const { vendor, world } = backup;
    const cut: RestClient = {
      ...vendor,
      post: (path, ...rest) =>
        path.endsWith("/ExcludedItems")
          ? Promise.reject(new Error("cut"))
          : vendor.post(path, ...rest),
    };
    const context = { ...world.context, backup: () => cut };
    const first = new ManagedResource({ ...world, context }, policy);

    await expect(first.up(withoutBob)).rejects.toThrow("cut");
    expect(first.state).toMatchObject({ isUnfinished: true });
    const resource = new ManagedResource(world, policy, first.state);
    expect(await resource.up(withoutBob)).toBe("updated");
    expect(await excluded(backup, resource.id)).toEqual(["User"]);
    expect(await jobs(backup)).toHaveLength(1);
  });

  it("refuses while the operator has not connected the tenant", async () => {
    const backup = await startBackupWorld();
    const making = new ManagedResource(backup.world, policy).up(declared);
    await expect(making).rejects.toMatchObject({
      code: "backup-organization-missing",
      hint: expect.stringContaining("Kluis Back-updiensten") as unknown,
    });
  });

  it("refuses a location that the operator does not have", async () => {
    const backup = await ready();
    const location = { name: "Datacentrum Zuid", country: "NL" };
    const making = new ManagedResource(backup.world, policy).up({ ...declared, location });
    await expect(making).rejects.toMatchObject({ code: "backup-location-missing" });
    expect(await jobs(backup)).toEqual([]);
  });

  it.each([
    [{ retentionPeriodType: "Yearly", yearlyRetentionPeriod: "Years2" }, "2028-11-22"],
    [{ retentionPeriodType: "Monthly", monthlyRetentionPeriod: 25 }, "2028-12-22"],
    [{ retentionPeriodType: "Daily", dailyRetentionPeriod: 700 }, "2028-10-22"],
  ])("refuses a location that keeps backups too short: %j", async (retention, until) => {
    const backup = await ready({ retention });
    const making = new ManagedResource(backup.world, policy).up(declared);
    await expect(making).rejects.toMatchObject({
      code: "backup-retention-too-short",
      message: expect.stringContaining(until) as unknown,
    });
  });

  it.each([
    [{ retentionPeriodType: "Yearly", yearlyRetentionPeriod: "Keep" }, { years: 50 }],
    [{ retentionPeriodType: "Yearly", yearlyRetentionPeriod: "Years7" }, { years: 7 }],
    [{ retentionPeriodType: "Daily", dailyRetentionPeriod: 1000 }, { until: "2028-12-31" }],
  ])("accepts a location that keeps them long enough: %j for %j", async (retention, wanted) => {
    const backup = await ready({ retention });
    const making = new ManagedResource(backup.world, policy).up({ ...declared, retention: wanted });
    expect(await making).toBe("created");
  });

  it("refuses a location where old items are never backed up, unless all is kept for ever", async () => {
    const period = { retentionPeriodType: "Yearly", yearlyRetentionPeriod: "Years25" };
    const byItem = await ready({ retention: { ...period, retentionType: "ItemLevel" } });
    const making = new ManagedResource(byItem.world, policy).up(declared);
    await expect(making).rejects.toMatchObject({ code: "backup-retention-by-item" });
    const forEver = { ...period, yearlyRetentionPeriod: "Keep", retentionType: "ItemLevel" };
    const kept = await ready({ retention: forEver });
    expect(await new ManagedResource(kept.world, policy).up(declared)).toBe("created");
  });

  it("refuses a retention that says both or neither", async () => {
    const backup = await ready();
    for (const retention of [{}, { until: "2028-12-31", years: 3 }]) {
      const making = new ManagedResource(backup.world, policy).up({ ...declared, retention });
      await expect(making).rejects.toMatchObject({
        failures: [expect.objectContaining({ property: "retention" })],
      });
    }
  });

  it("says in both languages what is kept where, and who loses it", () => {
    const made = policy.describe({
      operation: "create",
      before: undefined,
      after: withoutBob,
      changedPaths: [],
    });
    expect(made.nl).toBe(
      "Alle mail, agenda's en bestanden krijgen elke dag een back-up buiten Microsoft, bij Kluis Back-updiensten (Datacentrum Noord, NL), bewaard tot en met 31 december 2028; behalve bob@contoso.com, waarvoor een vrijwaring is getekend",
    );
    const changed = policy.describe({
      operation: "update",
      before: declared,
      after: withoutBob,
      changedPaths: ["mailboxes[1]", "exceptions[0]"],
    });
    expect(changed).toMatchObject({
      severity: "destructive",
      affected: ["bob@contoso.com"],
      nl: "Back-up: bob@contoso.com krijgt geen back-up meer, na een getekende vrijwaring",
      en: "Backup: bob@contoso.com is no longer backed up, after a signed disclaimer",
    });
  });
});
