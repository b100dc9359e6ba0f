import { describe, expect, it } from "vitest";
import { user } from "../../../../provider/azuread/users/user.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { makePeople } from "../../support/people.ts";
import { settle, startWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";
import { without } from "../../support/without.ts";

const anna = {
  displayName: "Anna de Vries",
  givenName: "Anna",
  surname: "de Vries",
  userPrincipalName: "anna@contoso.com",
  mailNickname: "anna",
  usageLocation: "NL",
  department: "Finance",
  password: "first-Password-1",
};

const graphUser = async (world: World, id: string, select: string): Promise<unknown> => {
  const { body } = await world.emulator.graph("GET", `${id}?$select=${select}`);
  return body;
};

describe("a user of the drop-in", () => {
  it("is created with everything declared, once its answer is readable", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);

    expect(await resource.up(anna)).toBe("created");

    expect(resource.id).toMatch(/^\/users\/[0-9a-f-]{36}$/);
    expect(
      await graphUser(world, resource.id, "displayName,department,usageLocation,accountEnabled"),
    ).toMatchObject({
      displayName: "Anna de Vries",
      department: "Finance",
      usageLocation: "NL",
      accountEnabled: true,
    });
    expect(resource.outputs).toMatchObject({
      objectId: resource.id.replace("/users/", ""),
      accountEnabled: true,
      city: "",
    });
  });

  it("is created in one write, whether or not it is in the address list", async () => {
    const world = await startWorld();
    const seen = new ManagedResource(world, user);
    const hidden = new ManagedResource(world, user);
    world.writes();

    await seen.up({ ...anna, showInAddressList: true });
    await hidden.up({
      ...anna,
      userPrincipalName: "hidden@contoso.com",
      mailNickname: "hidden",
      showInAddressList: false,
    });

    expect(world.writes()).toEqual(["POST /beta/users", "POST /beta/users"]);
    expect(await graphUser(world, `/beta${seen.id}`, "showInAddressList")).toMatchObject({
      showInAddressList: true,
    });
    expect(await graphUser(world, `/beta${hidden.id}`, "showInAddressList")).toMatchObject({
      showInAddressList: false,
    });
  });

  it("gets into the address list also where a creation does not put it there", async () => {
    const world = await startWorld();
    const { graph } = world.service;
    const deaf: typeof graph.post = (path, body, options) =>
      graph.post(path, without(body as Record<string, unknown>, "showInAddressList"), options);
    const service = { ...world.service, graph: { ...graph, post: deaf } };
    const context = { ...world.context, service };
    const resource = new ManagedResource({ ...world, context }, user);
    world.writes();

    await resource.up({ ...anna, showInAddressList: true });

    expect(world.writes()).toEqual(["POST /beta/users", "PATCH /beta/users/:id"]);
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ showInAddressList: true });
  });

  it("is left alone by a second run", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(anna);
    await settle(world);
    world.writes();

    expect(await resource.up(anna)).toBe("same");
    expect(await resource.refresh()).toEqual(expect.objectContaining(anna));
    expect(await resource.up(anna)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("lets go of what is no longer declared, without a write", async () => {
    const world = await startWorld();
    const [boss, resource] = [1, 2].map(() => new ManagedResource(world, user));
    await boss?.up({ ...anna, userPrincipalName: "boss@contoso.com", mailNickname: "boss" });
    const more = { jobTitle: "Controller", accountEnabled: false, otherMails: ["a@example.com"] };
    await resource?.up({ ...anna, ...more, managerId: boss?.outputs.objectId });
    await settle(world);
    world.writes();

    expect(await resource?.up(anna)).toBe("same");

    expect(world.writes()).toEqual([]);
    expect(resource?.state?.inputs).not.toHaveProperty("jobTitle");
    expect(
      await graphUser(world, resource?.id ?? "", "jobTitle,accountEnabled,otherMails"),
    ).toMatchObject(more);
    const { status } = await world.emulator.graph("GET", `${resource?.id ?? ""}/manager`);
    expect(status).toBe(200);
  });

  it("stays blocked whatever else of it changes, also when others open it in between", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    const blocked = { ...anna, accountEnabled: false };
    await resource.up(blocked);
    await settle(world);
    const renamed = { userPrincipalName: "anna.smit@contoso.com", mailNickname: "anna.smit" };
    expect(await resource.up({ ...blocked, ...renamed, jobTitle: "Controller" })).toBe("updated");
    const isEnabled = (): Promise<unknown> => graphUser(world, resource.id, "accountEnabled");
    expect(await isEnabled()).toMatchObject({ accountEnabled: false });
    const opened = { body: { accountEnabled: true } };
    await world.emulator.graph("PATCH", resource.id, opened);
    await settle(world);
    await resource.refresh();
    expect(await resource.up({ ...blocked, ...renamed, jobTitle: "Controller" })).toBe("updated");
    expect(await isEnabled()).toMatchObject({ accountEnabled: false });
  });

  it("is signed out everywhere when it is blocked, once, also where a run died in between", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(anna);
    await settle(world);
    world.writes();
    // As a run left it that died after the block.
    await world.emulator.graph("PATCH", resource.id, { body: { accountEnabled: false } });
    await settle(world);
    world.writes();
    const revoke = "POST /v1.0/users/:id/revokeSignInSessions";
    expect(await resource.up({ ...anna, accountEnabled: false })).toBe("updated");
    expect(world.writes()).toEqual([revoke]);
    await resource.up({ ...anna, accountEnabled: false, jobTitle: "Controller" });
    expect(world.writes()).toEqual(["PATCH /v1.0/users/:id"]);
  });

  it("gets only what differs, and loses what is declared empty", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(anna);
    await settle(world);
    world.writes();

    const changed = { ...anna, department: "", jobTitle: "Controller" };
    expect(await resource.up(changed)).toBe("updated");

    expect(world.writes()).toEqual(["PATCH /v1.0/users/:id"]);
    expect(await graphUser(world, resource.id, "jobTitle,department,surname")).toMatchObject({
      jobTitle: "Controller",
      department: null,
      surname: "de Vries",
    });
  });

  it("keeps what somebody else filled in and nobody declared", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(anna);
    await world.emulator.graph("PATCH", resource.id, { body: { city: "Utrecht" } });
    await settle(world);

    expect(await resource.refresh()).not.toHaveProperty("city");
    await resource.up({ ...anna, jobTitle: "Controller" });

    expect(await graphUser(world, resource.id, "city")).toMatchObject({ city: "Utrecht" });
  });

  it("shows what was changed outside as drift, and puts it back", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    const open = { ...anna, accountEnabled: true };
    await resource.up(open);
    await world.emulator.graph("PATCH", resource.id, {
      body: { department: "Sales", accountEnabled: false },
    });
    await settle(world);

    expect(await resource.refresh()).toMatchObject({ department: "Sales", accountEnabled: false });
    expect(await resource.up(open)).toBe("updated");
    expect(await graphUser(world, resource.id, "department,accountEnabled")).toMatchObject({
      department: "Finance",
      accountEnabled: true,
    });
  });

  it("follows its manager, to another one and to none", async () => {
    const world = await startWorld();
    const [boss, chief, resource] = [1, 2, 3].map(() => new ManagedResource(world, user));
    await boss?.up({ ...anna, userPrincipalName: "boss@contoso.com", mailNickname: "boss" });
    await chief?.up({ ...anna, userPrincipalName: "chief@contoso.com", mailNickname: "chief" });
    const idOf = (someone: ManagedResource | undefined): unknown => someone?.outputs.objectId;

    await resource?.up({ ...anna, managerId: idOf(boss) });
    expect(resource?.outputs).toMatchObject({ managerId: idOf(boss) });
    await resource?.up({ ...anna, managerId: idOf(chief) });
    await settle(world);
    expect(await resource?.refresh()).toMatchObject({ managerId: idOf(chief) });
    await resource?.up({ ...anna, managerId: "" });
    await settle(world);
    const { status } = await world.emulator.graph("GET", `${resource?.id ?? ""}/manager`);
    expect(status).toBe(404);
  });

  it("is recreated after somebody deleted it outside", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(anna);
    const first = resource.id;
    await world.emulator.graph("DELETE", first);
    await settle(world);

    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(anna)).toBe("created");
    expect(resource.id).not.toBe(first);
  });

  it("stays in the state when it fails halfway, and the next run finishes it", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    const nobody = "00000000-0000-4000-8000-000000000000";

    await expect(resource.up({ ...anna, managerId: nobody })).rejects.toThrow(
      /does not exist|not present/,
    );
    expect(resource.state).toMatchObject({ isUnfinished: true });
    await settle(world);
    world.writes();

    expect(await resource.up(anna)).toBe("updated");
    expect(world.writes()).not.toContain("POST /beta/users");
    expect(resource.outputs).toMatchObject({ displayName: "Anna de Vries" });
  });

  it("is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(anna);

    await resource.down();
    await resource.down();

    await settle(world);
    expect((await world.emulator.graph("GET", resource.id)).status).toBe(404);
  });

  it("refuses to take over somebody who exists already", async () => {
    const world = await startWorld();
    await new ManagedResource(world, user).up(anna);
    const second = new ManagedResource(world, user);

    await expect(second.up({ ...anna, displayName: "Another Anna" })).rejects.toMatchObject({
      code: "user-exists",
    });
    expect(second.state).toBeUndefined();
  });

  it("refuses a new user without a password", async () => {
    const world = await startWorld();
    const rest = without(anna, "password");
    const making = new ManagedResource(world, user).up(rest);
    await expect(making).rejects.toMatchObject({ code: "password-missing" });
    expect(world.writes()).toEqual([]);
  });

  it("sends a password again only when it was declared anew", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(anna);
    world.writes();

    await resource.up({ ...anna, forcePasswordChange: true });
    expect(world.writes()).toEqual([]);
    await resource.up({ ...anna, password: "second-Password-2" });
    expect(world.writes()).toEqual(["PATCH /v1.0/users/:id"]);
  });

  it("is not made twice when the answer to its creation is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const people = Array.from({ length: 8 }, (_, index) => `person${index}`);
    await Promise.all(
      people.map((name) =>
        new ManagedResource(world, user).up({
          ...anna,
          userPrincipalName: `${name}@contoso.com`,
          mailNickname: name,
        }),
      ),
    );
    await settle(world);
    const { value } = await world.service.graph.get<{ value: { userPrincipalName: string }[] }>(
      "/users?$select=userPrincipalName&$top=100",
    );
    expect(value.map(({ userPrincipalName }) => userPrincipalName).sort()).toEqual(
      people.map((name) => `${name}@contoso.com`),
    );
  });

  it("does not take a stranger of the same name for the user whose answer was lost", async () => {
    const world = await startWorld({ deadlineMs: 120_000 });
    const strangers = await makePeople(world, ["Anna", "Bob", "Carl", "Dora"]);
    world.emulator.behaviour.lostAnswerShare = 0.6;
    for (const { name } of strangers) {
      const resource = new ManagedResource(world, user);
      await expect(resource.up({ ...anna, userPrincipalName: name })).rejects.toThrow();
      expect(resource.state).toBeUndefined();
    }
  }, 30_000);

  it("can be imported with everything but the password", async () => {
    const world = await startWorld();
    const made = new ManagedResource(world, user);
    await made.up(anna);
    await settle(world);

    const rest = without(anna, "password");
    expect(await new ManagedResource(world, user).read(made.id)).toEqual({
      ...rest,
      accountEnabled: true,
    });
  });
});
