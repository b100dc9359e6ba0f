import { describe, expect, it } from "vitest";
import { createGroup, createUser, reference, startTestEmulator } from "../support/emulator.ts";

const ASSIGNMENTS = "/roleManagement/directory/roleAssignments";
const USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";

describe("role assignments", () => {
  it("give a role once, show it among the memberships, and take it again", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const body = {
      principalId: user.id,
      roleDefinitionId: USER_ADMINISTRATOR,
      directoryScopeId: "/",
    };
    const created = await emulator.graph("POST", ASSIGNMENTS, { body });
    expect(created).toMatchObject({ status: 201, body });
    expect((await emulator.graph("POST", ASSIGNMENTS, { body })).body.error.message).toBe(
      "A conflicting object with one or more of the specified property values is present in the directory.",
    );
    const found = await emulator.graph(
      "GET",
      `${ASSIGNMENTS}?$filter=principalId eq '${user.id}'&$expand=roleDefinition`,
    );
    expect(found.body.value).toMatchObject([
      { id: created.body.id, roleDefinition: { displayName: "User Administrator" } },
    ]);
    const memberships = await emulator.graph(
      "GET",
      `/users/${user.id}/memberOf/microsoft.graph.directoryRole`,
    );
    expect(memberships.body.value).toMatchObject([{ roleTemplateId: USER_ADMINISTRATOR }]);
    expect((await emulator.graph("DELETE", `${ASSIGNMENTS}/${created.body.id}`)).status).toBe(204);
    expect((await emulator.graph("GET", `/users/${user.id}/memberOf`)).body.value).toEqual([]);
  });

  it("are refused for nobody, for no role and for a group that is not made for it", async () => {
    const emulator = await startTestEmulator();
    const [user, group] = [await createUser(emulator), await createGroup(emulator)];
    const assign = async (principalId: string, roleDefinitionId: string) =>
      (
        await emulator.graph("POST", ASSIGNMENTS, {
          body: { principalId, roleDefinitionId, directoryScopeId: "/" },
        })
      ).status;
    expect(await assign("99999999-2222-4333-8444-555555555555", USER_ADMINISTRATOR)).toBe(404);
    expect(await assign(user.id, "99999999-2222-4333-8444-555555555555")).toBe(404);
    expect(await assign(group.id, USER_ADMINISTRATOR)).toBe(400);
  });
});

describe("directory roles", () => {
  it("can be read as soon as they are activated, also where new objects are visible late", async () => {
    const emulator = await startTestEmulator({
      behaviour: { visibilityDelayMs: 30_000 },
    });
    const activated = await emulator.graph("POST", "/directoryRoles", {
      body: { roleTemplateId: USER_ADMINISTRATOR },
    });
    const read = await emulator.graph("GET", `/directoryRoles/${activated.body.id}`);
    expect(read).toMatchObject({ status: 200, body: { roleTemplateId: USER_ADMINISTRATOR } });
  });

  it("are activated by template, found by it, and their members are assignments", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const activate = () =>
      emulator.graph("POST", "/directoryRoles", { body: { roleTemplateId: USER_ADMINISTRATOR } });
    expect((await activate()).status).toBe(201);
    expect((await activate()).status).toBe(400);
    const role = await emulator.graph(
      "GET",
      `/directoryRoles(roleTemplateId='${USER_ADMINISTRATOR}')`,
    );
    expect(
      (
        await emulator.graph(
          "POST",
          `/directoryRoles/${role.body.id}/members/$ref`,
          reference(user.id),
        )
      ).status,
    ).toBe(204);
    expect((await emulator.graph("GET", ASSIGNMENTS)).body.value).toMatchObject([
      { principalId: user.id },
    ]);
    expect(
      (await emulator.graph("DELETE", `/directoryRoles/${role.body.id}/members/${user.id}/$ref`))
        .status,
    ).toBe(204);
    expect((await emulator.graph("GET", ASSIGNMENTS)).body.value).toEqual([]);
  });
});

describe("role definitions", () => {
  it("are built in or the tenant's own", async () => {
    const emulator = await startTestEmulator();
    const path = "/roleManagement/directory/roleDefinitions";
    const found = await emulator.graph(
      "GET",
      `${path}?$filter=displayName eq 'Global Administrator'`,
    );
    expect(found.body.value).toMatchObject([
      { isBuiltIn: true, templateId: "62e90394-69f5-4237-9190-012177145e10" },
    ]);
    const body = {
      displayName: "Lezer",
      isEnabled: true,
      rolePermissions: [{ allowedResourceActions: ["microsoft.directory/users/standard/read"] }],
    };
    const own = await emulator.graph("POST", path, { body });
    expect(own).toMatchObject({ status: 201, body: { isBuiltIn: false } });
    expect(
      (await emulator.graph("DELETE", `${path}/${found.body.value[0]?.id ?? ""}`)).status,
    ).toBe(400);
    expect((await emulator.graph("DELETE", `${path}/${own.body.id}`)).status).toBe(204);
  });
});
