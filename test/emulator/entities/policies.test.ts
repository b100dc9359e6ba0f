import { describe, expect, it } from "vitest";
import { startTestEmulator } from "../support/emulator.ts";

const METHODS = "/policies/authenticationMethodsPolicy";

describe("the authentication methods policy", () => {
  it("switches a method on, whatever the case of its name, and keeps its kind", async () => {
    const emulator = await startTestEmulator();
    const path = `${METHODS}/authenticationMethodConfigurations/fido2`;
    expect((await emulator.graph("GET", path)).body).toMatchObject({
      "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
      state: "disabled",
    });
    expect(
      (
        await emulator.graph("PATCH", path, {
          body: { state: "enabled", isAttestationEnforced: true },
        })
      ).status,
    ).toBe(204);
    expect((await emulator.graph("GET", path)).body).toMatchObject({
      id: "Fido2",
      state: "enabled",
      isAttestationEnforced: true,
    });
    expect(
      (await emulator.graph("PATCH", path, { body: { isSoftwareOathEnabled: true } })).status,
    ).toBe(400);
  });

  it("keeps the registration campaign", async () => {
    const emulator = await startTestEmulator();
    const campaign = {
      state: "enabled",
      snoozeDurationInDays: 3,
      includeTargets: [],
      excludeTargets: [],
    };
    const body = {
      registrationEnforcement: { authenticationMethodsRegistrationCampaign: campaign },
    };
    expect((await emulator.graph("PATCH", METHODS, { body })).status).toBe(204);
    expect((await emulator.graph("GET", METHODS)).body).toMatchObject(body);
  });
});
