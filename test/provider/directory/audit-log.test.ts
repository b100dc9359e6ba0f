import { describe, expect, it } from "vitest";
import { subscribedSkus } from "../../../emulator/entities/collections.ts";
import { writeAudit } from "../../../emulator/entities/directory-audits.ts";
import { findCauses } from "../../../provider/directory/audit-log.ts";
import type { SoughtChange } from "../../../provider/directory/audit-log.ts";
import { CLIENT_ID, contoso, reference, TENANT_ID } from "../../emulator/support/emulator.ts";
import { certificateCredential } from "../support/certificate.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const sought = (id: string, path?: string, elements: readonly string[] = []): SoughtChange => ({
  ...{ key: path ?? "gone", id, path, elements },
});

const timeOf = ({ clock }: World): string => new Date(clock.now()).toISOString();

const search = async (
  world: World,
  changes: readonly SoughtChange[],
  {
    since = "2026-11-01T00:00:00Z",
    applies = [] as { startedAt: string; finishedAt: string }[],
  } = {},
) => {
  const { service, clock } = world;
  // The log is behind.
  await clock.sleep(1000);
  const now = new Date(clock.now());
  const connection = { service, backupCredentials: undefined };
  const read = await findCauses(connection, { changes, since, now, applies });
  return "found" in read ? Object.fromEntries(read.found.causes) : read;
};

const patch = (world: World, path: string, body: object) =>
  world.service.graph.patch(path, body, { idempotent: true });

describe("the audit log", () => {
  it("says who changed which property last, also by its older name, and of nothing else", async () => {
    const world = await startWorld();
    const [ada, bob] = await makePeople(world, ["Ada", "Bob"]);
    const path = `/users/${ada?.id}`;
    await patch(world, path, { jobTitle: "Emperor", officeLocation: "Attic" });
    const at = timeOf(world);
    await world.clock.sleep(MINUTE_MS);
    await patch(world, path, { city: "Zwolle" });
    await patch(world, `/users/${bob?.id}`, { jobTitle: "Emperor" });
    const exact = { at, by: "Tenantry", isExact: true };
    const [title, office] = [sought(path, "jobTitle"), sought(path, "officeLocation")];
    expect(await search(world, [title, office, sought(path, "department")])).toEqual({
      jobTitle: exact,
      officeLocation: exact,
    });
  });

  it("names a person by their user principal name", async () => {
    const world = await startWorld();
    const [ada] = await makePeople(world, ["Ada"]);
    await settle(world);
    world.emulator.state.write(TENANT_ID, (scope) => {
      writeAudit(scope, {
        ...{ activityDisplayName: "Delete user", operationType: "Delete" },
        category: "UserManagement",
        initiatedBy: { app: null, user: { id: "x", userPrincipalName: "bob@contoso.com" } },
        targetResources: [{ id: ada?.id, type: "User", modifiedProperties: [] }],
      });
    });
    expect(await search(world, [sought(`/users/${ada?.id}`)])).toMatchObject({
      gone: { by: "bob@contoso.com", isExact: true },
    });
  });

  it("tells who put whom into a group, and who took whom out", async () => {
    const world = await startWorld();
    const [ada, bob, eve] = await makePeople(world, ["Ada", "Bob", "Eve"]);
    const group = await makeGroup(world, "staff");
    await settle(world);
    const members = `/groups/${group}/members`;
    for (const one of [ada, bob])
      await world.emulator.graph("POST", `${members}/$ref`, reference(one?.id ?? ""));
    await world.clock.sleep(MINUTE_MS);
    await world.emulator.graph("DELETE", `${members}/${ada?.id}/$ref`);
    const at = timeOf(world);
    const found = (id = "") => search(world, [sought(`/groups/${group}`, "members", [id])]);
    expect(await found(ada?.id)).toMatchObject({ members: { at, isExact: true } });
    expect(await found(bob?.id)).toMatchObject({ members: { isExact: true } });
    expect(await found(eve?.id)).toEqual({});
  });

  it("leaves out what applications did while this program applied", async () => {
    const world = await startWorld();
    const [ada] = await makePeople(world, ["Ada"]);
    const path = `/users/${ada?.id}`;
    const startedAt = timeOf(world);
    await world.clock.sleep(MINUTE_MS);
    await patch(world, path, { jobTitle: "Partner" });
    await world.clock.sleep(MINUTE_MS);
    const applies = [{ startedAt, finishedAt: timeOf(world) }];
    const [title] = [sought(path, "jobTitle")];
    expect(await search(world, [title])).toHaveProperty("jobTitle");
    expect(await search(world, [title], { applies })).toEqual({});
    await world.clock.sleep(MINUTE_MS);
    await patch(world, path, { jobTitle: "Emperor" });
    const at = timeOf(world);
    expect(await search(world, [title], { applies })).toMatchObject({ jobTitle: { at } });
  });

  it("is asked no further back than it keeps, with premium or without", async () => {
    for (const isPremium of [true, false]) {
      const world = await startWorld();
      world.emulator.state.write(TENANT_ID, ({ store }) => {
        for (const { object } of isPremium ? [] : store.list(subscribedSkus))
          store.remove(subscribedSkus, object.id);
      });
      const [ada] = await makePeople(world, ["Ada"]);
      await world.clock.sleep(60 * DAY_MS);
      await patch(world, `/users/${ada?.id}`, { jobTitle: "Emperor" });
      const before = world.emulator.requestLog.entries().length;
      const found = await search(world, [sought(`/users/${ada?.id}`, "jobTitle")], {
        since: "2026-01-01T00:00:00Z",
      });
      expect(found).toHaveProperty("jobTitle");
      const sent = world.emulator.requestLog.entries().slice(before);
      expect(sent.filter(({ route }) => route.includes("auditLogs"))).toHaveLength(
        isPremium ? 1 : 2,
      );
    }
  });

  it("is not asked about what lies elsewhere, or without the permission, and says which it needs", async () => {
    const { credential, certificatePem } = await certificateCredential();
    const world = await startWorld({ credential });
    const asked = () =>
      world.emulator.requestLog.entries().filter(({ route }) => route.includes("auditLogs"));
    const id = "/users/11111111-1111-4111-8111-111111111111";
    const as = (roles: readonly string[]) => {
      const application = { clientId: CLIENT_ID, certificatePem, roles };
      world.emulator.addTenant({ ...contoso, applications: [application] });
    };
    as(["User.Read.All"]);
    expect(
      await search(world, [sought("https://contoso.sharepoint.com/sites/x", "title")]),
    ).toEqual({});
    expect(await search(world, [sought(id, "jobTitle")])).toMatchObject({
      needs: { permission: "AuditLog.Read.All" },
    });
    expect(asked()).toEqual([]);
  });

  it("says when Microsoft wants a second permission", async () => {
    const { credential, certificatePem } = await certificateCredential();
    const world = await startWorld({ credential });
    const roles = ["AuditLog.Read.All"];
    const application = { clientId: CLIENT_ID, certificatePem, roles };
    world.emulator.addTenant({ ...contoso, applications: [application] });
    const id = "/users/11111111-1111-4111-8111-111111111111";
    expect(await search(world, [sought(id, "jobTitle")])).toMatchObject({
      needs: { permission: "Directory.Read.All" },
    });
  });
});
