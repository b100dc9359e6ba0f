import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { observeTenant } from "../../operations/observe.ts";
import type { OperationContext } from "../../operations/ports.ts";
import { aWorld } from "./support.ts";

type Read = Awaited<ReturnType<OperationContext["readTenant"]>>;

const tenant = { tenantId: "7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7", initialDomain: "acme.example" };
const emma = { userPrincipalName: "emma@acme.example", displayName: "Emma", jobTitle: "Clerk" };

/** @param over what differs from a tenant with Emma in it */
const aReading = (over: Partial<Read["draft"]> = {}, more: Partial<Read> = {}): Read => ({
  draft: {
    version: 1,
    tenant: {
      ...{ id: tenant.tenantId, displayName: "Acme", initialDomain: tenant.initialDomain },
      ...{ domains: [], language: "nl", country: "NL" },
    },
    managedBy: { name: "-", domains: [] },
    contract: { start: "2026-01-01", end: "2026-12-31", serviceLevel: "bronze" },
    users: [emma],
    groups: [],
    ...over,
  },
  remarks: { sections: {}, entries: new Map() },
  counts: { people: { found: 1, managed: 1 }, groups: { found: 0, managed: 0 } },
  ...{ left: [], findings: [], notRead: [], adopted: new Map() as unknown as Read["adopted"] },
  ...more,
});

function watched() {
  const world = aWorld();
  const readings: Read[] = [];
  const context = world.with({
    readTenant: async () => readings.shift() ?? Promise.reject(new Error("Not read completely")),
  });
  const look = async (reading?: Read, asked?: typeof tenant) => {
    if (reading !== undefined) readings.push(reading);
    return await observeTenant(context, { stack: "acme", tenant: asked });
  };
  return { look, file: join(context.workspace.dataDirectory, "observed", "acme.json") };
}

describe("looking at a tenant that nobody manages", () => {
  it("asks which tenant it is, once", async () => {
    const { look } = watched();
    await expect(look()).rejects.toMatchObject({ code: "tenant-details-missing" });
    expect(await look(aReading(), tenant)).toMatchObject({ since: undefined, changes: [] });
    expect(await look(aReading())).toMatchObject({ changes: [] });
  });

  it("tells what came, went and changed since, also of what could not be managed", async () => {
    const { look } = watched();
    const guest = {
      kind: "person",
      name: "guest@other.example",
      id: "1",
      reason: "a guest",
    } as const;
    await look(aReading({}, { left: [guest] }), tenant);
    const finn = { userPrincipalName: "finn@acme.example", displayName: "Finn" };
    const board = { name: "board", displayName: "Board", type: "security" } as const;
    const next = aReading({ users: [{ ...emma, jobTitle: "Director" }, finn], groups: [board] });
    const { changes, since } = await look(next);
    expect(since).toMatch(/^2026-11-22T/);
    expect(changes).toEqual([
      {
        ...{ section: "users", name: emma.userPrincipalName, kind: "changed" },
        keys: [{ key: "jobTitle", before: "Clerk", after: "Director" }],
      },
      { section: "users", name: finn.userPrincipalName, kind: "new", keys: [] },
      { section: "groups", name: "board", kind: "new", keys: [] },
      { section: "left", name: "person guest@other.example", kind: "gone", keys: [] },
    ]);
  });

  it("compares no section that one of the looks did not read", async () => {
    const { look } = watched();
    const site = { url: "/sites/finance", title: "Finance", owner: emma.userPrincipalName };
    await look(aReading({}, { notRead: [{ part: "sites", reason: "not permitted" }] }), tenant);
    expect((await look(aReading({ sites: [site] }))).changes).toEqual([]);
    const gone = await look(aReading());
    expect(gone.changes).toMatchObject([
      { section: "sites", name: "/sites/finance", kind: "gone" },
    ]);
  });

  it("keeps the last complete look, for its owner only", async () => {
    const { look, file } = watched();
    await look(aReading(), tenant);
    const kept = readFileSync(file, "utf8");
    expect(statSync(file).mode & 0o077).toBe(0);
    await expect(look()).rejects.toThrow("Not read completely");
    expect(readFileSync(file, "utf8")).toBe(kept);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it("is refused where the last look is damaged, until that is removed", async () => {
    const { look, file } = watched();
    await look(aReading(), tenant);
    writeFileSync(file, "{");
    await expect(look(aReading())).rejects.toMatchObject({ code: "observation-damaged" });
    rmSync(file);
    expect(await look(undefined, tenant)).toMatchObject({ since: undefined });
  });
});
