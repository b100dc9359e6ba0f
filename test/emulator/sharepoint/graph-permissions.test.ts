import { describe, expect, it } from "vitest";
import { CLIENT_ID, startTestEmulator } from "../support/emulator.ts";
import { pickText } from "../support/pick.ts";

const PERMISSIONS = "/sites/root/permissions";
const grant = {
  roles: ["write"],
  grantedToIdentities: [{ application: { id: CLIENT_ID, displayName: "Backup" } }],
};

describe("permissions of applications on a site", () => {
  it("gives, changes and takes them", async () => {
    const emulator = await startTestEmulator();
    const given = await emulator.graph("POST", PERMISSIONS, { body: grant });
    expect(given).toMatchObject({
      status: 201,
      body: { roles: ["write"], grantedToIdentitiesV2: [{}] },
    });
    const path = `${PERMISSIONS}/${pickText(given.body, "id")}`;
    await emulator.graph("PATCH", path, { body: { roles: ["read"] } });
    expect((await emulator.graph("GET", PERMISSIONS)).body).toMatchObject({
      value: [{ roles: ["read"] }],
    });
    expect((await emulator.graph("DELETE", path)).status).toBe(204);
    expect((await emulator.graph("GET", path)).status).toBe(404);
  });

  it.each([
    ["a user", { ...grant, grantedToIdentities: [{ user: { id: CLIENT_ID } }] }],
    ["an unknown role", { ...grant, roles: ["owner"] }],
    ["an unknown property", { ...grant, reason: "audit" }],
  ])("refuses %s", async (_what, body) => {
    const emulator = await startTestEmulator();
    expect((await emulator.graph("POST", PERMISSIONS, { body })).status).toBe(400);
  });
});
