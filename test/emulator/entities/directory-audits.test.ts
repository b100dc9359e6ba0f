import { describe, expect, it } from "vitest";
import { writeAudit } from "../../../emulator/entities/directory-audits.ts";
import type { TestEmulator } from "../support/emulator.ts";
import {
  contoso,
  createGroup,
  createUser,
  reference,
  startTestEmulator,
  TENANT_ID,
} from "../support/emulator.ts";

const PATH = "/auditLogs/directoryAudits";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const filtered = (filter: string) => `${PATH}?$filter=${encodeURIComponent(filter)}`;

async function activities(emulator: TestEmulator, path = PATH): Promise<unknown[]> {
  const { status, body } = await emulator.graph("GET", path);
  expect(status).toBe(200);
  return body.value.map(({ activityDisplayName }) => activityDisplayName);
}

describe("the audit log of the directory", () => {
  it("says what was changed, of what, from and to, and by which application", async () => {
    const emulator = await startTestEmulator();
    const ada = await createUser(emulator, { jobTitle: "Partner" });
    emulator.clock.advance(MINUTE_MS);
    await emulator.graph("PATCH", `/users/${ada.id}`, {
      body: { jobTitle: "Emperor", mobilePhone: "+31 6 5550 0100" },
    });
    const { body } = await emulator.graph("GET", `${PATH}?$top=1`);
    expect(body.value).toMatchObject([
      {
        activityDateTime: new Date(emulator.clock.now()).toISOString(),
        ...{ activityDisplayName: "Update user", category: "UserManagement", result: "success" },
        ...{ operationType: "Update", loggedByService: "Core Directory" },
        initiatedBy: { user: null, app: { displayName: "Tenantry" } },
        targetResources: [
          {
            ...{ id: ada.id, type: "User", userPrincipalName: ada.userPrincipalName },
            modifiedProperties: [
              { displayName: "JobTitle", oldValue: '["Partner"]', newValue: '["Emperor"]' },
              { displayName: "Mobile", oldValue: "[]", newValue: '["+31 6 5550 0100"]' },
              { displayName: "Included Updated Properties", newValue: '"JobTitle, Mobile"' },
            ],
          },
        ],
      },
    ]);
    expect(body["@odata.nextLink"]).toContain("skiptoken");
  });

  it("has entries for who joins and leaves, with person and group, and for what is deleted", async () => {
    const emulator = await startTestEmulator();
    const [ada, staff] = [await createUser(emulator), await createGroup(emulator)];
    const steps = [
      () => emulator.graph("POST", `/groups/${staff.id}/members/$ref`, reference(ada.id)),
      () => emulator.graph("DELETE", `/groups/${staff.id}/members/${ada.id}/$ref`),
      () => emulator.graph("DELETE", `/users/${ada.id}`),
      () => emulator.graph("POST", `/directory/deletedItems/${ada.id}/restore`),
    ];
    for (const step of steps) {
      emulator.clock.advance(MINUTE_MS);
      expect((await step()).status).toBeLessThan(300);
    }
    expect((await activities(emulator)).slice(0, 4)).toEqual([
      ...["Restore user", "Delete user", "Remove member from group", "Add member to group"],
    ]);
    const { body } = await emulator.graph(
      "GET",
      filtered(`activityDisplayName eq 'Add member to group'`),
    );
    expect(body.value[0]).toMatchObject({
      targetResources: [
        {
          ...{ id: ada.id, type: "User" },
          modifiedProperties: [{ displayName: "Group.ObjectID", newValue: `"${staff.id}"` }],
        },
        { id: staff.id, type: "Group" },
      ],
    });
    // What only reads, and what is refused, changes nothing.
    const before = await activities(emulator);
    await emulator.graph("GET", `/users/${ada.id}`);
    await emulator.graph("PATCH", `/users/${ada.id}`, { body: { unknown: true } });
    expect(await activities(emulator)).toEqual(before);
  });

  it("is filtered by time, object and who did it, and by nothing that is not documented", async () => {
    const emulator = await startTestEmulator();
    const [ada, bob] = [await createUser(emulator), await createUser(emulator)];
    emulator.clock.advance(MINUTE_MS);
    const since = new Date(emulator.clock.now()).toISOString();
    await emulator.graph("PATCH", `/users/${ada.id}`, { body: { jobTitle: "A" } });
    emulator.state.write(TENANT_ID, (scope) => {
      writeAudit(scope, {
        ...{
          activityDisplayName: "Delete user",
          operationType: "Delete",
          category: "UserManagement",
        },
        initiatedBy: { app: null, user: { id: ada.id, userPrincipalName: "ada@contoso.com" } },
        targetResources: [{ id: bob.id, type: "User" }],
      });
    });
    const found = async (filter: string) => (await activities(emulator, filtered(filter))).length;
    expect(await found(`activityDateTime ge ${since}`)).toBe(2);
    expect(await found(`activityDateTime le ${since}`)).toBe(4);
    expect(await found(`targetResources/any(t:t/id eq '${bob.id}')`)).toBe(2);
    expect(await found("initiatedBy/user/userPrincipalName eq 'ada@contoso.com'")).toBe(1);
    const refused = await emulator.graph("GET", filtered("result eq 'success'"));
    expect([refused.status, refused.body.error.message]).toEqual([400, "Invalid filter clause"]);
  });

  it("keeps 30 days with premium and 7 without, and refuses to look further back", async () => {
    const days = async (subscribedSkus: typeof contoso.subscribedSkus): Promise<number[]> => {
      const emulator = await startTestEmulator(
        {},
        {
          prepare: (made) => {
            made.addTenant({ ...contoso, subscribedSkus });
          },
        },
      );
      await createUser(emulator);
      const left = [];
      for (const age of [6, 8, 29, 32]) {
        emulator.clock.advance(age * DAY_MS - (emulator.clock.now() - Date.UTC(2026, 10, 2, 9)));
        if ((await activities(emulator)).length > 0) left.push(age);
      }
      const first = new Date(emulator.clock.now() - 32 * DAY_MS).toISOString();
      const { status, body } = await emulator.graph(
        "GET",
        filtered(`activityDateTime ge ${first}`),
      );
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringContaining("Minimum allowed time for activityDateTime is 1"),
      ]);
      return left;
    };
    expect(await days(contoso.subscribedSkus)).toEqual([6, 8, 29]);
    expect(await days([])).toEqual([6]);
  });

  it("is some minutes behind, and for applications with both permissions", async () => {
    const emulator = await startTestEmulator({ behaviour: { auditDelayMs: 2 * MINUTE_MS } });
    await createUser(emulator);
    expect(await activities(emulator)).toEqual([]);
    emulator.clock.advance(2 * MINUTE_MS);
    expect(await activities(emulator)).toEqual(["Add user"]);
    const clientId = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";
    for (const [roles, status] of [
      [["Directory.Read.All"], 403],
      [["AuditLog.Read.All"], 403],
      [["AuditLog.Read.All", "Directory.Read.All"], 200],
    ] as const) {
      const application = { clientId, clientSecret: "only-for-tests-2", roles: [...roles] };
      emulator.addTenant({ ...contoso, applications: [application] });
      const token = await emulator.token({ clientId, clientSecret: "only-for-tests-2" });
      const headers = { authorization: `Bearer ${token}` };
      expect((await emulator.graph("GET", PATH, { headers })).status).toBe(status);
    }
  });
});
