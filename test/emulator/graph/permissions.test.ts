import { describe, expect, it } from "vitest";
import { permissionPath, permissionsFor } from "../../../emulator/graph/permissions.ts";
import { graphParts } from "../../../emulator/registry.ts";
import { contoso, startTestEmulator } from "../support/emulator.ts";

const CLIENT = "dddddddd-bbbb-4ccc-8ddd-eeeeeeeeeeee";

async function statusWith(
  roles: string[],
  request: { method: string; path: string; body?: unknown },
): Promise<number> {
  const emulator = await startTestEmulator();
  emulator.addTenant({
    ...contoso,
    applications: [{ clientId: CLIENT, clientSecret: "less", roles }],
  });
  const token = await emulator.token({ clientId: CLIENT, clientSecret: "less" });
  const { status } = await emulator.graph(request.method, request.path, {
    headers: { authorization: `Bearer ${token}` },
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  return status;
}

describe("permissions of applications", () => {
  it.each([
    ["User.Read.All", "/users", 200],
    ["Group.Read.All", "/users", 403],
    ["LicenseAssignment.Read.All", "/subscribedSkus", 200],
    ["User.Read.All", "/subscribedSkus", 403],
    ["Domain.Read.All", "/domains", 200],
    ["Policy.Read.All", "/identity/conditionalAccess/policies", 200],
    ["Directory.Read.All", "/identity/conditionalAccess/policies", 403],
  ])("with %s, GET %s is answered %i", async (role, path, status) => {
    expect(await statusWith([role], { method: "GET", path })).toBe(status);
  });

  it("need all of those that an operation asks for together", async () => {
    const request = {
      method: "POST",
      path: "/identity/conditionalAccess/namedLocations",
      body: {},
    };
    expect(await statusWith(["Policy.ReadWrite.ConditionalAccess"], request)).toBe(403);
    expect(
      await statusWith(["Policy.ReadWrite.ConditionalAccess", "Policy.Read.All"], request),
    ).toBe(400);
  });

  it("are known for every operation that the emulator serves", () => {
    const open = graphParts
      .flatMap((part) => part.operations)
      .filter(
        (route) =>
          route.roles === undefined && permissionsFor(route.method, route.path) === undefined,
      )
      .map((route) => `${route.method} ${permissionPath(route.path)}`);
    // A batch needs what its parts need; the status of an operation is open to whoever started it.
    expect(
      open.filter(
        (operation) => operation !== "POST " && !operation.includes("getOperationStatus"),
      ),
    ).toEqual([]);
  });
});
