import { expect, it } from "vitest";
import { troubles } from "../../../emulator/veeam/model.ts";
import type { Trouble } from "../../../emulator/veeam/model.ts";
import { backupOperator } from "../../../emulator/veeam/index.ts";
import type { Copies } from "../../../provider/backup/copies.ts";
import { policy } from "../../../provider/backup/backup-policy.ts";
import { readCopies, readCreated } from "../../../provider/backup/read-copies.ts";
import { veeamCopies } from "../../../provider/backup/veeam-copies.ts";
import { connectTenant, startBackupWorld } from "../support/backup-world.ts";
import type { BackupWorld } from "../support/backup-world.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";

const DAY_MS = 24 * 60 * 60_000;
const place = {
  ...{ organization: "contoso.onmicrosoft.com", operator: "Kluis" },
  location: { name: "Datacentrum Noord" },
};
const declared = {
  ...{ ...place, vendor: "veeam", retention: { years: 1 }, mailboxes: [], sites: [] },
  location: { name: "Datacentrum Noord", country: "NL" },
};
const backupCredentials = { username: backupOperator.userName, password: backupOperator.password };

async function backedUp(): Promise<BackupWorld> {
  const backup = await startBackupWorld();
  await connectTenant(backup);
  await new ManagedResource(backup.world, policy).up(declared);
  return backup;
}

async function copiesOf({ world: { service } }: BackupWorld): Promise<Copies> {
  const read = await readCopies({ service, backupCredentials }, place);
  if (!("found" in read)) throw new Error(read.reason);
  return read.found;
}

const nowMs = ({ world: { emulator } }: BackupWorld): number =>
  emulator.state.peek("veeam", (scope) => scope.nowMs);

const meets = (backup: BackupWorld, trouble: Partial<Trouble>): void => {
  const now = nowMs(backup);
  const id = JSON.stringify(trouble);
  backup.world.emulator.state.write("veeam", ({ store }) => {
    store.insert(troubles, { id, fromMs: now, untilMs: now + DAY_MS, ...trouble }, now);
  });
};

const groupOf = async ({ world }: BackupWorld): Promise<string> => {
  const { id } = await world.service.graph.post<{ id: string }>(
    "/groups",
    {
      ...{ displayName: "Directie", mailNickname: "directie" },
      ...{ mailEnabled: true, securityEnabled: false, groupTypes: ["Unified"] },
    },
    { find: () => Promise.resolve(undefined), settleMs: 0 },
  );
  return id;
};

it("has the newest restore point of each object, and none of what its run failed to read", async () => {
  const backup = await backedUp();
  const { clock } = backup.world;
  const group = await groupOf(backup);
  expect((await copiesOf(backup)).copies).toEqual([]);
  await clock.sleep(DAY_MS);
  const whole = await copiesOf(backup);
  const [first] = whole.copies.filter(({ key }) => key === group);
  expect(first).toMatchObject({ kind: "group" });
  expect(whole).toMatchObject({ source: "vendor", lookedBackTo: undefined });
  expect(whole.copies.find(({ kind }) => kind === "site")).toMatchObject({
    key: "https://contoso.sharepoint.com",
  });
  // A night in which one object fails, and a week in which everything does.
  meets(backup, { msid: group });
  await clock.sleep(DAY_MS);
  const partial = await copiesOf(backup);
  expect(partial.copies.find(({ key }) => key === group)).toEqual(first);
  const site = partial.copies.find(({ kind }) => kind === "site");
  expect(Date.parse(site?.newest ?? "") - Date.parse(first?.newest ?? "")).toBe(DAY_MS);
  meets(backup, { untilMs: nowMs(backup) + 7 * DAY_MS });
  await clock.sleep(7 * DAY_MS);
  expect((await copiesOf(backup)).copies.find(({ kind }) => kind === "site")).toEqual(site);
  await clock.sleep(DAY_MS);
  expect((await copiesOf(backup)).copies.find(({ kind }) => kind === "site")).not.toEqual(site);
});

it("says how far back it looked", async () => {
  const backup = await backedUp();
  await backup.world.clock.sleep(30 * DAY_MS);
  const { lookedBackTo } = await copiesOf(backup);
  const age = nowMs(backup) - Date.parse(lookedBackTo ?? "");
  expect(Math.floor(age / DAY_MS)).toBe(9);
});

it.each([
  ["SnapshotBased", false],
  ["ItemLevel", true],
])("with retention %s copies may lack what is old: %s", async (retentionType, isLacking) => {
  const period = { retentionPeriodType: "Yearly", yearlyRetentionPeriod: "Years3" };
  const backup = await startBackupWorld({ retention: { ...period, retentionType } });
  await connectTenant(backup);
  const found = (await copiesOf(backup)).place;
  expect(found?.isEncrypted).toBe(false);
  expect(found?.keptUntil).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(found?.nothingBefore !== undefined).toBe(isLacking);
});

it("says why nothing is known instead of what is known in part", async () => {
  const backup = await startBackupWorld();
  const { service } = backup.world;
  const without = await readCopies({ service, backupCredentials: undefined }, place);
  expect(without).toMatchObject({ reason: expect.stringMatching(/backup/i) as string });
  const unknown = await readCopies({ service, backupCredentials }, place);
  expect(unknown).toEqual({
    reason: "The backup server does not know the organisation contoso.onmicrosoft.com",
  });
  await connectTenant(backup);
  const wrong = { ...backupCredentials, password: "wrong" };
  expect(
    await readCopies({ service: backup.world.another().service, backupCredentials: wrong }, place),
  ).toMatchObject({
    reason: expect.stringContaining("backup service failed") as string,
  });
});

it("knows since when there is something without a copy", async () => {
  const backup = await startBackupWorld();
  const [anna] = await makePeople(backup.world, ["Anna"]);
  const sought = [
    { kind: "mailbox", key: anna?.name ?? "" },
    { kind: "mailbox", key: "nobody@contoso.com" },
    { kind: "site", key: "https://contoso.sharepoint.com" },
    { kind: "site", key: "https://contoso.sharepoint.com/sites/none" },
  ] as const;
  const created = await readCreated({ service: backup.world.service, backupCredentials }, sought);
  expect(created.map((moment) => typeof moment)).toEqual([
    ...["string", "undefined", "string", "undefined"],
  ]);
});

it("counts no object in a point whose run says that it could not read it, also where the point lists it", async () => {
  const backup = await backedUp();
  const group = await groupOf(backup);
  await backup.world.clock.sleep(DAY_MS);
  const { vendor } = backup;
  // The emulator lists no such object; whether the vendor does is not documented.
  const all: typeof vendor.all = async <T>(path: string) => {
    const found = await vendor.all<T>(path);
    return path.includes("ProcessedObjects")
      ? found.map((one) => ({ ...one, status: "Failed" }))
      : found;
  };
  expect((await veeamCopies(vendor, place).read()).copies.map(({ key }) => key)).toContain(group);
  expect((await veeamCopies({ ...vendor, all }, place).read()).copies).toEqual([]);
});
