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

it("tells when the directory on premises was synchronised, in the customer's zone, and when it stands still", async () => {
  const world = aWorld();
  const age = async (lastAt: string | undefined) => {
    world.synchronisation = { lastAt: lastAt === undefined ? undefined : new Date(lastAt) };
    return (await tenantStatus(world.context, { stack: STACK })).synchronisation;
  };
  // The clock of the world stands at 10:00 UTC, which is 11:00 in the Netherlands.
  expect(await age("2026-11-22T09:40:00Z")).toMatchObject({
    last: {
      ...{ at: "2026-11-22T09:40:00.000Z", localTime: "2026-11-22 10:40" },
      age: expect.stringMatching(/^20 min/) as string,
    },
    isLate: false,
  });
  expect(await age("2026-11-22T06:59:00Z")).toMatchObject({ isLate: true });
  expect(await age(undefined)).toMatchObject({ last: undefined, isLate: true });
  world.synchronisation = undefined;
  expect(await tenantStatus(world.context, { stack: STACK })).toMatchObject({
    synchronisation: undefined,
  });
});
