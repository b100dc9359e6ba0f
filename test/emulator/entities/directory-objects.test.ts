import { expect, it } from "vitest";
import { CLIENT_ID, createGroup, createUser, startTestEmulator } from "../support/emulator.ts";

it("finds objects of any kind by id and says what they are", async () => {
  const emulator = await startTestEmulator();
  const [user, group] = [await createUser(emulator), await createGroup(emulator)];
  const single = await emulator.graph("GET", `/directoryObjects/${group.id}`);
  expect(single.body).toMatchObject({ "@odata.type": "#microsoft.graph.group", id: group.id });
  const ids = [user.id, "99999999-2222-4333-8444-555555555555", group.id];
  const many = await emulator.graph("POST", "/directoryObjects/getByIds", { body: { ids } });
  expect(many.body.value.map((found) => found["@odata.type"])).toEqual([
    "#microsoft.graph.user",
    "#microsoft.graph.group",
  ]);
  const onlyUsers = await emulator.graph("POST", "/directoryObjects/getByIds", {
    body: { ids, types: ["user"] },
  });
  expect(onlyUsers.body.value.map(({ id }) => id)).toEqual([user.id]);
});

it("finds the calling application's service principal by its client id", async () => {
  const emulator = await startTestEmulator();
  const { body } = await emulator.graph(
    "GET",
    `/servicePrincipals?$filter=appId eq '${CLIENT_ID}'`,
  );
  expect(body.value).toMatchObject([{ appId: CLIENT_ID, servicePrincipalType: "Application" }]);
  const byKey = await emulator.graph("GET", `/servicePrincipals(appId='${CLIENT_ID}')?$select=id`);
  expect(byKey.body.id).toBe(body.value[0]?.id);
});

it("shows of a deleted object what is selected", async () => {
  const emulator = await startTestEmulator();
  const { id } = await createUser(emulator);
  await emulator.graph("DELETE", `/users/${id}`);
  const path = `/directory/deletedItems/${id}`;
  const { body } = await emulator.graph("GET", `${path}?$select=id,accountEnabled`);
  expect(body).toEqual({
    "@odata.context": expect.any(String) as string,
    "@odata.type": "#microsoft.graph.user",
    id,
    accountEnabled: true,
  });
  expect((await emulator.graph("GET", `${path}?$select=shoeSize`)).status).toBe(400);
});
