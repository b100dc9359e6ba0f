import { describe, expect, it } from "vitest";
import { TENANT_ID, startTestEmulator } from "./support/emulator.ts";

describe("the emulator", () => {
  it("answers over HTTPS with a token that it issued", async () => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph("GET", "/organization");
    expect(status).toBe(200);
    expect(body.value[0]).toMatchObject({ id: TENANT_ID, displayName: "Contoso" });
  });
});
