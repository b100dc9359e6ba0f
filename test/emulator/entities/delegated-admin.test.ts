/** A partner's relation with a customer: from making it to its end, as Microsoft documents it. */
import { expect, it } from "vitest";
import { createGroup, startTestEmulator } from "../support/emulator.ts";
import type { Json, TestEmulator } from "../support/emulator.ts";

const PATH = "/tenantRelationships/delegatedAdminRelationships";
const GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
const GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
const CUSTOMER = "cccccccc-2222-4333-8444-555555555555";
const DAY_MS = 86_400_000;

const roles = (...ids: string[]) => ({
  accessDetails: { unifiedRoles: ids.map((roleDefinitionId) => ({ roleDefinitionId })) },
});
const asked = {
  ...{ displayName: "Acme BV 2026-11-27", duration: "P730D", autoExtendDuration: "P180D" },
  customer: { tenantId: CUSTOMER, displayName: "Acme BV" },
  ...roles(GLOBAL_READER, HELPDESK),
};

const make = (emulator: TestEmulator, body: object = asked) =>
  emulator.graph("POST", PATH, { body });
const etag = (object: Json) => ({ "if-match": String(object["@odata.etag"]) });
const read = async (emulator: TestEmulator, id: string): Promise<Json> =>
  (await emulator.graph("GET", `${PATH}/${id}`)).body;
const lock = (emulator: TestEmulator, relation: Json) =>
  emulator.graph("POST", `${PATH}/${relation.id}/requests`, {
    body: { action: "lockForApproval" },
    headers: etag(relation),
  });

async function active(emulator: TestEmulator, body: object = asked): Promise<Json> {
  const { body: relation } = await make(emulator, body);
  await lock(emulator, relation);
  emulator.approveRelationship(relation.id);
  return await read(emulator, relation.id);
}

it("is made, locked, approved by the customer, and active until its end", async () => {
  const emulator = await startTestEmulator({ behaviour: { delegatedAdminDelayMs: 1000 } });
  const { status, headers, body: relation } = await make(emulator);
  expect([status, relation.status]).toEqual([201, "created"]);
  expect(relation.id).toMatch(/^[0-9a-f-]{36}-[0-9a-f-]{36}$/);
  expect(headers.get("location")).toContain(`${PATH}/${relation.id}`);
  expect(emulator.approveRelationship(relation.id)).toBe(false);

  const locked = await lock(emulator, relation);
  expect([locked.status, locked.body.action]).toEqual([201, "lockForApproval"]);
  const requests = await emulator.graph("GET", `${PATH}/${relation.id}/requests`);
  expect(requests.body.value).toMatchObject([{ id: locked.body.id }]);
  const one = await emulator.graph("GET", `${PATH}/${relation.id}/requests/${locked.body.id}`);
  expect(one.body.action).toBe("lockForApproval");
  expect((await read(emulator, relation.id)).status).toBe("approvalPending");
  expect((await lock(emulator, await read(emulator, relation.id))).status).toBe(400);

  expect(emulator.approveRelationship(relation.id)).toBe(true);
  expect((await read(emulator, relation.id)).status).toBe("approved");
  emulator.clock.advance(2000);
  expect(await read(emulator, relation.id)).toMatchObject({
    status: "active",
    activatedDateTime: "2026-11-02T09:00:02Z",
    endDateTime: "2028-11-01T09:00:02Z",
  });
});

it("is extended by half a year, or ends", async () => {
  const emulator = await startTestEmulator();
  const extended = await active(emulator);
  const ending = { ...asked, displayName: "Ends", duration: "P1D", autoExtendDuration: "PT0S" };
  const ended = await active(emulator, ending);
  emulator.clock.advance(DAY_MS + 1000);
  expect((await read(emulator, ended.id)).status).toBe("expired");
  emulator.clock.advance(729 * DAY_MS);
  expect(await read(emulator, extended.id)).toMatchObject({
    status: "active",
    endDateTime: expect.stringMatching(/^2029-04-30/) as string,
  });
});

it("is terminated only while it is active", async () => {
  const emulator = await startTestEmulator();
  const { body: relation } = await make(emulator);
  const terminate = (id: string) =>
    emulator.graph("POST", `${PATH}/${id}/requests`, { body: { action: "terminate" } });
  expect((await terminate(relation.id)).status).toBe(400);
  const { id } = await active(emulator, { ...asked, displayName: "Other" });
  expect((await terminate(id)).status).toBe(201);
  expect((await read(emulator, id)).status).toBe("terminated");
});

it.each<[string, object, number]>([
  ["a name longer than 50 characters", { displayName: "x".repeat(51) }, 400],
  ["more than two years", { duration: "P731D" }, 400],
  ["no duration", { duration: "PT1H" }, 400],
  ["no role", roles(), 400],
  ["another extension", { autoExtendDuration: "P90D" }, 400],
  ["an extension of Global Administrator", roles(GLOBAL_ADMINISTRATOR), 400],
  ["a status", { status: "active" }, 400],
])("is refused with %s", async (_what, change, status) => {
  const emulator = await startTestEmulator();
  expect((await make(emulator, { ...asked, ...change })).status).toBe(status);
});

it("has a name of its own among all of the partner's, and is changed and deleted as long as nobody locked it", async () => {
  const emulator = await startTestEmulator();
  const { body: relation } = await make(emulator);
  expect((await make(emulator)).status).toBe(409);
  const path = `${PATH}/${relation.id}`;
  const body = { duration: "P31D" };
  expect((await emulator.graph("PATCH", path, { body })).status).toBe(428);
  const changed = await emulator.graph("PATCH", path, { body, headers: etag(relation) });
  expect([changed.status, changed.body.duration]).toEqual([200, "P31D"]);
  const stale = await emulator.graph("PATCH", path, { body, headers: etag(relation) });
  expect(stale.status).toBe(412);
  expect((await emulator.graph("DELETE", path, { headers: etag(changed.body) })).status).toBe(204);
  const other = await active(emulator);
  const gone = await emulator.graph("DELETE", `${PATH}/${other.id}`, { headers: etag(other) });
  expect(gone.status).toBe(400);
  const extension = { body: { autoExtendDuration: "PT0S" }, headers: etag(other) };
  expect((await emulator.graph("PATCH", `${PATH}/${other.id}`, extension)).status).toBe(200);
});

it("gives roles of an active relation to security groups, one assignment each", async () => {
  const emulator = await startTestEmulator({ behaviour: { delegatedAdminDelayMs: 1000 } });
  const { id: group } = await createGroup(emulator);
  const office = await createGroup(emulator, {
    ...{ securityEnabled: false, mailEnabled: true, groupTypes: ["Unified"] },
  });
  const { body: relation } = await make(emulator);
  const path = `${PATH}/${relation.id}/accessAssignments`;
  const assign = (accessContainerId: string, ...ids: string[]) =>
    emulator.graph("POST", path, {
      body: {
        accessContainer: { accessContainerId, accessContainerType: "securityGroup" },
        ...roles(...ids),
      },
    });
  expect((await assign(group, HELPDESK)).status).toBe(400);
  await lock(emulator, relation);
  emulator.approveRelationship(relation.id);
  emulator.clock.advance(2000);
  expect((await assign(group, GLOBAL_ADMINISTRATOR)).status).toBe(400);
  expect((await assign(office.id, HELPDESK)).status).toBe(400);
  const made = await assign(group, HELPDESK);
  expect([made.status, made.body.status]).toEqual([201, "pending"]);
  expect((await assign(group, HELPDESK)).status).toBe(409);
  emulator.clock.advance(2000);
  const one = `${path}/${made.body.id}`;
  const { body: settled } = await emulator.graph("GET", one);
  expect(settled.status).toBe("active");
  const body = roles(GLOBAL_READER);
  expect((await emulator.graph("PATCH", one, { body, headers: etag(made.body) })).status).toBe(412);
  expect((await emulator.graph("PATCH", one, { body, headers: etag(settled) })).status).toBe(202);
  emulator.clock.advance(2000);
  const { body: listed } = await emulator.graph("GET", path);
  expect(listed.value).toMatchObject([{ status: "active", ...roles(GLOBAL_READER) }]);
  const [last] = listed.value;
  const removed = await emulator.graph("DELETE", one, {
    headers: last === undefined ? {} : etag(last),
  });
  expect(removed.status).toBe(204);
  emulator.clock.advance(2000);
  expect((await emulator.graph("GET", path)).body.value).toEqual([]);
});
