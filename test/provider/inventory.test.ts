/** Of a whole take-over see test/engine/take-over.test.ts. */
import { expect, it } from "vitest";
import { listDirectory } from "../../provider/index.ts";
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
    "GET /v1.0/groups",
    "GET /v1.0/users",
    // Both in one.
    "POST /v1.0/$batch",
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
