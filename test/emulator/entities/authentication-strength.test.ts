import { describe, expect, it } from "vitest";
import { startTestEmulator } from "../support/emulator.ts";

const STRENGTHS = "/policies/authenticationStrengthPolicies";

describe("authentication strengths", () => {
  it("are three that cannot be changed and the tenant's own", async () => {
    const emulator = await startTestEmulator();
    const { body } = await emulator.graph("GET", STRENGTHS);
    expect(body.value.map((strength) => strength.policyType)).toEqual([
      "builtIn",
      "builtIn",
      "builtIn",
    ]);
    const [builtIn] = body.value;
    expect(
      (
        await emulator.graph("PATCH", `${STRENGTHS}/${builtIn?.id ?? ""}`, {
          body: { displayName: "x" },
        })
      ).status,
    ).toBe(400);
    const created = await emulator.graph("POST", STRENGTHS, {
      body: { displayName: "Sleutels", allowedCombinations: ["fido2"] },
    });
    expect(created).toMatchObject({
      status: 201,
      body: { policyType: "custom", requirementsSatisfied: "mfa" },
    });
  });

  it("change their combinations by the action only", async () => {
    const emulator = await startTestEmulator();
    const { body } = await emulator.graph("POST", STRENGTHS, {
      body: { displayName: "Sleutels", allowedCombinations: ["fido2"] },
    });
    const allowedCombinations = ["fido2", "password,sms"];
    expect(
      (await emulator.graph("PATCH", `${STRENGTHS}/${body.id}`, { body: { allowedCombinations } }))
        .status,
    ).toBe(400);
    const path = `${STRENGTHS}/${body.id}/updateAllowedCombinations`;
    const changed = await emulator.graph("POST", path, { body: { allowedCombinations } });
    expect((await emulator.graph("POST", path, { body: {} })).status).toBe(400);
    expect(changed.body).toMatchObject({
      previousCombinations: ["fido2"],
      currentCombinations: allowedCombinations,
    });
    expect((await emulator.graph("GET", `${STRENGTHS}/${body.id}`)).body).toMatchObject({
      allowedCombinations,
    });
  });

  it("say by whom they are used, and stay as long as they are", async () => {
    const emulator = await startTestEmulator();
    const { body } = await emulator.graph("POST", STRENGTHS, {
      body: { displayName: "Sleutels", allowedCombinations: ["fido2"] },
    });
    await emulator.graph("POST", "/identity/conditionalAccess/policies", {
      body: {
        displayName: "Beheer",
        state: "disabled",
        conditions: {
          users: { includeUsers: ["All"] },
          applications: { includeApplications: ["All"] },
        },
        grantControls: {
          operator: "OR",
          builtInControls: [],
          authenticationStrength: { id: body.id },
        },
      },
    });
    const usage = await emulator.graph("GET", `${STRENGTHS}/${body.id}/usage`);
    expect(usage.body.mfa).toMatchObject([{ displayName: "Beheer" }]);
    expect((await emulator.graph("DELETE", `${STRENGTHS}/${body.id}`)).status).toBe(400);
  });
});
