import { describe, expect, it } from "vitest";
import { group } from "../../../../provider/azuread/groups/group.ts";
import { user } from "../../../../provider/azuread/users/user.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { settle, startWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";
import { without } from "../../support/without.ts";

const finance = {
  displayName: "Finance",
  mailNickname: "finance",
  description: "Who keeps the books",
  securityEnabled: true,
  mailEnabled: false,
};

const team = { ...finance, mailEnabled: true, types: ["Unified"] };

const graphGroup = async (world: World, id: string): Promise<unknown> =>
  (await world.emulator.graph("GET", id)).body;

async function person(world: World, name: string): Promise<string> {
  const made = new ManagedResource(world, user);
  await made.up({
    displayName: name,
    userPrincipalName: `${name}@contoso.com`,
    password: "first-Password-1",
  });
  return String(made.outputs.objectId);
}

describe("a group of the drop-in", () => {
  it("is created as a security group", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);

    expect(await resource.up(finance)).toBe("created");

    expect(resource.id).toMatch(/^\/groups\/[0-9a-f-]{36}$/);
    await settle(world);
    expect(await graphGroup(world, resource.id)).toMatchObject({
      displayName: "Finance",
      mailNickname: "finance",
      groupTypes: [],
      securityEnabled: true,
      mailEnabled: false,
    });
    expect(resource.outputs).toMatchObject({
      objectId: resource.id.replace("/groups/", ""),
      members: [],
    });
  });

  it("is created as a Microsoft 365 group with its owners in the same call", async () => {
    const world = await startWorld();
    const owner = await person(world, "anna");
    world.writes();
    const resource = new ManagedResource(world, group);

    await resource.up({ ...team, owners: [owner] });

    expect(world.writes()).toEqual(["POST /v1.0/groups"]);
    expect(resource.outputs).toMatchObject({ owners: [owner], types: ["Unified"] });
    expect(resource.outputs.mail).toMatch(/^finance@/);
  });

  it("is left alone by a second run, also when the service lists people in another order", async () => {
    const world = await startWorld();
    const people = [
      await person(world, "anna"),
      await person(world, "bob"),
      await person(world, "carl"),
    ];
    const declared = { ...finance, members: people.toReversed(), owners: people };
    const resource = new ManagedResource(world, group);
    await resource.up(declared);
    await settle(world);
    world.writes();

    expect(await resource.up(declared)).toBe("same");
    expect(await resource.refresh()).toMatchObject({ ...declared });
    expect(await resource.up(declared)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("changes only what differs", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);
    await resource.up(finance);
    await settle(world);
    world.writes();

    const changed = { ...finance, description: "", displayName: "Finance & Control" };
    expect(await resource.up(changed)).toBe("updated");

    expect(world.writes()).toEqual(["PATCH /v1.0/groups/:id"]);
    await settle(world);
    expect(await graphGroup(world, resource.id)).toMatchObject({
      displayName: "Finance & Control",
      description: null,
    });
  });

  it("gets and loses declared members, more than fit in one call", async () => {
    const world = await startWorld();
    const people = await Promise.all(
      Array.from({ length: 23 }, (_, index) => person(world, `person${index}`)),
    );
    const resource = new ManagedResource(world, group);
    await resource.up({ ...finance, members: people });
    await settle(world);
    expect((await resource.refresh())?.members).toHaveLength(23);

    await resource.up({ ...finance, members: people.slice(0, 2) });
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ members: people.slice(0, 2) });
  });

  it("shows members that nobody declared, and does not touch them", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);
    await resource.up(finance);
    const guest = await person(world, "guest");
    await world.service.graph.patch(
      `/groups/${String(resource.outputs.objectId)}`,
      {
        "members@odata.bind": [`https://graph.microsoft.com/v1.0/directoryObjects/${guest}`],
      },
      { justCreated: true },
    );
    await settle(world);

    expect(await resource.refresh()).not.toHaveProperty("members");
    expect(resource.outputs).toMatchObject({ members: [guest], owners: [] });
    await resource.up({ ...finance, displayName: "Finance & Control" });
    await settle(world);
    const { body } = await world.emulator.graph("GET", `${resource.id}/members`);
    expect((body as { value: unknown[] }).value).toHaveLength(1);
  });

  it("shows an application among its owners, which v1.0 of Graph leaves out", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);
    const owner = await person(world, "owner");
    await resource.up({ ...finance, owners: [owner] });
    const { body } = await world.emulator.graph("GET", "/servicePrincipals");
    const [application] = (body as { value: { id: string }[] }).value;
    const reference = `https://graph.microsoft.com/v1.0/directoryObjects/${application?.id}`;
    await world.emulator.graph("POST", `${resource.id}/owners/$ref`, {
      body: { "@odata.id": reference },
    });
    await settle(world);

    expect((await resource.refresh())?.owners).toEqual([owner, application?.id]);
    expect(await resource.up({ ...finance, owners: [owner] })).toBe("updated");
    await settle(world);
    expect((await resource.refresh())?.owners).toEqual([owner]);
  });

  it("stays the same group under another mail nickname", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);
    await resource.up(team);
    const first = resource.id;
    await settle(world);
    world.writes();

    expect(await resource.up({ ...team, mailNickname: "books" })).toBe("updated");

    expect(resource.id).toBe(first);
    expect(world.writes()).toEqual(["PATCH /v1.0/groups/:id"]);
    await settle(world);
    expect(await graphGroup(world, first)).toMatchObject({ mailNickname: "books" });
  });

  it("is refused a mail nickname that another Microsoft 365 group has", async () => {
    const world = await startWorld();
    await new ManagedResource(world, group).up({ ...team, mailNickname: "books" });
    const resource = new ManagedResource(world, group);
    await resource.up(team);
    await settle(world);
    await expect(resource.up({ ...team, mailNickname: "books" })).rejects.toMatchObject({
      code: "group-exists",
    });
  });

  it("is recreated after somebody deleted it outside", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);
    await resource.up(finance);
    await world.emulator.graph("DELETE", resource.id);
    await settle(world);

    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(finance)).toBe("created");
  });

  it("stays in the state when it fails halfway, and the next run finishes it", async () => {
    const world = await startWorld();
    const member = await person(world, "anna");
    const nobody = "00000000-0000-4000-8000-000000000000";
    const resource = new ManagedResource(world, group);

    await expect(resource.up({ ...finance, members: [nobody] })).rejects.toThrow();
    expect(resource.state).toMatchObject({ isUnfinished: true });
    world.writes();

    expect(await resource.up({ ...finance, members: [member] })).toBe("updated");
    expect(world.writes()).not.toContain("POST /v1.0/groups");
    expect(resource.outputs).toMatchObject({ members: [member] });
  });

  it("is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);
    await resource.up(finance);

    await resource.down();
    await resource.down();

    await settle(world);
    expect((await world.emulator.graph("GET", resource.id)).status).toBe(404);
  });

  it("is not made twice when the answer to its creation is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const names = Array.from({ length: 8 }, (_, index) => `group${index}`);
    await Promise.all(
      names.map((name) =>
        new ManagedResource(world, group).up({ ...finance, displayName: name, mailNickname: name }),
      ),
    );
    await settle(world);
    const all = await world.service.graph.all<{ mailNickname: string }>(
      "/groups?$select=mailNickname",
    );
    expect(all.map(({ mailNickname }) => mailNickname).sort()).toEqual(names);
  });

  it("stays the same group when its mail nickname is no longer declared, and when it is again", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, group);
    await resource.up(finance);
    const { id } = resource;
    expect(await resource.up({ ...without(finance, "mailNickname"), description: "x" })).toBe(
      "updated",
    );
    expect(await resource.up({ ...finance, description: "x" })).toBe("same");
    expect(await resource.up({ ...finance, mailNickname: "books" })).toBe("updated");
    expect(resource.id).toBe(id);
  });

  it("is not taken for the group that replaces it when that one's answer is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.35 } });
    for (const mailNickname of ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]) {
      const resource = new ManagedResource(world, group);
      await resource.up({ ...finance, mailNickname });
      const old = resource.id;
      await settle(world);
      expect(await resource.up({ ...finance, mailNickname, assignableToRole: true })).toBe(
        "replaced",
      );
      expect(resource.id).not.toBe(old);
    }
  });

  it("refuses a second Microsoft 365 group with the same mail nickname", async () => {
    const world = await startWorld();
    await new ManagedResource(world, group).up(team);
    const second = new ManagedResource(world, group).up({ ...team, displayName: "Books" });
    await expect(second).rejects.toMatchObject({ code: "group-exists" });
  });

  it("refuses a second group of one name where that was asked for", async () => {
    const world = await startWorld();
    await new ManagedResource(world, group).up(finance);
    await settle(world);
    const second = { ...finance, mailNickname: "books", preventDuplicateNames: true };
    await expect(new ManagedResource(world, group).up(second)).rejects.toMatchObject({
      code: "group-name-taken",
    });
  });

  it("is refused a name that another group has, where that was asked for, and may keep its own", async () => {
    const world = await startWorld();
    await new ManagedResource(world, group).up(finance);
    const books = { ...finance, displayName: "Books", preventDuplicateNames: true };
    const resource = new ManagedResource(world, group);
    await resource.up(books);
    await settle(world);
    world.writes();
    await expect(resource.up({ ...books, displayName: "Finance" })).rejects.toMatchObject({
      code: "group-name-taken",
    });
    expect(world.writes()).toEqual([]);
    expect(await resource.up({ ...books, description: "x" })).toBe("updated");
    expect(await resource.up({ ...books, displayName: "books" })).toBe("updated");
  });

  it.each([
    ["no kind at all", { displayName: "X" }, "securityEnabled"],
    [
      "mail without a Microsoft 365 group",
      { displayName: "X", mailEnabled: true, mailNickname: "x" },
      "types",
    ],
    [
      "a rule without the type for it",
      { ...finance, dynamicMembership: { enabled: true, rule: 'user.department -eq "x"' } },
      "dynamicMembership",
    ],
    ["a theme for a security group", { ...finance, theme: "Blue" }, "theme"],
    [
      "what only the official plugin can do",
      { ...finance, writebackEnabled: true },
      "writebackEnabled",
    ],
  ])("refuses %s before anything is written", async (_, declared, property) => {
    const world = await startWorld();
    await expect(new ManagedResource(world, group).up(declared)).rejects.toMatchObject({
      failures: [expect.objectContaining({ property })],
    });
    expect(world.writes()).toEqual([]);
  });
});
