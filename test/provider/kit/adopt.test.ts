/** What is taken over by its name: found as it is, and written only where the plan had a difference. */
import { expect, it } from "vitest";
import { group } from "../../../provider/azuread/groups/group.ts";
import { user } from "../../../provider/azuread/users/user.ts";
import { findAdoptable, takeOver } from "../../../provider/kit/adopt.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";

const ann = { userPrincipalName: "ann@contoso.com", displayName: "Ann", jobTitle: "Head" };

it("keeps what nobody declares, and gets what was approved", async () => {
  const world = await startWorld();
  const [made] = await makePeople(world, ["Ann"], { jobTitle: "Clerk", department: "Sales" });
  const base = await findAdoptable(user, world.context, ann);
  expect(base).toMatchObject({ id: `/users/${made?.id ?? ""}`, inputs: { jobTitle: "Clerk" } });
  expect(base.inputs).not.toHaveProperty("department");
  const { id } = await takeOver(user, world.context, { inputs: ann, base });
  const found = await world.service.graph.get(`${id}?$select=jobTitle,department`);
  expect(found).toMatchObject({ jobTitle: "Head", department: "Sales" });
});

it("is refused where somebody changed it since, with a difference in the plan or without", async () => {
  const world = await startWorld();
  await makePeople(world, ["Ann"], { jobTitle: "Clerk" });
  const asItIs = { ...ann, jobTitle: "Clerk" };
  const base = await findAdoptable(user, world.context, asItIs);
  await world.service.graph.patch(base.id, { jobTitle: "Director" });
  await settle(world);
  const same = takeOver(user, world.context, { inputs: asItIs, base });
  await expect(same).rejects.toMatchObject({ code: "not-as-declared" });
  const other = takeOver(user, world.context, { inputs: ann, base });
  await expect(other).rejects.toMatchObject({ code: "base-moved" });
});

it("is one of that name, and not one of several", async () => {
  const world = await startWorld();
  const missing = findAdoptable(user, world.context, ann);
  await expect(missing).rejects.toMatchObject({ code: "not-in-tenant" });
  await makeGroup(world, "sales");
  await makeGroup(world, "sales");
  await settle(world);
  const twice = findAdoptable(group, world.context, { displayName: "S", mailNickname: "sales" });
  await expect(twice).rejects.toMatchObject({ code: "several-in-tenant" });
});
