import { describe, expect, it } from "vitest";
import { providerKey, trustRootsSchema } from "../../approval/trust-roots.ts";
import { anna, ines, minute, runner, trustRoots } from "./support.ts";

describe("the trust roots", () => {
  it("accept what they are written as, and nothing unknown", () => {
    expect(trustRootsSchema.parse(JSON.parse(JSON.stringify(trustRoots)))).toEqual(trustRoots);
    expect(trustRootsSchema.safeParse({ ...trustRoots, allowAll: true }).success).toBe(false);
    expect(trustRootsSchema.safeParse({ ...trustRoots, version: 2 }).success).toBe(false);
  });

  it("give a key for its purposes only", () => {
    const at = minute(0);
    const find = (id: string, purpose: "bootstrap" | "application") =>
      providerKey(trustRoots, id, { purpose, at })?.email;
    expect(find(ines.key.keyId, "bootstrap")).toBe(ines.email);
    expect(find(ines.key.keyId, "application")).toBeUndefined();
    expect(find(runner.key.keyId, "application")).toBe(runner.email);
    expect(find(anna.key.keyId, "bootstrap")).toBeUndefined();
  });
});
