import { expect, it } from "vitest";
import { createGroup, createUser, reference, startTestEmulator } from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";
import { refusalOf } from "../support/graph-error.ts";

const PATH = "/directory/administrativeUnits";

it("an administrative unit is made from its line: created, read, changed, checked against the schema, deleted", async () => {
  const emulator = await startTestEmulator();
  const client = graphClient(emulator);
  const unit = (await client.api(PATH).post({ displayName: "Utrecht" })) as { id: string };
  expect(unit).toMatchObject({ displayName: "Utrecht", visibility: null });
  await client.api(`${PATH}/${unit.id}`).patch({ description: "Vestiging" });
  expect(
    await client.api(PATH).filter("displayName eq 'utrecht'").select("description").get(),
  ).toMatchObject({ value: [{ description: "Vestiging" }] });
  expect(await refusalOf(client.api(PATH).post({ displayName: "X", floor: 3 }))).toEqual([
    400,
    "Request_BadRequest",
    "The property 'floor' does not exist on type 'microsoft.graph.administrativeUnit'. Make sure to only use property names that are defined by the type or mark the type as open type.",
  ]);
  expect((await refusalOf(client.api(PATH).post({ description: "X" })))[2]).toContain(
    "A value is required for property 'displayName'",
  );
  await client.api(`${PATH}/${unit.id}`).delete();
  expect((await refusalOf(client.api(`${PATH}/${unit.id}`).get()))[0]).toBe(404);
  expect(await client.api(`/directory/deletedItems/${unit.id}`).get()).toMatchObject({
    "@odata.type": "#microsoft.graph.administrativeUnit",
  });
});

it("its members are people and groups, whom it is shown among the memberships of", async () => {
  const emulator = await startTestEmulator();
  const client = graphClient(emulator);
  const unit = (await client.api(PATH).post({ displayName: "Utrecht" })) as { id: string };
  const [user, group] = [await createUser(emulator), await createGroup(emulator)];
  const add = (id: string) =>
    client.api(`${PATH}/${unit.id}/members/$ref`).post(reference(id).body);
  for (const { id } of [user, group]) await add(id);
  expect((await refusalOf(add(user.id)))[2]).toContain("already exist");
  expect((await refusalOf(add(unit.id)))[0]).toBe(404);
  expect(
    await client.api(`${PATH}/${unit.id}/members/microsoft.graph.user`).select("id").get(),
  ).toMatchObject({ value: [{ id: user.id }] });
  expect(await client.api(`/users/${user.id}/memberOf`).get()).toMatchObject({
    value: [{ "@odata.type": "#microsoft.graph.administrativeUnit", id: unit.id }],
  });
  await client.api(`${PATH}/${unit.id}/members/${user.id}/$ref`).delete();
  expect(await client.api(`/users/${user.id}/memberOf`).get()).toMatchObject({ value: [] });
});
