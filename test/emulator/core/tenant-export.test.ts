import { describe, expect, it } from "vitest";
import { exchangeAt } from "../exchange/support/exchange.ts";
import {
  HOST,
  addFinance,
  sharePointAt,
  startSharePoint,
} from "../sharepoint/support/sharepoint.ts";
import {
  createGroup,
  createUser,
  startTestEmulator,
  TENANT_ID,
  type Json,
  type TestEmulator,
} from "../support/emulator.ts";
import { backupServerAt, prepare } from "../veeam/support/backup-server.ts";

/** A tenant with something in every service, made through their own interfaces. */
async function furnished() {
  const sharePoint = await startSharePoint();
  const { emulator } = sharePoint;
  const user = await createUser(emulator, { usageLocation: "NL", mailNickname: "ada" });
  const gone = await createUser(emulator, { mailNickname: "gone" });
  await emulator.graph("DELETE", `/users/${gone.id}`);
  const group = await createGroup(emulator, { uniqueName: "finance" });
  await emulator.graph("PATCH", `/groups/${group.id}`, {
    body: { "members@odata.bind": [`https://graph.microsoft.com/v1.0/users/${user.id}`] },
  });
  const skus = (await emulator.graph("GET", "/subscribedSkus")).body.value;
  await emulator.graph("POST", `/users/${user.id}/assignLicense`, {
    body: { addLicenses: [{ skuId: skus[0]?.skuId, disabledPlans: [] }], removeLicenses: [] },
  });
  await addFinance(sharePoint);
  await sharePoint.finance("POST", "web/ensureuser", {
    body: { logonName: "i:0#.f|membership|ada@contoso.com" },
  });
  await exchangeAt(emulator).run("New-Mailbox", { Shared: true, Name: "Info", Alias: "info" });
  const server = await backupServerAt(emulator);
  const ids = await prepare(server);
  await server.call("POST", "/v8/Jobs", { ...ids, name: "All", backupType: "EntireOrganization" });
  return { emulator, user, gone, group };
}

/** What clients read of it, without what depends on the emulator's own address. */
async function read(emulator: TestEmulator, paths: readonly string[]): Promise<string> {
  const sharePoint = await sharePointAt(emulator);
  const backup = await backupServerAt(emulator);
  const answers: unknown[] = [];
  for (const path of paths) answers.push((await emulator.graph("GET", path)).body);
  for (const api of ["siteusers", "sitegroups", "roleassignments"])
    answers.push((await sharePoint.call("GET", `${HOST}/sites/finance/_api/web/${api}`)).body);
  answers.push(await exchangeAt(emulator).output("Get-Mailbox"));
  for (const path of ["Organizations", "Jobs", "BackupRepositories"])
    answers.push((await backup.call("GET", `/v8/${path}`)).body);
  expect(JSON.stringify(answers)).not.toContain('"error"');
  return JSON.stringify(answers).replaceAll(emulator.origin, "");
}

function importOf(content: unknown): Promise<TestEmulator> {
  return startTestEmulator(
    {},
    {
      prepare: (emulator) => {
        emulator.importTenant(content);
      },
    },
  );
}

describe("a tenant as a file", () => {
  it("is the same tenant in another emulator, in every service", async () => {
    const { emulator, user, gone, group } = await furnished();
    const paths = [
      "/users",
      `/users/${user.id}?$select=assignedLicenses,proxyAddresses,usageLocation`,
      "/groups(uniqueName='finance')",
      `/groups/${group.id}/members`,
      `/directory/deletedItems/${gone.id}`,
      "/subscribedSkus",
      "/domains",
      "/policies/authenticationMethodsPolicy",
    ];
    const file = JSON.parse(JSON.stringify(emulator.exportTenant(TENANT_ID))) as Json;
    expect(JSON.stringify(file)).not.toContain("Tijdelijk-1");
    const other = await importOf(file);
    expect(other.exportTenant(TENANT_ID)).toEqual(file);
    expect(await read(other, paths)).toBe(await read(emulator, paths));
    expect(() => {
      other.importTenant(file);
    }).toThrow(expect.objectContaining({ code: "tenant-exists" }) as Error);
  });

  it("keeps work that is still to be done, and does none of it while it is written", async () => {
    const emulator = await startTestEmulator({ behaviour: { mailboxProvisioningDelayMs: 1000 } });
    const { seed } = emulator.addSampleTenant({ people: 3, clientId: "a", clientSecret: "b" });
    const file = emulator.exportTenant(seed.tenantId);
    emulator.clock.advance(5000);
    expect(file.jobs.length).toBeGreaterThan(0);
    expect(emulator.exportTenant(seed.tenantId)).toEqual(file);
  });

  it("goes on there: new ids are new, the bin gives back, old delta tokens start again", async () => {
    const { emulator, gone } = await furnished();
    const { body: round } = await emulator.graph("GET", "/users/delta");
    const other = await importOf(emulator.exportTenant(TENANT_ID));
    const before = new Set((await other.graph("GET", "/users")).body.value.map(({ id }) => id));
    for (let index = 0; index < 10; index += 1) {
      const { id } = await createUser(other);
      expect(before.has(id)).toBe(false);
      before.add(id);
    }
    const restored = await other.graph("POST", `/directory/deletedItems/${gone.id}/restore`);
    expect(restored.status).toBe(200);
    const fresh = await startTestEmulator();
    const stale = round["@odata.deltaLink"].slice(emulator.origin.length);
    expect((await fresh.graph("GET", stale)).status).toBe(410);
  });

  it.each([null, [], "tenant", {}, { version: 2 }, { version: 2, tenantId: "t", objects: [{}] }])(
    "is refused when it is %j",
    async (content) => {
      const emulator = await startTestEmulator();
      expect(() => {
        emulator.importTenant(content);
      }).toThrow(expect.objectContaining({ code: "malformed" }) as Error);
    },
  );

  it("is refused when another version wrote it", async () => {
    const emulator = await startTestEmulator();
    expect(() => {
      emulator.importTenant({ ...emulator.exportTenant(TENANT_ID), version: 1 });
    }).toThrow(expect.objectContaining({ code: "unknown-version" }) as Error);
  });
});
