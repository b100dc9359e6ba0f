import { expect, it } from "vitest";
import { createGroup, createUser, reference, startTestEmulator } from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";
import { refusalOf } from "../support/graph-error.ts";

it("memberships are answered through nested groups, roles and administrative units among them where asked", async () => {
  const emulator = await startTestEmulator();
  const client = graphClient(emulator);
  const user = await createUser(emulator);
  const [inner, outer, unified] = [
    await createGroup(emulator),
    await createGroup(emulator),
    await createGroup(emulator, {
      groupTypes: ["Unified"],
      mailEnabled: true,
      securityEnabled: false,
    }),
  ];
  const unit = (await client.api("/directory/administrativeUnits").post({ displayName: "U" })) as {
    id: string;
  };
  const join = (path: string, id: string) =>
    client.api(`${path}/members/$ref`).post(reference(id).body);
  await join(`/groups/${inner.id}`, user.id);
  await join(`/groups/${unified.id}`, user.id);
  await join(`/groups/${outer.id}`, inner.id);
  await join(`/directory/administrativeUnits/${unit.id}`, outer.id);
  const ask = async (action: string, body: object) => {
    const answer = (await client.api(`/users/${user.id}/${action}`).post(body)) as {
      value: string[];
    };
    return answer.value.toSorted();
  };
  const sorted = (...objects: { id: string }[]) => objects.map(({ id }) => id).sort();
  expect(await ask("getMemberGroups", { securityEnabledOnly: false })).toEqual(
    sorted(inner, outer, unified),
  );
  expect(await ask("getMemberGroups", { securityEnabledOnly: true })).toEqual(sorted(inner, outer));
  expect(await ask("getMemberObjects", {})).toEqual(sorted(inner, outer, unified, unit));
  expect(await ask("checkMemberGroups", { groupIds: [outer.id, unit.id, "x"] })).toEqual([
    outer.id,
  ]);
  expect(await ask("checkMemberObjects", { ids: [unit.id, "x"] })).toEqual([unit.id]);
  expect((await refusalOf(ask("checkMemberGroups", {})))[2]).toContain("groupIds");
  const many = Array.from({ length: 21 }, (_, index) => String(index));
  expect((await refusalOf(ask("checkMemberGroups", { groupIds: many })))[0]).toBe(400);
  expect(await client.api(`/users/${user.id}/transitiveMemberOf`).get()).toMatchObject({
    value: [{ id: inner.id }, { id: unified.id }, { id: outer.id }, { id: unit.id }],
  });
});
