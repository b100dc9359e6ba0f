import { expect, it } from "vitest";
import { backupOperator } from "../../../emulator/veeam/index.ts";
import { readBackup } from "../../../provider/backup/backup-inventory.ts";
import { policy } from "../../../provider/backup/backup-policy.ts";
import { makePeople } from "../support/people.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { connectTenant, startBackupWorld } from "../support/backup-world.ts";

const DOMAIN = "contoso.onmicrosoft.com";
const declared = {
  ...{ vendor: "veeam", organization: DOMAIN, operator: "Kluis" },
  location: { name: "Datacentrum Noord", country: "NL" },
  retention: { years: 1 },
  ...{ mailboxes: ["anna@contoso.com"], sites: [] },
  exceptions: [
    {
      ...{ kind: "mailbox", name: "bob@contoso.com" },
      disclaimer: { signedBy: "Marieke", signedOn: "2026-03-02", document: "Bijlage 4" },
    },
  ],
};

it("is the one running job of the tenant, with who is left out of it", async () => {
  const backup = await startBackupWorld();
  const { world } = backup;
  const backupCredentials = {
    username: backupOperator.userName,
    password: backupOperator.password,
  };
  const connection = { service: world.service, backupCredentials };
  expect(await readBackup({ ...connection, backupCredentials: undefined }, DOMAIN)).toEqual({
    reason: "no account at the backup vendor is set, so nothing of it was read",
  });
  expect(await readBackup(connection, DOMAIN)).toMatchObject({
    reason: expect.stringContaining("does not know") as string,
  });
  await connectTenant(backup);
  expect(await readBackup(connection, DOMAIN)).toMatchObject({
    reason: expect.stringContaining("no daily job") as string,
  });
  await makePeople(world, ["Anna", "Bob"]);
  const resource = new ManagedResource(world, policy);
  await resource.up(declared);
  expect(await readBackup(connection, DOMAIN)).toEqual({
    found: {
      ...{ id: resource.id, repository: "Datacentrum Noord", years: 3 },
      leftOut: new Set(["bob@contoso.com"]),
    },
  });
});
