import { expect, it } from "vitest";
import { groups, organizations, users } from "../../../emulator/entities/collections.ts";
import { readSynchronisation } from "../../../provider/directory/on-premises.ts";
import { group } from "../../../provider/azuread/groups/group.ts";
import { user } from "../../../provider/azuread/users/user.ts";
import { TENANT_ID } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { settle, startWorld } from "../support/world.ts";

const anna = {
  displayName: "Anna",
  ...{ userPrincipalName: "anna@contoso.com", password: "first-Password-1" },
};
const staff = { displayName: "Staff", mailNickname: "staff", securityEnabled: true };

it.each([
  [user, users, anna],
  [group, groups, staff],
] as const)(
  "says why Graph changes no name of who comes from on premises: %#",
  async (...given) => {
    const [definition, collection, declared] = given;
    const world = await startWorld();
    const resource = new ManagedResource(world, definition);
    await resource.up(declared);
    world.emulator.state.write(TENANT_ID, ({ store }) => {
      const object = store.get(collection, String(resource.outputs.objectId));
      if (object !== undefined)
        store.replace(collection, { ...object, onPremisesSyncEnabled: true });
    });
    await settle(world);
    await expect(resource.up({ ...declared, displayName: "Other" })).rejects.toMatchObject({
      code: "mastered-on-premises",
      message: `${"userPrincipalName" in declared ? "anna@contoso.com" : "Other"} comes from a directory on premises, which masters what was to change`,
    });
  },
);

it("tells when a tenant was synchronised last, and nothing of one that is not", async () => {
  const world = await startWorld();
  const synchronised = async (onPremisesSyncEnabled: boolean | null, last: string | null) => {
    world.emulator.state.write(TENANT_ID, ({ store }) => {
      const object = store.get(organizations, TENANT_ID);
      if (object === undefined) throw new Error("There is no organisation");
      const now = { onPremisesSyncEnabled, onPremisesLastSyncDateTime: last };
      store.replace(organizations, { ...object, ...now });
    });
    return await readSynchronisation(world);
  };
  const last = "2026-11-22T09:40:00Z";
  expect(await synchronised(null, null)).toBeUndefined();
  expect(await synchronised(true, last)).toEqual({ lastAt: new Date(last) });
  expect(await synchronised(true, null)).toEqual({ lastAt: undefined });
  // It was, and is no longer.
  expect(await synchronised(false, last)).toBeUndefined();
});
