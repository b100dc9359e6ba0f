import { expect, it } from "vitest";
import { createGroup, createUser, reference, startTestEmulator } from "../support/emulator.ts";

it("invites a guest once", async () => {
  const emulator = await startTestEmulator();
  const invite = () =>
    emulator.graph("POST", "/invitations", {
      body: {
        invitedUserEmailAddress: "piet@partner.example",
        inviteRedirectUrl: "https://a.example",
      },
    });
  const { status, body } = await invite();
  expect([status, body.status, body.invitedUserType]).toEqual([201, "PendingAcceptance", "Guest"]);
  const invited = body.invitedUser as { id: string };
  const { body: guest } = await emulator.graph(
    "GET",
    `/users/${invited.id}?$select=userPrincipalName,userType,mail,externalUserState`,
  );
  expect(guest).toMatchObject({
    userPrincipalName: "piet_partner.example#EXT#@contoso.onmicrosoft.com",
    userType: "Guest",
    mail: "piet@partner.example",
    externalUserState: "PendingAcceptance",
  });
  expect((await invite()).body.invitedUser).toEqual(invited);
  const bare = await emulator.graph("POST", "/invitations", {
    body: { invitedUserEmailAddress: "nobody", inviteRedirectUrl: "https://a.example" },
  });
  expect(bare.status).toBe(400);
});

it("has people and groups answer for a guest", async () => {
  const emulator = await startTestEmulator();
  const [guest, sponsor] = [
    await createUser(emulator),
    await createUser(emulator, { mailNickname: "ada" }),
  ];
  const sponsors = `/users/${guest.id}/sponsors`;
  const add = (id: string) => emulator.graph("POST", `${sponsors}/$ref`, reference(id));
  expect((await add(sponsor.id)).status).toBe(204);
  expect((await add(sponsor.id)).body.error).toMatchObject({
    message: expect.stringContaining("references already exist") as string,
  });
  expect((await emulator.graph("GET", sponsors)).body.value).toMatchObject([{ id: sponsor.id }]);
  const gone = () => emulator.graph("DELETE", `${sponsors}/${sponsor.id}/$ref`);
  expect([(await gone()).status, (await gone()).status]).toEqual([204, 404]);
});

it("invites nobody of the tenant itself, and nobody at all where the policy says so", async () => {
  const emulator = await startTestEmulator();
  const invite = (mail: string) =>
    emulator.graph("POST", "/invitations", {
      body: { invitedUserEmailAddress: mail, inviteRedirectUrl: "https://a.example" },
    });
  expect((await invite("jan@contoso.com")).status).toBe(400);
  const body = { allowInvitesFrom: "none" };
  await emulator.graph("PATCH", "/policies/authorizationPolicy", { body });
  expect((await invite("piet@partner.example")).status).toBe(403);
});

it("takes sessions back, shows ways to sign in, and finds the tenant of a domain", async () => {
  const emulator = await startTestEmulator();
  const { id } = await createUser(emulator);
  emulator.clock.advance(60_000);
  const revoked = await emulator.graph("POST", `/users/${id}/revokeSignInSessions`);
  expect([revoked.status, revoked.body.value]).toEqual([200, true]);
  const { body } = await emulator.graph(
    "GET",
    `/users/${id}?$select=signInSessionsValidFromDateTime,createdDateTime`,
  );
  expect(body.signInSessionsValidFromDateTime).not.toBe(body.createdDateTime);
  const methods = await emulator.graph("GET", `/users/${id}/authentication/methods`);
  expect(methods.body.value).toMatchObject([
    { "@odata.type": "#microsoft.graph.passwordAuthenticationMethod" },
  ]);
  const phones = await emulator.graph("GET", `/users/${id}/authentication/phoneMethods`);
  expect(phones.body.value).toEqual([]);
  const found = await emulator.graph(
    "GET",
    "/tenantRelationships/findTenantInformationByDomainName(domainName='contoso.com')",
  );
  expect(found.body).toMatchObject({ displayName: "Contoso" });
});

it("gives references, objects by id, changes of applications, and the tenant's settings", async () => {
  const emulator = await startTestEmulator();
  const user = await createUser(emulator);
  const group = await createGroup(emulator);
  await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(user.id));
  const members = `/groups/${group.id}/members`;
  const url = expect.stringContaining(`/directoryObjects/${user.id}`) as string;
  expect((await emulator.graph("GET", `${members}/$ref`)).body.value).toEqual([
    { "@odata.id": url },
  ]);
  expect((await emulator.graph("GET", `${members}/${user.id}/$ref`)).body["@odata.id"]).toEqual(
    url,
  );
  expect((await emulator.graph("GET", `${members}/${group.id}/$ref`)).status).toBe(404);
  const byIds = await emulator.graph("POST", "/users/getByIds", {
    body: { ids: [user.id, group.id] },
  });
  expect(byIds.body.value).toHaveLength(2);
  const delta = await emulator.graph("GET", "/applications/delta");
  expect(delta.body["@odata.deltaLink"]).toContain("/v1.0/applications/delta?");
  const policy = "/policies/authorizationPolicy";
  expect(
    (await emulator.graph("PATCH", policy, { body: { allowInvitesFrom: "None" } })).status,
  ).toBe(204);
  expect((await emulator.graph("GET", policy)).body.allowInvitesFrom).toBe("none");
  const setting = await emulator.graph("POST", "/groupSettings", {
    body: {
      templateId: "62375ab9-6b52-47ed-826b-58e47e0e304b",
      values: [{ name: "EnableGroupCreation", value: "false" }],
    },
  });
  expect(setting.status).toBe(201);
  const grant = await emulator.graph("POST", "/oauth2PermissionGrants", {
    body: {
      clientId: group.id,
      consentType: "AllPrincipals",
      resourceId: user.id,
      scope: "User.Read",
    },
  });
  expect(grant.status).toBe(201);
  expect((await emulator.graph("GET", `${members}/microsoft.graph.device`)).body.value).toEqual([]);
});
