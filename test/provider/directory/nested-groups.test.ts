import { describe, expect, it } from "vitest";
import { groupMembership } from "../../../provider/directory/group-membership.ts";
import type { Properties } from "../../../provider/kit/values.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import type { Made } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const membersOf = async (world: World, groupId: string): Promise<string[]> => {
  await settle(world);
  const value = await world.service.graph.all<{ id: string; userPrincipalName?: string }>(
    `/groups/${groupId}/members?$top=999`,
  );
  return value.map(({ id, userPrincipalName }) => userPrincipalName ?? id).sort();
};

const declared = (people: readonly Made[]) =>
  people.map(({ id, name }) => ({ id, userPrincipalName: name }));

const addMember = (world: World, groupId: string, id: string): Promise<unknown> =>
  world.emulator.graph("POST", `/groups/${groupId}/members/$ref`, {
    body: { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` },
  });

describe("groups in a group", () => {
  const nestedIn = async (world: World): Promise<{ groupId: string; shop: Properties }> => {
    const [groupId, id] = [await makeGroup(world, "sales"), await makeGroup(world, "shop")];
    await settle(world);
    return { groupId, shop: { id, groupName: "shop", displayName: "shop" } };
  };

  it("come, stay and go, with people beside them or nobody managed", async () => {
    const world = await startWorld();
    const [anna] = await makePeople(world, ["Anna"]);
    const { groupId, shop } = await nestedIn(world);
    await addMember(world, groupId, anna?.id ?? "");
    await settle(world);
    const base = { groupId, groupName: "sales" };
    const resource = new ManagedResource(world, groupMembership);

    expect(await resource.up({ ...base, memberGroups: [shop] })).toBe("created");
    expect(await membersOf(world, groupId)).toEqual(["anna@contoso.com", shop.id].sort());
    const found = await resource.refresh();
    expect(found).toMatchObject({ memberGroups: [shop] });
    expect(found).not.toHaveProperty("members");
    expect(await resource.up({ ...base, memberGroups: [shop] })).toBe("same");

    expect(await resource.up({ ...base, memberGroups: [] })).toBe("updated");
    expect(await membersOf(world, groupId)).toEqual(["anna@contoso.com"]);
  });

  it("are left alone where the file does not name them, and when people go", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Anna", "Bob"]);
    const { groupId, shop } = await nestedIn(world);
    await addMember(world, groupId, shop.id as string);
    await settle(world);
    const base = { groupId, groupName: "sales" };
    const resource = new ManagedResource(world, groupMembership);
    await resource.up({ ...base, members: declared(people) });
    await settle(world);
    await resource.up({ ...base, members: declared(people.slice(0, 1)) });
    expect(await membersOf(world, groupId)).toEqual(["anna@contoso.com", shop.id].sort());
    await resource.down();
    expect(await membersOf(world, groupId)).toEqual([shop.id]);
  });

  it("go with the membership that brought them, and twice is fine", async () => {
    const world = await startWorld();
    const { groupId, shop } = await nestedIn(world);
    const resource = new ManagedResource(world, groupMembership);
    await resource.up({ groupId, groupName: "sales", members: [], memberGroups: [shop] });
    await settle(world);
    await resource.down();
    await resource.down();
    expect(await membersOf(world, groupId)).toEqual([]);
  });

  it("come before people go, who may have been put into them", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Anna"]);
    const { groupId, shop } = await nestedIn(world);
    const base = { groupId, groupName: "sales" };
    const resource = new ManagedResource(world, groupMembership);
    await resource.up({ ...base, members: declared(people), memberGroups: [] });
    await settle(world);
    world.writes();
    await resource.up({ ...base, members: [], memberGroups: [shop] });
    expect(world.writes().map((write) => write.split(" ")[0])).toEqual(["PATCH", "DELETE"]);
  });
});

describe("what is said of the members of a group", () => {
  const group = { groupName: "office", groupDisplayName: "Kantoor" };
  const nested = (...names: string[]) => ({
    ...group,
    memberGroups: names.map((name) => ({
      id: name,
      groupName: name.toLowerCase(),
      displayName: name,
    })),
  });
  const said = (before: Properties, after: Properties) =>
    groupMembership.describe({ operation: "update", before, after, changedPaths: [] });

  it("is that groups come and go with everybody in them", () => {
    expect(said(nested(), nested("Winkel"))).toMatchObject({
      nl: "Groep Winkel wordt met iedereen erin lid van de groep Kantoor",
      en: "Group Winkel becomes a member of the group Kantoor, with everybody in it",
      severity: "sensitive",
      affected: ["Winkel"],
    });
    expect(said(nested("Winkel", "Magazijn"), nested())).toMatchObject({
      nl: "Groepen Winkel en Magazijn verlaten met iedereen erin de groep Kantoor",
      en: "Groups Winkel and Magazijn leave the group Kantoor, with everybody in it",
      severity: "destructive",
    });
  });

  it("is not that somebody leaves where a list is no longer managed", () => {
    const people = { ...group, members: [{ id: "1", userPrincipalName: "anna@contoso.com" }] };
    expect(said(people, nested("Winkel"))).toMatchObject({
      en: "Group Winkel becomes a member of the group Kantoor, with everybody in it; which groups are in the group Kantoor is managed here from now on",
    });
    expect(said({ ...people, ...nested("Winkel") }, people)).toMatchObject({ severity: "routine" });
  });
});
