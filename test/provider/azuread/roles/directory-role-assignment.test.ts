import { describe, expect, it } from "vitest";
import { directoryRoleAssignment } from "../../../../provider/azuread/roles/directory-role-assignment.ts";
import { UNKNOWN } from "../../../../core/engine-markers.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { makeGroup, makePeople } from "../../support/people.ts";
import { settle, startWorld } from "../../support/world.ts";

const READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const GLOBAL = "62e90394-69f5-4237-9190-012177145e10";
const PATH = "/roleManagement/directory/roleAssignments";

async function onStage(options: Parameters<typeof startWorld>[0] = {}) {
  const world = await startWorld(options);
  const people = await makePeople(world, ["Anna", "Bob", "Carl", "Dora"]);
  world.writes();
  return { world, people: people.map(({ id }) => id) };
}

describe("a role assignment of the drop-in", () => {
  it("is made in one write, for the whole tenant unless told", async () => {
    const { world, people } = await onStage();
    const declared = { principalObjectId: people[0], roleId: READER };
    const resource = new ManagedResource(world, directoryRoleAssignment);

    expect(await resource.up(declared)).toBe("created");

    expect(world.writes()).toEqual([`POST /v1.0${PATH}`]);
    expect(resource.id).toMatch(/^\/roleManagement\/directory\/roleAssignments\/./);
    expect(resource.outputs).toMatchObject({ directoryScopeId: "/", appScopeId: "" });
    await settle(world);
    const { body } = await world.emulator.graph("GET", resource.id);
    expect(body).toMatchObject({
      principalId: people[0],
      roleDefinitionId: READER,
      directoryScopeId: "/",
    });
  });

  it("is left alone by a second run, and can be imported with its scope", async () => {
    const { world, people } = await onStage();
    const declared = { principalObjectId: people[0], roleId: READER };
    const resource = new ManagedResource(world, directoryRoleAssignment);
    await resource.up(declared);
    await settle(world);
    world.writes();

    expect(await resource.up(declared)).toBe("same");
    expect(await resource.refresh()).toEqual(declared);
    expect(await resource.up(declared)).toBe("same");
    expect(await new ManagedResource(world, directoryRoleAssignment).read(resource.id)).toEqual({
      ...declared,
      directoryScopeId: "/",
    });
    expect(world.writes()).toEqual([]);
  });

  it("stays as it is when its scope is left out or written down after an import", async () => {
    const { world, people } = await onStage();
    const declared = { principalObjectId: people[0], roleId: READER };
    const spelledOut = { ...declared, directoryScopeId: "/" };
    const one = new ManagedResource(world, directoryRoleAssignment);
    await one.up(declared);
    expect(await one.up(spelledOut)).toBe("same");
    const other = new ManagedResource(world, directoryRoleAssignment);
    await other.up({ ...spelledOut, principalObjectId: people[1] });
    expect(await other.up({ ...declared, principalObjectId: people[1] })).toBe("same");
  });

  it("is another one for another person or role", async () => {
    const { world, people } = await onStage();
    const resource = new ManagedResource(world, directoryRoleAssignment);
    await resource.up({ principalObjectId: people[0], roleId: READER });
    const old = new ManagedResource(world, directoryRoleAssignment, resource.state);
    expect(await resource.up({ principalObjectId: people[1], roleId: READER })).toBe("replaced");
    expect(resource.id).not.toBe(old.id);
    await settle(world);
    await old.down();
    await old.down();
    expect((await world.emulator.graph("GET", old.id)).status).toBe(404);
    expect((await world.emulator.graph("GET", resource.id)).status).toBe(200);
  });

  it("is recreated after somebody took the role away", async () => {
    const { world, people } = await onStage();
    const declared = { principalObjectId: people[0], roleId: READER };
    const resource = new ManagedResource(world, directoryRoleAssignment);
    await resource.up(declared);
    await settle(world);
    await world.emulator.graph("DELETE", resource.id);
    await settle(world);
    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(declared)).toBe("created");
  });

  it("waits for a group that was made a moment ago", async () => {
    const { world } = await onStage();
    const principalObjectId = await makeGroup(world, "admins", { isAssignableToRole: true });
    const resource = new ManagedResource(world, directoryRoleAssignment);
    expect(await resource.up({ principalObjectId, roleId: READER })).toBe("created");
  });

  it("is made once, also when answers are lost", async () => {
    const { world, people } = await onStage({ behaviour: { lostAnswerShare: 0.4 } });
    await Promise.all(
      people.map((principalObjectId) =>
        new ManagedResource(world, directoryRoleAssignment).up({
          principalObjectId,
          roleId: READER,
        }),
      ),
    );
    await settle(world);
    const found = await world.service.graph.all<{ principalId: string; roleDefinitionId: string }>(
      `${PATH}?$filter=roleDefinitionId eq '${READER}'`,
    );
    expect(found.map(({ principalId }) => principalId).sort()).toEqual([...people].sort());
  });

  it("takes over what somebody has already, without a write", async () => {
    const { world, people } = await onStage();
    const declared = { principalObjectId: people[0], roleId: READER };
    const first = new ManagedResource(world, directoryRoleAssignment);
    await first.up(declared);
    await settle(world);
    world.writes();
    const second = new ManagedResource(world, directoryRoleAssignment);
    expect(await second.up(declared)).toBe("created");
    expect(second.id).toBe(first.id);
    expect(world.writes()).toEqual([]);
  });

  it("refuses two scopes at once", async () => {
    const { world, people } = await onStage();
    const both = { principalObjectId: people[0], roleId: READER, appScopeId: "/" };
    await expect(
      new ManagedResource(world, directoryRoleAssignment).up({ ...both, directoryScopeId: "/" }),
    ).rejects.toThrow("cannot both be given");
  });

  it("has the notes of the official plugin: schema version 1, no timeout for an update", async () => {
    const { world, people } = await onStage();
    const resource = new ManagedResource(world, directoryRoleAssignment);
    await resource.up({ principalObjectId: people[0], roleId: READER });
    expect(resource.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000},"schema_version":"1"}',
    );
  });
});

describe("the words for a role assignment", () => {
  it("name the role, also for somebody who is made in the same plan", () => {
    const { nl, en, severity } = directoryRoleAssignment.describe({
      operation: "create",
      before: undefined,
      after: { principalObjectId: UNKNOWN, roleId: GLOBAL },
      changedPaths: [],
    });
    expect(nl).toBe(
      "Account een waarde die pas bij het uitvoeren bekend is krijgt de beheerdersrol globale beheerder",
    );
    expect(en).toContain("gets the administrator role Global Administrator");
    expect(severity).toBe("sensitive");
  });

  it("say that a role is for a part of the tenant only", () => {
    const { en } = directoryRoleAssignment.describe({
      operation: "delete",
      before: {
        principalObjectId: "p",
        roleId: READER,
        directoryScopeId: "/administrativeUnits/u",
      },
      after: undefined,
      changedPaths: [],
    });
    expect(en).toBe(
      "Account “p” loses the administrator role Global Reader for a part of the tenant",
    );
  });
});
