import { describe, expect, it } from "vitest";
import { directoryRoleMember } from "../../../../provider/azuread/roles/directory-role-member.ts";
import { directoryRole } from "../../../../provider/azuread/roles/directory-role.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { makePeople } from "../../support/people.ts";
import { settle, startWorld } from "../../support/world.ts";

async function onStage(options: Parameters<typeof startWorld>[0] = {}) {
  const world = await startWorld(options);
  const role = new ManagedResource(world, directoryRole);
  await role.up({ displayName: "Global Reader" });
  const people = await makePeople(world, ["Anna", "Bob", "Carl", "Dora"]);
  world.writes();
  const members = async (): Promise<string[]> => {
    await settle(world);
    const found = await world.service.graph.all<{ id: string }>(`${role.id}/members?$select=id`);
    return found.map(({ id }) => id).sort();
  };
  const declare = (memberObjectId = "") => ({
    roleObjectId: role.outputs.objectId,
    memberObjectId,
  });
  return { world, people: people.map(({ id }) => id), members, declare };
}

describe("a member of a directory role of the drop-in", () => {
  it("gets and loses the role, under the id of the official plugin", async () => {
    const { world, people, members, declare } = await onStage();
    const declared = declare(people[0]);
    const resource = new ManagedResource(world, directoryRoleMember);
    expect(await resource.up(declared)).toBe("created");
    expect(world.writes()).toEqual(["POST /v1.0/directoryRoles/:id/members/$ref"]);
    expect(resource.id).toBe(
      `/directoryRoles/${String(declared.roleObjectId)}/members/${declared.memberObjectId}`,
    );
    expect(await members()).toEqual([people[0]]);
    expect(await resource.up(declared)).toBe("same");
    expect(await resource.refresh()).toEqual(declared);

    await resource.down();
    await resource.down();

    expect(await members()).toEqual([]);
    expect(await resource.refresh()).toBeUndefined();
    expect((await world.emulator.graph("GET", `/users/${people[0] ?? ""}`)).status).toBe(200);
  });

  it("gets the role once, also when answers are lost", async () => {
    const { world, people, members, declare } = await onStage({
      behaviour: { lostAnswerShare: 0.4 },
    });
    await Promise.all(
      people.map((id) => new ManagedResource(world, directoryRoleMember).up(declare(id))),
    );
    expect(await members()).toEqual([...people].sort());
  });

  it("refuses who has the role already, half a declaration, and a wrong id", async () => {
    const { world, people, declare } = await onStage();
    await new ManagedResource(world, directoryRoleMember).up(declare(people[0]));
    await settle(world);
    const second = new ManagedResource(world, directoryRoleMember);
    await expect(second.up(declare(people[0]))).rejects.toMatchObject({ code: "role-assigned" });
    await expect(second.up({ memberObjectId: people[0] })).rejects.toThrow("roleObjectId must be");
    await expect(second.read("nonsense")).rejects.toMatchObject({ code: "wrong-id" });
  });

  it("has the notes of the official plugin: schema version 1, no timeout for an update", async () => {
    const { world, people, declare } = await onStage();
    const resource = new ManagedResource(world, directoryRoleMember);
    await resource.up(declare(people[0]));
    expect(resource.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000},"schema_version":"1"}',
    );
  });
});
