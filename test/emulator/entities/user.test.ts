import { describe, expect, it } from "vitest";
import {
  contoso,
  createGroup,
  createUser,
  startTestEmulator,
  TENANT_ID,
} from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";
import { refusalOf } from "../support/graph-error.ts";

const NEW_USER = {
  accountEnabled: true,
  displayName: "Jan",
  mailNickname: "jan",
  userPrincipalName: "jan@contoso.com",
  passwordProfile: { password: "Tijdelijk-1" },
};

describe("users through Microsoft's Graph client", () => {
  it("are created, read by id and by name, changed and deleted", async () => {
    const emulator = await startTestEmulator();
    const client = graphClient(emulator);
    const created = (await client.api("/users").post(NEW_USER)) as { id: string };
    expect(await client.api("/users/jan@contoso.com").get()).toMatchObject({
      id: created.id,
      displayName: "Jan",
    });
    expect(await client.api(`/users(userPrincipalName='jan@contoso.com')`).get()).toMatchObject({
      id: created.id,
    });
    await client.api(`/users/${created.id}`).update({ jobTitle: "Controller" });
    expect(await client.api(`/users/${created.id}`).select("jobTitle").get()).toMatchObject({
      jobTitle: "Controller",
    });
    await client.api(`/users/${created.id}`).delete();
    await expect(client.api(`/users/${created.id}`).get()).rejects.toMatchObject({
      statusCode: 404,
      code: "Request_ResourceNotFound",
      message: `Resource '${created.id}' does not exist or one of its queried reference-property objects are not present.`,
    });
  });
});

describe("a user who is not there", () => {
  it("is not created by an alternate key, with the header of groups neither", async () => {
    const emulator = await startTestEmulator();
    const refusal = await refusalOf(
      graphClient(emulator)
        .api("/users(userPrincipalName='jan@contoso.com')")
        .header("Prefer", "create-if-missing")
        .patch({
          accountEnabled: true,
          displayName: "Jan",
          mailNickname: "jan",
          passwordProfile: { password: "Tijdelijk-1" },
        }),
    );
    expect(refusal.slice(0, 2)).toEqual([404, "Request_ResourceNotFound"]);
  });
});

describe("answers about users", () => {
  it("hold the default properties only, anything else when selected, and never the password", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator, { department: "Finance" });
    const { body } = await emulator.graph("GET", `/users/${user.id}`);
    expect(Object.keys(body).sort()).toEqual([
      "@odata.context",
      "businessPhones",
      "displayName",
      "givenName",
      "id",
      "jobTitle",
      "mail",
      "mobilePhone",
      "officeLocation",
      "preferredLanguage",
      "surname",
      "userPrincipalName",
    ]);
    const selected = await emulator.graph(
      "GET",
      `/users/${user.id}?$select=department,accountEnabled,passwordProfile`,
    );
    expect(selected.body).toMatchObject({
      department: "Finance",
      accountEnabled: true,
      passwordProfile: null,
    });
  });
});

describe("refusals about users", () => {
  it.each([
    [
      "no display name",
      { displayName: undefined },
      "A value is required for property 'displayName' of resource 'User'.",
    ],
    [
      "a weak password",
      { passwordProfile: { password: "kort" } },
      "The specified password does not comply with password complexity requirements. Please provide a different password.",
    ],
    [
      "a domain that is not verified",
      { userPrincipalName: "jan@example.com" },
      "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
    ],
    [
      "a name with other characters",
      { userPrincipalName: "jan jansen@contoso.com" },
      "Property userPrincipalName is invalid.",
    ],
    [
      "a mail nickname with other characters",
      { mailNickname: "jan@home" },
      "Invalid value specified for property 'mailNickname' of resource 'User'.",
    ],
    [
      "a country that is none",
      { usageLocation: "Nederland" },
      "Invalid value specified for property 'usageLocation' of resource 'User'.",
    ],
    [
      "two business phones",
      { businessPhones: ["1", "2"] },
      "Invalid value specified for property 'businessPhones' of resource 'User'.",
    ],
    [
      "an unknown property",
      { shoeSize: 44 },
      "The property 'shoeSize' does not exist on type 'microsoft.graph.user'. Make sure to only use property names that are defined by the type or mark the type as open type.",
    ],
    [
      "a value of another type",
      { accountEnabled: "yes" },
      "Cannot convert a primitive value to the expected type 'Edm.Boolean'. See the inner exception for more details.",
    ],
    [
      "a read-only property",
      { proxyAddresses: ["SMTP:x@contoso.com"] },
      "Property 'proxyAddresses' is read-only and cannot be set.",
    ],
  ])("name %s", async (_title, change, message) => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph("POST", "/users", {
      body: { ...NEW_USER, ...change },
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "Request_BadRequest", message });
  });

  it("say which property another user has already, whatever the case", async () => {
    const emulator = await startTestEmulator();
    await createUser(emulator, { mailNickname: "jan", mail: "post@contoso.com" });
    const sameName = await emulator.graph("POST", "/users", {
      body: { ...NEW_USER, userPrincipalName: "JAN@contoso.com" },
    });
    const message =
      "Another object with the same value for property userPrincipalName already exists.";
    expect(sameName.body.error).toMatchObject({ code: "Request_BadRequest", message });
    expect(sameName.body.error.details).toContainEqual({
      code: "ObjectConflict",
      target: "userPrincipalName",
      message,
    });
    const sameMail = await emulator.graph("POST", "/users", {
      body: { ...NEW_USER, userPrincipalName: "piet@contoso.com", mail: "post@contoso.com" },
    });
    expect(sameMail.body.error.message).toBe(
      "Another object with the same value for property proxyAddresses already exists.",
    );
  });

  it.each([
    ["jobTitle", ""],
    ["mobilePhone", ""],
    ["jobTitle", "x".repeat(129)],
    ["department", "x".repeat(65)],
    ["ageGroup", "Old"],
    ["mail", "jan"],
    ["mail", "zoë@contoso.com"],
  ])("name the property with a value that it cannot have: %s", async (property, value) => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator, { jobTitle: "x".repeat(128), ageGroup: "Adult" });
    const path = `/users/${user.id}`;
    const refused = await emulator.graph("PATCH", path, { body: { [property]: value } });
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      `Invalid value specified for property '${property}' of resource 'User'.`,
    ]);
    expect((await emulator.graph("PATCH", path, { body: { [property]: null } })).status).toBe(204);
  });

  it("leave how the next sign-in goes changeable without a new password", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const change = (passwordProfile: object) =>
      emulator.graph("PATCH", `/users/${user.id}`, { body: { passwordProfile } });
    // The azuread plugin sends the password as null.
    const alone = { forceChangePasswordNextSignIn: true, password: null };
    expect((await change(alone)).status).toBe(204);
    expect((await change({ ...alone, password: "weak" })).status).toBe(400);
  });

  it("say when the password was changed last, and by nothing else", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const path = `/users/${user.id}`;
    const changedAfter = async (body: object): Promise<unknown> => {
      emulator.clock.advance(60_000);
      expect((await emulator.graph("PATCH", path, { body })).status).toBe(204);
      const query = `${path}?$select=lastPasswordChangeDateTime`;
      return (await emulator.graph("GET", query)).body.lastPasswordChangeDateTime;
    };
    const before = await changedAfter({ jobTitle: "Clerk" });
    expect(await changedAfter({ jobTitle: "Head" })).toBe(before);
    const profile = { passwordProfile: { password: "another-Password-2" } };
    expect(await changedAfter(profile)).not.toBe(before);
  });

  it("keep a usage location from being taken away again", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator, { usageLocation: "NL" });
    expect(
      (await emulator.graph("PATCH", `/users/${user.id}`, { body: { usageLocation: null } }))
        .status,
    ).toBe(400);
    expect(
      (await emulator.graph("PATCH", `/users/${user.id}`, { body: { usageLocation: "BE" } }))
        .status,
    ).toBe(204);
  });

  it("let an application with a narrow permission change what it is for, and nothing else", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const clientId = "dddddddd-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    emulator.addTenant({
      ...contoso,
      applications: [{ clientId, clientSecret: "narrow", roles: ["User-Phone.ReadWrite.All"] }],
    });
    const token = await emulator.token({ clientId, clientSecret: "narrow" });
    const headers = { authorization: `Bearer ${token}` };
    const patch = (body: object) => emulator.graph("PATCH", `/users/${user.id}`, { body, headers });
    expect((await patch({ mobilePhone: "+31 6 12345678" })).status).toBe(204);
    expect((await patch({ jobTitle: "Directeur" })).body.error.code).toBe(
      "Authorization_RequestDenied",
    );
  });
});

describe("deleted users", () => {
  it("lie in the bin, come back with their memberships, and are gone after 30 days", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator, { mailNickname: "weg" });
    const group = await createGroup(emulator);
    await emulator.graph("PATCH", `/groups/${group.id}`, {
      body: { "members@odata.bind": [`https://graph.microsoft.com/v1.0/users/${user.id}`] },
    });
    await emulator.graph("DELETE", `/users/${user.id}`);
    expect((await emulator.graph("GET", `/groups/${group.id}/members`)).body.value).toEqual([]);
    const bin = await emulator.graph("GET", "/directory/deletedItems/microsoft.graph.user");
    expect(bin.body.value.map(({ id }) => id)).toEqual([user.id]);
    const restored = await emulator.graph("POST", `/directory/deletedItems/${user.id}/restore`);
    expect(restored).toMatchObject({
      status: 200,
      body: { id: user.id, "@odata.type": "#microsoft.graph.user" },
    });
    expect(
      (await emulator.graph("GET", `/groups/${group.id}/members`)).body.value.map(({ id }) => id),
    ).toEqual([user.id]);
    await emulator.graph("DELETE", `/users/${user.id}`);
    emulator.clock.advance(30 * 86_400_000 + 1);
    expect(
      (await emulator.graph("POST", `/directory/deletedItems/${user.id}/restore`)).status,
    ).toBe(404);
  });

  it("cannot come back while somebody else has their name", async () => {
    const emulator = await startTestEmulator();
    const first = await createUser(emulator, { mailNickname: "jan" });
    await emulator.graph("DELETE", `/users/${first.id}`);
    await createUser(emulator, { mailNickname: "jan" });
    const { status, body } = await emulator.graph(
      "POST",
      `/directory/deletedItems/${first.id}/restore`,
    );
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      "Another object with the same value for property userPrincipalName already exists.",
    );
  });

  it("cannot be purged by an application, as documented", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    await emulator.graph("DELETE", `/users/${user.id}`);
    expect((await emulator.graph("DELETE", `/directory/deletedItems/${user.id}`)).status).toBe(403);
  });
});

describe("the tenant's own objects", () => {
  it("are apart from those of another tenant", async () => {
    const emulator = await startTestEmulator();
    await createUser(emulator);
    const other = {
      ...contoso,
      tenantId: "22222222-2222-4333-8444-555555555555",
      initialDomain: "fabrikam.onmicrosoft.com",
      domains: [],
    };
    emulator.addTenant(other);
    const count = (tenantId: string) =>
      emulator.state.read(tenantId, ({ store }) => store.count({ name: "user" }));
    expect([count(TENANT_ID), count(other.tenantId)]).toEqual([1, 0]);
  });
});
