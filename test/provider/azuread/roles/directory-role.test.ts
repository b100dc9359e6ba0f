import { describe, expect, it } from "vitest";
import { directoryRole } from "../../../../provider/azuread/roles/directory-role.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { settle, startWorld } from "../../support/world.ts";

const READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

describe("a directory role of the drop-in", () => {
  it.each([{ displayName: "global reader" }, { templateId: READER }])(
    "is switched on by %j, once, and left alone by a second run",
    async (declared) => {
      const world = await startWorld();
      const resource = new ManagedResource(world, directoryRole);
      expect(await resource.up(declared)).toBe("created");
      expect(world.writes()).toEqual(["POST /v1.0/directoryRoles"]);
      expect(resource.id).toMatch(/^\/directoryRoles\/[0-9a-f-]{36}$/);
      await settle(world);

      expect(await resource.up(declared)).toBe("same");
      expect(await resource.refresh()).toEqual(declared);
      expect(await resource.up(declared)).toBe("same");
      const imported = new ManagedResource(world, directoryRole);
      expect(await imported.read(resource.id)).toEqual({});
      expect(resource.outputs).toMatchObject({
        templateId: READER,
        objectId: resource.id.replace("/directoryRoles/", ""),
        description: expect.stringContaining("Can read everything") as string,
      });
      expect(world.writes()).toEqual([]);
    },
  );

  it("is taken as it is when it was switched on before, and stays when it is let go", async () => {
    const world = await startWorld();
    const first = new ManagedResource(world, directoryRole);
    await first.up({ templateId: READER });
    await settle(world);
    world.writes();
    const second = new ManagedResource(world, directoryRole);
    await second.up({ displayName: "Global Reader" });
    await second.down();
    expect(second.id).toBe(first.id);
    expect(world.writes()).toEqual([]);
    expect((await world.emulator.graph("GET", first.id)).status).toBe(200);
  });

  it.each([
    { displayName: "Global Reader" },
    { displayName: "global reader" },
    { templateId: READER },
  ])("is the same after an import, declared as %j, and no other", async (declared) => {
    const world = await startWorld();
    const made = new ManagedResource(world, directoryRole);
    await made.up({ displayName: "Global Reader" });
    await settle(world);
    const { id, outputs } = made;
    const imported = new ManagedResource(world, directoryRole, {
      id,
      inputs: {},
      outputs,
      isUnfinished: false,
    });
    expect(await imported.up(declared)).toBe("same");
    expect(await imported.up({ displayName: "Security Reader" })).toBe("replaced");
  });

  it("is switched on once, also when the answer is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const roles = ["Global Reader", "Teams Administrator", "Security Reader", "User Administrator"];
    await Promise.all(
      roles.map((displayName) => new ManagedResource(world, directoryRole).up({ displayName })),
    );
    await settle(world);
    const found = await world.service.graph.all<{ displayName: string }>("/directoryRoles");
    expect(found.map(({ displayName }) => displayName)).toEqual(expect.arrayContaining(roles));
    expect(new Set(found.map(({ displayName }) => displayName)).size).toBe(found.length);
  });

  it("refuses a role that there is not, and one that is named twice or not at all", async () => {
    const world = await startWorld();
    const up = (declared: Record<string, unknown>) =>
      new ManagedResource(world, directoryRole).up(declared);
    await expect(up({ displayName: "Chief" })).rejects.toMatchObject({ code: "unknown-role" });
    await expect(up({})).rejects.toThrow("or templateId must be given");
    await expect(up({ displayName: "Global Reader", templateId: READER })).rejects.toThrow("both");
    expect(world.writes()).toEqual([]);
  });

  it("has the notes of the official plugin: schema version 1, no timeout for an update", async () => {
    const resource = new ManagedResource(await startWorld(), directoryRole);
    await resource.up({ templateId: READER });
    expect(resource.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000},"schema_version":"1"}',
    );
  });

  it("is called by its name where only its template is declared", () => {
    const { nl, en } = directoryRole.describe({
      operation: "create",
      before: undefined,
      after: { templateId: READER },
      changedPaths: [],
    });
    expect(nl).toBe(
      "De beheerdersrol globale lezer wordt beschikbaar; niemand krijgt hem daardoor",
    );
    expect(en).toContain("Global Reader");
  });
});
