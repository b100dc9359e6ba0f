import { describe, expect, it } from "vitest";
import { startTestEmulator } from "../support/emulator.ts";

const SETTINGS = "/admin/sharepoint/settings";

describe("SharePoint's settings of the tenant", () => {
  it("keeps a change and leaves the rest", async () => {
    const emulator = await startTestEmulator();
    const before = await emulator.graph("GET", SETTINGS);
    const changed = await emulator.graph("PATCH", SETTINGS, {
      body: { sharingCapability: "disabled" },
    });
    expect(changed.status).toBe(200);
    expect((await emulator.graph("GET", SETTINGS)).body).toEqual({
      ...(before.body as object),
      sharingCapability: "disabled",
    });
  });

  it("refuses values that the setting does not know, and settings that are read only", async () => {
    const emulator = await startTestEmulator();
    for (const body of [
      { sharingCapability: "open" },
      { isSharing: true },
      { availableManagedPathsForSiteCreation: [] },
    ]) {
      expect((await emulator.graph("PATCH", SETTINGS, { body })).status).toBe(400);
    }
  });
});
