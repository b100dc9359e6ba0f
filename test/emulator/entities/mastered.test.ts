import { expect, it } from "vitest";
import { groups, users } from "../../../emulator/entities/collections.ts";
import {
  createGroup,
  createUser,
  reference,
  startTestEmulator,
  TENANT_ID,
} from "../support/emulator.ts";

const REFUSAL =
  "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.";

it("refuses what a directory on premises masters, and takes what the cloud has", async () => {
  const emulator = await startTestEmulator();
  const [{ id }, group] = [await createUser(emulator), await createGroup(emulator)];
  const change = (body: object) => emulator.graph("PATCH", `/users/${id}`, { body });
  expect((await change({ jobTitle: "Buyer" })).status).toBe(204);
  emulator.state.write(TENANT_ID, ({ store }) => {
    for (const [collection, key] of [
      [users, id],
      [groups, group.id],
    ] as const) {
      const object = store.get(collection, key);
      if (object !== undefined) {
        store.replace(collection, { ...object, onPremisesSyncEnabled: true });
      }
    }
  });
  expect(await change({ jobTitle: "Clerk" })).toMatchObject({
    status: 400,
    body: { error: { code: "Request_BadRequest", message: REFUSAL } },
  });
  expect((await change({ accountEnabled: false, usageLocation: "NL" })).status).toBe(204);
  const joined = await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(id));
  expect(joined.body.error.message).toBe(REFUSAL);
  const renamed = await emulator.graph("PATCH", `/groups/${group.id}`, {
    body: { displayName: "Staff" },
  });
  expect(renamed.body.error.message).toBe(REFUSAL);
});
