import { describe, expect, it } from "vitest";
import { groupWithoutMembers } from "../../../../provider/azuread/groups/group-without-members.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { makePeople } from "../../support/people.ts";
import { settle, startWorld } from "../../support/world.ts";

const staff = { displayName: "Staff", mailNickname: "staff", securityEnabled: true };

describe("a group without members of the drop-in", () => {
  it("is created, changed and removed like a group", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, groupWithoutMembers);
    expect(await resource.up(staff)).toBe("created");
    await settle(world);
    expect(await resource.up({ ...staff, displayName: "Everybody" })).toBe("updated");
    expect(world.writes()).toEqual(["POST /v1.0/groups", "PATCH /v1.0/groups/:id"]);
    await resource.down();
    await settle(world);
    expect((await world.emulator.graph("GET", resource.id)).status).toBe(404);
  });

  it("knows nothing of who belongs to it, also at an import", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, groupWithoutMembers);
    await resource.up(staff);
    const [anna] = await makePeople(world, ["Anna"]);
    await world.emulator.graph("POST", `${resource.id}/members/$ref`, {
      body: { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${anna?.id ?? ""}` },
    });
    await settle(world);

    const imported = await new ManagedResource(world, groupWithoutMembers).read(resource.id);
    for (const seen of [await resource.refresh(), resource.outputs, imported]) {
      expect(seen).toMatchObject(staff);
      expect(seen).not.toHaveProperty("members");
    }
  });

  it("has the notes of the official plugin without a schema version, also when it fails halfway", async () => {
    const world = await startWorld();
    const whole = new ManagedResource(world, groupWithoutMembers);
    await whole.up(staff);
    await settle(world);
    await whole.up({ ...staff, displayName: "Everybody" });
    await whole.refresh();
    const notes = whole.outputs.__meta;
    expect(notes).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":1800000000000,"delete":300000000000,"read":300000000000,"update":1800000000000}}',
    );
    expect(world.announced.map(({ outputs }) => outputs.__meta)).toEqual([notes, notes]);
  });

  it("refuses members", async () => {
    const making = new ManagedResource(await startWorld(), groupWithoutMembers).up({
      ...staff,
      members: [],
    });
    await expect(making).rejects.toThrow(/members/);
  });
});
