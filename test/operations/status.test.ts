import { expect, it } from "vitest";
import { tenantStatus } from "../../operations/status.ts";
import { aWorld, STACK } from "./support.ts";

it("never says that a tenant has no drift that nobody could sign in to", async () => {
  const world = aWorld();
  world.readBack = { ...world.readBack, objects: 0, drift: [] };
  const refused = new Error("The certificate does not belong to the application");
  const { openSession } = world.context;
  const context = world.with({
    openSession: async (options) => ({
      ...(await openSession(options)),
      clockAheadMs: () => Promise.reject(refused),
    }),
  });
  await expect(tenantStatus(context, { stack: STACK })).rejects.toBe(refused);
  await expect(tenantStatus(world.context, { stack: STACK })).resolves.toMatchObject({
    drift: [],
    lastApply: undefined,
  });
});
