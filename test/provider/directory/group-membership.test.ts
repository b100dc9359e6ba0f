import { describe, expect, it } from "vitest";
import { users } from "../../../emulator/entities/collections.ts";
import { MEMBERS } from "../../../emulator/entities/group-links.ts";
import { groupMembership } from "../../../provider/directory/group-membership.ts";
import { TENANT_ID } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import type { Made } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";
import type { Properties } from "../../../provider/kit/values.ts";

const membersOf = async (world: World, groupId: string): Promise<string[]> => {
  await settle(world);
  const value = await world.service.graph.all<{ id: string; userPrincipalName?: string }>(
    `/groups/${groupId}/members?$top=999`,
  );
  return value.map(({ id, userPrincipalName }) => userPrincipalName ?? id).sort();
};

/** Members as they are declared; the id comes from the people made, or is found by name. */
const named = (...names: string[]) => names.map((userPrincipalName) => ({ userPrincipalName }));

const declared = (people: readonly Made[]) =>
  people.map(({ id, name }) => ({ id, userPrincipalName: name }));

const namesOf = (inputs: Properties | undefined): unknown =>
  (inputs?.members as { userPrincipalName: string }[] | undefined)?.map(
    ({ userPrincipalName }) => userPrincipalName,
  );

const addMember = (world: World, groupId: string, id: string): Promise<unknown> =>
  world.emulator.graph("POST", `/groups/${groupId}/members/$ref`, {
    body: { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` },
  });

/** People put straight into the emulator's state, since a thousand calls would take long. */
function fillGroup(world: World, groupId: string, count: number): string[] {
  const names = Array.from(
    { length: count },
    (_, at) => `p${String(at).padStart(4, "0")}@contoso.com`,
  );
  world.emulator.state.write(TENANT_ID, (scope) => {
    for (const userPrincipalName of names) {
      const id = scope.newId();
      const user = { id, userPrincipalName, displayName: userPrincipalName, accountEnabled: true };
      scope.store.insert(users, user, scope.nowMs);
      scope.store.link(MEMBERS, groupId, id);
    }
  });
  return names;
}

describe("the membership of a group", () => {
  it("has guests under the mail address by which the file names them", async () => {
    const world = await startWorld();
    const { body } = await world.emulator.graph("POST", "/invitations", {
      body: {
        invitedUserEmailAddress: "Piet@partner.example",
        inviteRedirectUrl: "https://a.example",
      },
    });
    const { id } = body.invitedUser as { id: string };
    const groupId = await makeGroup(world, "project");
    await settle(world);
    await addMember(world, groupId, id);
    await settle(world);
    const read = await new ManagedResource(world, groupMembership).read(groupId);
    expect(read?.members).toEqual([{ id, userPrincipalName: "piet@partner.example" }]);
  });

  it("fills a group that was made a moment ago", async () => {
    const world = await startWorld();
    await makePeople(world, ["Anna", "Bob"]);
    const groupId = await makeGroup(world, "finance");
    const resource = new ManagedResource(world, groupMembership);
    const declared = {
      groupId,
      groupName: "finance",
      members: named("bob@contoso.com", "Anna@Contoso.com"),
    };

    expect(await resource.up(declared)).toBe("created");

    expect(resource.id).toBe(groupId);
    expect(resource.outputs).toMatchObject({
      members: named("anna@contoso.com", "bob@contoso.com"),
      otherMembers: 0,
    });
    expect(await membersOf(world, groupId)).toEqual(["anna@contoso.com", "bob@contoso.com"]);
  });

  it("is left alone by a second run, however the members are written and ordered", async () => {
    const world = await startWorld();
    await makePeople(world, ["Anna", "Bob"]);
    const groupId = await makeGroup(world, "finance");
    const resource = new ManagedResource(world, groupMembership);
    const base = { groupId, groupName: "finance" };
    await resource.up({ ...base, members: named("anna@contoso.com", "bob@contoso.com") });
    await settle(world);
    world.writes();

    const members = named("BOB@contoso.com", "anna@contoso.com");
    expect(await resource.up({ ...base, members })).toBe("same");
    await resource.refresh();
    expect(await resource.up({ ...base, members })).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("adds many people in a few calls and removes only who has to go", async () => {
    const world = await startWorld();
    const names = Array.from({ length: 45 }, (_, index) => `Person${index}`);
    const people = await makePeople(world, names);
    const groupId = await makeGroup(world, "everybody");
    const base = { groupId, groupName: "everybody" };
    const resource = new ManagedResource(world, groupMembership);
    world.writes();

    await resource.up({ ...base, members: declared(people) });
    expect(world.writes().filter((write) => write.startsWith("PATCH"))).toHaveLength(3);
    expect(await membersOf(world, groupId)).toHaveLength(45);

    world.writes();
    await resource.up({ ...base, members: declared(people.slice(2)) });
    expect(world.writes()).toEqual(Array(2).fill("DELETE /v1.0/groups/:id/members/:otherId/$ref"));
    expect(await membersOf(world, groupId)).toHaveLength(43);
    // The people themselves are still there: a member is removed from the group, not from the tenant.
    expect((await world.emulator.graph("GET", "/users?$top=999")).body).toMatchObject({
      value: { length: 45 },
    });
  });

  it("leaves members that are neither people nor groups alone, and counts them", async () => {
    const world = await startWorld();
    await makePeople(world, ["Anna"]);
    const groupId = await makeGroup(world, "finance");
    await settle(world);
    const [app] = await world.service.graph.all<{ id: string }>("/servicePrincipals?$select=id");
    await addMember(world, groupId, app?.id ?? "");
    const resource = new ManagedResource(world, groupMembership);

    await resource.up({ groupId, groupName: "finance", members: named("anna@contoso.com") });
    expect(resource.outputs).toMatchObject({ otherMembers: 1 });
    await resource.up({ groupId, groupName: "finance", members: [] });

    expect(await membersOf(world, groupId)).toEqual([app?.id]);
  });

  it("shows people who were added outside as drift, and takes them out again", async () => {
    const world = await startWorld();
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const groupId = await makeGroup(world, "finance");
    const declared = { groupId, groupName: "finance", members: named("anna@contoso.com") };
    const resource = new ManagedResource(world, groupMembership);
    await resource.up(declared);
    await settle(world);
    await addMember(world, groupId, bob?.id ?? "");
    await world.emulator.graph("DELETE", `/groups/${groupId}/members/${anna?.id ?? ""}/$ref`);
    await settle(world);

    expect(namesOf(await resource.refresh())).toEqual(["bob@contoso.com"]);
    expect(await resource.up(declared)).toBe("updated");
    expect(await membersOf(world, groupId)).toEqual(["anna@contoso.com"]);
  });

  it("does not mind that somebody else adds the same person at the same time", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Anna", "Bob", "Carl"]);
    const groupId = await makeGroup(world, "finance");
    await settle(world);
    const wanted = { groupId, groupName: "finance", members: declared(people) };
    const twice = [1, 2].map(() => new ManagedResource(world, groupMembership).up(wanted));

    await expect(Promise.all(twice)).resolves.toEqual(["created", "created"]);
    expect(await membersOf(world, groupId)).toEqual(people.map(({ name }) => name));
  });

  it("says that the group is gone after somebody deleted it outside", async () => {
    const world = await startWorld();
    await makePeople(world, ["Anna"]);
    const groupId = await makeGroup(world, "finance");
    const resource = new ManagedResource(world, groupMembership);
    await resource.up({ groupId, groupName: "finance", members: named("anna@contoso.com") });
    await world.emulator.graph("DELETE", `/groups/${groupId}`);
    await settle(world);

    expect(await resource.refresh()).toBeUndefined();
  });

  it("writes nothing when one of the people does not exist", async () => {
    const world = await startWorld();
    await makePeople(world, ["Anna"]);
    const groupId = await makeGroup(world, "finance");
    world.writes();
    const members = named("anna@contoso.com", "ghost@contoso.com", "spook@contoso.com");
    const making = new ManagedResource(world, groupMembership).up({
      groupId,
      groupName: "finance",
      members,
    });

    await expect(making).rejects.toMatchObject({
      code: "unknown-member",
      message: expect.stringMatching(/^ghost@contoso\.com and spook@contoso\.com /) as unknown,
    });
    expect(world.writes()).toEqual([]);
  });

  it("reaches the declared members through errors and lost answers", async () => {
    const world = await startWorld({ behaviour: { serverErrorShare: 0.3, lostAnswerShare: 0.1 } });
    const people = await makePeople(
      world,
      Array.from({ length: 8 }, (_, index) => `P${index}`),
    );
    const groupId = await makeGroup(world, "finance");
    const members = people.map(({ name }) => name).sort();
    await new ManagedResource(world, groupMembership).up({
      groupId,
      groupName: "finance",
      members: named(...members),
    });
    expect(await membersOf(world, groupId)).toEqual(members);
  });

  it("reads a list of several pages to its end", async () => {
    const world = await startWorld();
    const groupId = await makeGroup(world, "everybody");
    const members = fillGroup(world, groupId, 1_100);
    await settle(world);
    const found = await new ManagedResource(world, groupMembership).read(groupId);
    expect(namesOf(found)).toEqual(members);
  });

  it("takes a list that cannot be read to its end for no list at all", async () => {
    const world = await startWorld();
    const groupId = await makeGroup(world, "everybody");
    const members = fillGroup(world, groupId, 1_100);
    await settle(world);
    const { graph } = world.service;
    const cut = { ...graph, all: () => Promise.reject(new Error("cut")) };
    const context = { ...world.context, service: { ...world.service, graph: cut } };
    const state = {
      id: groupId,
      inputs: { groupId, groupName: "everybody", members: named(...members) },
      outputs: {},
      isUnfinished: false,
    };
    const resource = new ManagedResource({ ...world, context }, groupMembership, state);
    await expect(resource.refresh()).rejects.toThrow("cut");
    await expect(resource.down()).rejects.toThrow("cut");
  });

  it("takes the declared people out when it is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const [, bob] = await makePeople(world, ["Anna", "Bob"]);
    const groupId = await makeGroup(world, "finance");
    const resource = new ManagedResource(world, groupMembership);
    await resource.up({ groupId, groupName: "finance", members: named("anna@contoso.com") });
    await addMember(world, groupId, bob?.id ?? "");
    await settle(world);

    await resource.down();
    await settle(world);
    await resource.down();
    expect(await membersOf(world, groupId)).toEqual(["bob@contoso.com"]);

    await world.emulator.graph("DELETE", `/groups/${groupId}`);
    await settle(world);
    await resource.down();
  });

  it("of which an earlier version kept the names only is the same, and loses who goes", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Anna", "Bob"]);
    const groupId = await makeGroup(world, "finance");
    const base = { groupId, groupName: "finance" };
    const made = new ManagedResource(world, groupMembership);
    await made.up({ ...base, members: declared(people) });
    await settle(world);
    world.writes();
    const earlier = new ManagedResource(world, groupMembership, {
      id: groupId,
      inputs: { ...base, members: people.map(({ name }) => name) },
      outputs: {},
      isUnfinished: false,
    });

    expect(await earlier.up({ ...base, members: declared(people) })).toBe("same");
    expect(await earlier.up({ ...base, members: declared(people.slice(1)) })).toBe("updated");
    expect(await membersOf(world, groupId)).toEqual(["bob@contoso.com"]);
  });

  it("stays as it is when somebody in it is renamed", async () => {
    const world = await startWorld();
    const [anna] = await makePeople(world, ["Anna"]);
    const groupId = await makeGroup(world, "finance");
    const base = { groupId, groupName: "finance" };
    const resource = new ManagedResource(world, groupMembership);
    const as = (userPrincipalName: string) => [{ id: anna?.id ?? "", userPrincipalName }];
    await resource.up({ ...base, members: as("anna@contoso.com") });
    await settle(world);

    expect(await resource.up({ ...base, members: as("anna.devries@contoso.com") })).toBe("same");
    const told = groupMembership.describe({
      operation: "update",
      before: { ...base, members: as("anna@contoso.com") },
      after: { ...base, members: as("anna.devries@contoso.com") },
      changedPaths: [],
    });
    expect(told.affected).toEqual([]);
  });

  it("can be imported by the group's id", async () => {
    const world = await startWorld();
    const [anna] = await makePeople(world, ["Anna"]);
    const groupId = await makeGroup(world, "finance");
    await settle(world);
    await addMember(world, groupId, anna?.id ?? "");
    await settle(world);
    expect(await new ManagedResource(world, groupMembership).read(groupId)).toEqual({
      groupId,
      groupName: "finance",
      groupDisplayName: "finance",
      members: [{ id: anna?.id, userPrincipalName: "anna@contoso.com" }],
      memberGroups: [],
    });
  });

  it("says in both languages who comes and who goes", () => {
    const base = { groupId: "1", groupName: "finance", groupDisplayName: "Finance" };
    const told = groupMembership.describe({
      operation: "update",
      before: { ...base, members: named("anna@contoso.com", "bob@contoso.com") },
      after: {
        ...base,
        members: named("bob@contoso.com", "carl@contoso.com", "dora@contoso.com"),
      },
      changedPaths: ["members[0]", "members[1]", "members[2]"],
    });
    expect(told).toEqual({
      section: "groups",
      severity: "destructive",
      affected: ["carl@contoso.com", "dora@contoso.com", "anna@contoso.com"],
      nl: "carl@contoso.com en dora@contoso.com worden lid van de groep Finance; anna@contoso.com verlaat de groep Finance",
      en: "carl@contoso.com and dora@contoso.com become members of the group Finance; anna@contoso.com leaves the group Finance",
    });
  });
});
