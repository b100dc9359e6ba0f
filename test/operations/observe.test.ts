import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { observeTenant } from "../../operations/observe.ts";
import type { OperationContext } from "../../operations/ports.ts";
import { aWorld, STACK } from "./support.ts";

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
  overview: { people: 1, blocked: 0, guests: 0, groups: 0, domains: [], products: [] },
  counts: { people: { found: 1, managed: 1 }, groups: { found: 0, managed: 0 } },
  ...{ left: [], findings: [], notRead: [], adopted: new Map() as unknown as Read["adopted"] },
  ...more,
});

const DAY = 86_400_000;
const OTHER = "11111111-2222-4333-8444-555555555555";

const aFinding = (kind: Read["findings"][number]["kind"], names: readonly string[]) => ({
  ...{ kind, found: "Something", fix: "Do something" },
  objects: names.map((name) => ({ id: name, name })),
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
  return {
    look,
    pass: (ms: number) => {
      world.pass(ms);
    },
    file: join(context.workspace.dataDirectory, "observed", "acme.json"),
  };
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

  it("follows each risk from the first look on: what stands, since when, and what is gone", async () => {
    const { look, pass } = watched();
    const owners = (...names: string[]): Partial<Read> => ({
      findings: [aFinding("group-without-owner", names)],
    });
    const first = await look(aReading({}, owners("board", "staff")), tenant);
    expect(first).toMatchObject({ first: undefined });
    pass(DAY);
    const second = await look(aReading({}, owners("staff", "sales")));
    expect(second.first).toMatchObject({ at: first.at, overview: { people: 1 } });
    pass(DAY);
    const third = await look(aReading({}, owners("board", "sales")));
    const followed = third.followed.map(({ name, since, solved }) => [name, since, solved]);
    expect(followed).toEqual([
      ["board", third.at, undefined],
      ["staff", first.at, third.at],
      ["sales", second.at, undefined],
    ]);
    expect(third.first?.at).toBe(first.at);
  });

  it("takes nothing for solved where nobody looked, and follows no notices", async () => {
    const { look } = watched();
    const found = [
      aFinding("blocked-with-role", ["els"]),
      aFinding("no-backup", []),
      aFinding("global-administrators", ["ann"]),
    ];
    await look(aReading({}, { findings: found }), tenant);
    const notRead = [{ part: "administrators" as const, reason: "not permitted" }];
    const { followed } = await look(aReading({}, { notRead }));
    expect(followed.map(({ kind, name, solved }) => [kind, name, solved !== undefined])).toEqual([
      ["blocked-with-role", "els", false],
      ["no-backup", "", true],
    ]);
  });

  it("starts anew for another tenant", async () => {
    const { look } = watched();
    await look(aReading({}, { findings: [aFinding("no-backup", [])] }), tenant);
    const other = { ...tenant, tenantId: OTHER };
    const seen = await look(aReading(), other);
    expect(seen).toMatchObject({ first: undefined, since: undefined, followed: [] });
  });

  it("knows from a tenant file which tenant it is, its language, and that there is a backup", async () => {
    const world = aWorld();
    const asked: unknown[] = [];
    const context = world.with({
      readTenant: async (options) => {
        asked.push(options.tenantId);
        return aReading({}, { findings: [aFinding("no-backup", [])] });
      },
    });
    const seen = await observeTenant(context, { stack: STACK, tenant: undefined });
    expect(asked).toEqual([tenant.tenantId]);
    expect(seen).toMatchObject({ language: "nl", findings: [] });
    // Somebody else's tenant under the same name is not what the file is about.
    const other = await observeTenant(context, {
      stack: STACK,
      tenant: { ...tenant, tenantId: OTHER },
    });
    expect(other.findings).toMatchObject([{ kind: "no-backup" }]);
  });
});
