import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ExpectedError } from "../../core/expected-error.ts";
import { planTenant } from "../../operations/plan.ts";
import { tenantStatus } from "../../operations/status.ts";
import { watchTenants } from "../../operations/watch.ts";
import { memoryRecordStore } from "../state/record/memory-record-store.ts";
import { fabrikam } from "../tenant-file/contoso.ts";
import { aWorld, STACK } from "./support.ts";
import type { World } from "./support.ts";

const HOUR_MS = 3_600_000;
const last = (world: World, context = world.context) =>
  watchTenants(context, { tenant: undefined, look: false });
const look = (world: World, context = world.context) =>
  watchTenants(context, { tenant: undefined, look: true });
const failing = new ExpectedError("read-back-failed", "The tenant could not be read completely.", {
  hint: "Try again.",
});

/** A tenant that can be signed in to and not read to its end. */
const withoutReading = (world: World) => {
  const { openSession } = world.context;
  return world.with({
    openSession: async (options) => ({
      ...(await openSession(options)),
      readBack: () => Promise.reject(failing),
    }),
  });
};

describe("the last look at a tenant", () => {
  it("is told without reading one, and is overdue after 26 hours", async () => {
    const world = aWorld();
    expect(await last(world)).toMatchObject([
      { stack: STACK, lastLook: undefined, isOverdue: true },
    ]);
    const { at } = (await tenantStatus(world.context, { stack: STACK })).look;
    world.pass(25.9 * HOUR_MS);
    const opened = world.sessions.length;
    expect(await last(world)).toMatchObject([{ lastLook: at, isOverdue: false }]);
    world.pass(0.2 * HOUR_MS);
    expect(await last(world)).toMatchObject([{ lastLook: at, isOverdue: true }]);
    expect(world.sessions).toHaveLength(opened);
  });

  it("is the newest, of a plan that read the tenant as well, and of no other plan", async () => {
    const world = aWorld();
    await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
    expect(await last(world)).toMatchObject([{ lastLook: undefined }]);
    await planTenant(world.context, { stack: STACK, refresh: true, isNew: false });
    const [planned] = await last(world);
    expect(planned?.lastLook).toBeDefined();
    world.pass(HOUR_MS);
    const { at } = (await tenantStatus(world.context, { stack: STACK })).look;
    expect(await last(world)).toMatchObject([{ lastLook: at }]);
  });

  it("is not one that did not come to its end, which is told as a failure and never as no drift", async () => {
    const world = aWorld();
    const context = withoutReading(world);
    expect(await look(world, context)).toMatchObject([
      { status: undefined, failure: { code: "read-back-failed" }, isOverdue: true },
    ]);
    expect(await last(world)).toMatchObject([{ lastLook: undefined }]);
  });

  it("is told as not kept where the disk takes nothing", async () => {
    const world = aWorld();
    const full = new ExpectedError("state-full", "The disk is full.", { hint: "Make room." });
    const records = { ...memoryRecordStore(), putIfAbsent: () => Promise.reject(full) };
    const status = await tenantStatus(world.with({ records }), { stack: STACK });
    expect(status.look.isKept).toBe(false);
    const broken = { ...records, putIfAbsent: () => Promise.reject(new Error("no such table")) };
    await expect(tenantStatus(world.with({ records: broken }), { stack: STACK })).rejects.toThrow();
  });
});

describe("all tenants", () => {
  it("are looked at one after the other: one that fails keeps nobody from being read", async () => {
    const world = aWorld();
    const { stacksDirectory } = world.context.workspace;
    const { openSession } = world.context;
    const context = world.with({
      openSession: async (options) => {
        if (options.stack === "another") throw failing;
        return await openSession(options);
      },
    });
    mkdirSync(join(stacksDirectory, "another"));
    writeFileSync(join(stacksDirectory, "another", "tenant.yaml"), fabrikam);
    expect(await look(world, context)).toMatchObject([
      { stack: "another", failure: { code: "read-back-failed" } },
      { stack: STACK, failure: undefined, status: { drift: [] }, isOverdue: false },
    ]);
  });

  it("are also those of which the folder went (38): a finding, and nothing is read", async () => {
    const world = aWorld();
    await tenantStatus(world.context, { stack: STACK });
    const { stacksDirectory } = world.context.workspace;
    renameSync(join(stacksDirectory, STACK), join(stacksDirectory, "renamed"));
    expect(await last(world)).toMatchObject([
      { stack: STACK, hasFolder: false },
      { stack: "renamed", hasFolder: true, lastLook: undefined },
    ]);
  });

  it("end at once when they are interrupted", async () => {
    const world = aWorld();
    const context = { ...withoutReading(world), signal: AbortSignal.abort() };
    await expect(look(world, context)).rejects.toBe(failing);
  });
});
