/** Of a whole take-over see test/engine/take-over.test.ts. */
import { expect, it } from "vitest";
import { domains } from "../../emulator/entities/collections.ts";
import { listDirectory, takeInventory } from "../../provider/index.ts";
import { TENANT_ID } from "../emulator/support/emulator.ts";
import { makeGroup, makePeople } from "./support/people.ts";
import { settle, startWorld } from "./support/world.ts";

it("lists everybody and every group, guests apart, with one request for each listing", async () => {
  const world = await startWorld();
  const [ann] = await makePeople(world, ["Ann"]);
  await world.service.graph.post(
    "/invitations",
    { invitedUserEmailAddress: "gus@partner.example", inviteRedirectUrl: "https://contoso.com" },
    { find: async () => undefined, settleMs: 0 },
  );
  const sales = await makeGroup(world, "sales");
  await settle(world);
  const before = world.emulator.requestLog.entries().length;
  const connection = { service: world.service, backupCredentials: undefined };
  const { people, guests, groups } = await listDirectory(connection);
  const asked = world.emulator.requestLog.entries().slice(before);
  expect(asked.map(({ method, route }) => `${method} ${route}`).sort()).toEqual([
    // Each version of Graph has batches of its own.
    "GET /beta/users",
    "GET /v1.0/groups",
  ]);
  const idOfAnn = ann?.id ?? "";
  expect(people).toContainEqual({
    ...{ id: idOfAnn, resourceId: `/users/${idOfAnn}`, name: "Ann" },
    ...{ key: "ann@contoso.com", address: "ann@contoso.com" },
  });
  expect(guests).toEqual([
    expect.objectContaining({ name: "gus", address: "gus@partner.example" }),
  ]);
  expect(people.map(({ name }) => name)).not.toContain("gus");
  const group = { key: "sales", name: "sales", address: undefined };
  expect(groups).toEqual([{ id: sales, resourceId: `/groups/${sales}`, ...group }]);
});

it("tells who is an administrator, which domains sign in elsewhere, and what was ordered", async () => {
  const world = await startWorld();
  const [ann] = await makePeople(world, ["Ann"]);
  await world.service.graph.post(
    "/roleManagement/directory/roleAssignments",
    {
      principalId: ann?.id,
      roleDefinitionId: "62e90394-69f5-4237-9190-012177145e10",
      directoryScopeId: "/",
    },
    { find: async () => undefined, settleMs: 0 },
  );
  world.emulator.state.write(TENANT_ID, ({ store }) => {
    const domain = store.get(domains, "contoso.com");
    if (domain !== undefined)
      store.replace(domains, { ...domain, authenticationType: "Federated" });
  });
  await settle(world);
  const connection = { service: world.service, backupCredentials: undefined };
  const expected = { tenantId: TENANT_ID, initialDomain: "contoso.onmicrosoft.com" };
  const { tenant, roles, subscriptions } = await takeInventory(connection, expected);
  expect(tenant.federatedDomains).toEqual(["contoso.com"]);
  expect(roles).toEqual([
    {
      ...{ displayName: "Global Administrator", isGlobalAdministrator: true, holders: [ann?.id] },
      templateId: "62e90394-69f5-4237-9190-012177145e10",
      assignments: new Map([[ann?.id, expect.any(String)]]),
    },
  ]);
  expect(subscriptions.map(({ sku, count, status }) => [sku, count, status])).toEqual([
    ["EXCHANGESTANDARD", 2, "Enabled"],
    ["SPB", 5, "Enabled"],
  ]);
});
