/** What comes back from a recycle bin, and is then as declared. */
import { expect, it } from "vitest";
import { group } from "../../../provider/azuread/groups/group.ts";
import { user } from "../../../provider/azuread/users/user.ts";
import { groupMembership } from "../../../provider/directory/group-membership.ts";
import { guest } from "../../../provider/directory/guest.ts";
import { groupMail } from "../../../provider/exchange/group-mail.ts";
import { sharedMailbox } from "../../../provider/exchange/shared-mailbox.ts";
import { bringBack } from "../../../provider/kit/bring-back.ts";
import { create } from "../../../provider/kit/lifecycle.ts";
import { findDeleted } from "../../../provider/live.ts";
import { makeMailboxes } from "../support/mailboxes.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const UNIFIED = { mailEnabled: true, groupTypes: ["Unified"] };

const ann = {
  userPrincipalName: "ann@contoso.com",
  displayName: "Ann Smit",
  password: "another-Password-2",
};

async function remove(world: World, path: string): Promise<void> {
  await world.service.graph.delete(path);
  await settle(world);
}

it("is the same account, with what nobody declares as it was, and its password", async () => {
  const world = await startWorld();
  const [made] = await makePeople(world, ["Ann"], { jobTitle: "Clerk", department: "Sales" });
  const id = made?.id ?? "";
  const select = "displayName,jobTitle,department,lastPasswordChangeDateTime";
  const seen = (): Promise<object> => world.service.graph.get(`/users/${id}?$select=${select}`);
  const before = await seen();
  await remove(world, `/users/${id}`);
  const back = await bringBack(user, world.context, { ...ann, jobTitle: "Head" });
  expect(back.id).toBe(`/users/${id}`);
  expect(await seen()).toEqual({ ...before, displayName: "Ann Smit", jobTitle: "Head" });
});

it("is a guest, who is sent no second invitation", async () => {
  const world = await startWorld();
  const piet = { email: "piet@partner.example", displayName: "Piet Partner" };
  const { id } = await create(guest, world.context, { inputs: { ...piet, sponsors: [] } });
  await settle(world);
  await remove(world, id);
  const connection = { service: world.service, backupCredentials: undefined };
  const asked = [{ type: guest.token, inputs: { email: "Piet@Partner.example" } }];
  expect(await findDeleted(asked, connection)).toMatchObject([
    { until: expect.any(String) as string },
  ]);
  world.writes();
  const back = await bringBack(guest, world.context, { ...piet, displayName: "P. Partner" });
  expect(back.id).toBe(id);
  expect(world.writes().filter((write) => write.endsWith("/invitations"))).toEqual([]);
  expect(await world.service.graph.get(`${id}?$select=displayName,userType`)).toMatchObject({
    ...{ displayName: "P. Partner", userType: "Guest" },
  });
});

it("is a shared mailbox with its account, and never a person's", async () => {
  const world = await startWorld();
  const info = {
    ...{ address: "info@contoso.com", displayName: "Info", accountEnabled: false },
    domains: ["contoso.com"],
  };
  const { id } = await create(sharedMailbox, world.context, { inputs: info });
  await settle(world);
  const connection = { service: world.service, backupCredentials: undefined };
  const asked = [{ type: sharedMailbox.token, inputs: { address: "Info@contoso.com" } }];
  expect(await findDeleted(asked, connection)).toEqual([undefined]);
  await remove(world, id);
  expect(await findDeleted(asked, connection)).toMatchObject([
    { until: expect.any(String) as string },
  ]);
  const back = await bringBack(sharedMailbox, world.context, {
    ...info,
    displayName: "Informatie",
  });
  expect(back.id).toBe(id);
  await settle(world);
  expect(await sharedMailbox.read(world.context, { id, previous: undefined })).toMatchObject({
    inputs: { address: info.address, displayName: "Informatie", type: "shared" },
  });
  const begun = { ...world.context, begunAt: new Date(0) };
  expect(await bringBack(sharedMailbox, begun, info)).toMatchObject({ id });

  const [anna] = await makeMailboxes(world, ["Anna"]);
  await remove(world, `/users/${anna?.id ?? ""}`);
  const address = "anna@contoso.com";
  expect(
    await findDeleted([{ type: sharedMailbox.token, inputs: { address } }], connection),
  ).toEqual([undefined]);
});

it("is the one that was deleted last", async () => {
  const world = await startWorld();
  for (const department of ["First", "Second"]) {
    const [made] = await makePeople(world, ["Ann"], { department });
    await remove(world, `/users/${made?.id ?? ""}`);
  }
  const { id } = await bringBack(user, world.context, ann);
  const found = await world.service.graph.get(`${id}?$select=department`);
  expect(found).toMatchObject({ department: "Second" });
});

it("is a Microsoft 365 group with the members that are declared, and no others", async () => {
  const world = await startWorld();
  const [one, other] = await makePeople(world, ["Ann", "Bob"]);
  const groupId = await makeGroup(world, "sales", UNIFIED);
  await settle(world);
  const references = { "@odata.id": `https://graph.microsoft.com/v1.0/users/${one?.id ?? ""}` };
  await world.service.graph.post(`/groups/${groupId}/members/$ref`, references);
  await remove(world, `/groups/${groupId}`);
  const inputs = { displayName: "Sales", mailNickname: "sales", mailEnabled: true };
  const declared = { ...inputs, securityEnabled: true, types: ["Unified"] };
  expect(await bringBack(group, world.context, declared)).toMatchObject({
    id: `/groups/${groupId}`,
  });
  const bob = { id: other?.id, userPrincipalName: other?.name };
  const members = { groupId, groupName: "sales", groupDisplayName: "Sales", members: [bob] };
  await bringBack(groupMembership, world.context, members);
  await settle(world);
  const found = await world.service.graph.all<{ id: string }>(`/groups/${groupId}/members`);
  expect(found.map(({ id }) => id)).toEqual([other?.id]);
});

it("has the aliases that are declared of the group that came back", async () => {
  const world = await startWorld();
  const groupId = await makeGroup(world, "sales", UNIFIED);
  await settle(world);
  await remove(world, `/groups/${groupId}`);
  const inputs = { displayName: "Sales", mailNickname: "sales", mailEnabled: true };
  await bringBack(group, world.context, { ...inputs, securityEnabled: true, types: ["Unified"] });
  await settle(world);
  const mail = {
    ...{ groupId, groupName: "sales", groupDisplayName: "Sales" },
    ...{ aliases: ["verkoop@contoso.com"], domains: ["contoso.com"] },
  };
  await bringBack(groupMail, world.context, mail);
  const read = await groupMail.read(world.context, { id: groupId, previous: undefined });
  expect(read?.inputs.aliases).toContain("verkoop@contoso.com");
});

it("is refused where nothing of that name was deleted, unless a run that died brought it back", async () => {
  const world = await startWorld();
  const [made] = await makePeople(world, ["Ann"]);
  await expect(bringBack(user, world.context, ann)).rejects.toMatchObject({
    code: "not-in-recycle-bin",
  });
  const begun = { ...world.context, begunAt: new Date(0) };
  expect(await bringBack(user, begun, ann)).toMatchObject({ id: `/users/${made?.id ?? ""}` });
});

it("is looked for by name, with the day until which it can be restored, in one request a kind", async () => {
  const world = await startWorld();
  const [made] = await makePeople(world, ["Ann"]);
  const deleted = [await makeGroup(world, "sales", UNIFIED), await makeGroup(world, "staff")];
  await settle(world);
  await remove(world, `/users/${made?.id ?? ""}`);
  for (const id of deleted) await remove(world, `/groups/${id}`);
  const connection = { service: world.service, backupCredentials: undefined };
  const person = (name: string) => ({
    type: user.token,
    inputs: { userPrincipalName: `${name}@contoso.com` },
  });
  const team = (mailNickname: string, types: string[]) => ({
    type: group.token,
    inputs: { mailNickname, types },
  });
  const found = await findDeleted(
    [
      ...[person("Ann"), person("bob"), team("sales", ["Unified"])],
      ...[team("sales", []), team("staff", [])],
      { type: "m365:licensing:UserLicense", inputs: {} },
    ],
    connection,
  );
  const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string;
  const nothing = [undefined, undefined, undefined];
  expect(found).toEqual([{ until: day }, undefined, { until: day }, ...nothing]);
});
