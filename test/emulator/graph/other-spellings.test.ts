import { expect, it } from "vitest";
import { createGroup, createUser, startTestEmulator } from "../support/emulator.ts";

it("takes addresses in every form that Graph takes", async () => {
  const emulator = await startTestEmulator();
  const user = await createUser(emulator, { mailNickname: "jan" });
  const group = await createGroup(emulator, { uniqueName: "finance" });
  await emulator.graph("POST", `/groups/${group.id}/members/$ref`, {
    body: { "@OData.Id": `https://graph.microsoft.com/V1.0/DirectoryObjects('${user.id}')` },
  });
  const { body: role } = await emulator.graph("POST", "/directoryRoles", {
    body: { roleTemplateId: "f2ef992c-3afb-46b9-b7cf-a126ee74c451" },
  });
  const named = async (path: string): Promise<unknown> => {
    const { status, body } = await emulator.graph("GET", path);
    if (status !== 200) return status;
    return Array.isArray(body.value) ? body.value.map(({ id }) => id) : body.id;
  };
  for (const path of [
    "/v1.0//users/jan@contoso.com",
    "/v1.0/Users/Jan@Contoso.com/",
    "/v1.0/myorganization/users/jan@contoso.com",
    "/v1.0/users(id='" + user.id + "')",
    "/v1.0/users(userPrincipalName='jan@contoso.com')",
    "/v1.0/users(UserPrincipalName%3d%27jan@contoso.com%27)",
    "/beta/USERS('jan@contoso.com')",
  ])
    expect([path, await named(path)]).toEqual([path, user.id]);
  for (const path of [
    `/GROUPS/${group.id.toUpperCase()}/Members`,
    `/groups(uniqueName='finance')/members/Microsoft.Graph.User`,
    `/groups/${group.id}/members/graph.user?$Select=ID&$TOP=5`,
  ])
    expect([path, await named(path)]).toEqual([path, [user.id]]);
  expect(await named("/directoryRoles/roleTemplateId=f2ef992c-3afb-46b9-b7cf-a126ee74c451")).toBe(
    role.id,
  );
  expect(await named("/beta/administrativeUnits")).toEqual([]);
  expect(await named("/administrativeUnits")).toBe(404);
  expect(await named("/directory/DeletedItems/microsoft.graph.Group")).toEqual([]);
});

it("takes names in bodies, types and members of enumerations in any casing", async () => {
  const emulator = await startTestEmulator();
  const created = await emulator.graph("POST", "/users", {
    body: {
      AccountEnabled: true,
      DisplayName: "Jan",
      mailNickName: "jan",
      userprincipalname: "jan@contoso.com",
      PasswordProfile: { Password: "Tijdelijk-1", ForceChangePasswordNextSignIn: true },
      JobTitle: "Baker",
    },
  });
  expect(created.body).toMatchObject({ displayName: "Jan", jobTitle: "Baker" });
  const location = await emulator.graph("POST", "/identity/conditionalAccess/namedLocations", {
    body: {
      "@odata.type": "#Microsoft.Graph.IpNamedLocation",
      DisplayName: "Office",
      IpRanges: [{ CidrAddress: "203.0.113.0/24" }, { cidrAddress: "2001:db8::/32" }],
    },
  });
  expect(location.body.ipRanges).toEqual([
    { "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "203.0.113.0/24" },
    { "@odata.type": "#microsoft.graph.iPv6CidrRange", cidrAddress: "2001:db8::/32" },
  ]);
  const policy = await emulator.graph("POST", "/identity/conditionalAccess/policies", {
    body: {
      displayName: "All",
      state: "Disabled",
      conditions: {
        Users: { includeUsers: ["All"] },
        applications: { includeApplications: ["All"] },
      },
      grantControls: { operator: "OR", builtInControls: ["Mfa"] },
    },
  });
  expect(policy.body).toMatchObject({
    state: "disabled",
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  });
  const assigned = await emulator.graph("POST", `/users/${created.body.id}/assignLicense`, {
    body: { AddLicenses: [], RemoveLicenses: [] },
  });
  expect(assigned.status).toBe(200);
  const same = await emulator.graph("PATCH", `/users/${created.body.id}`, {
    body: { id: created.body.id.toUpperCase(), City: "Zeist" },
  });
  expect(same.status).toBe(204);
  const { body } = await emulator.graph("GET", "/users/jan@contoso.com?Select=City");
  expect(body.city).toBe("Zeist");
  const other = await emulator.graph("PATCH", `/users/${created.body.id}`, {
    body: { id: "00000000-0000-0000-0000-000000000000" },
  });
  expect(other.status).toBe(400);
});

it("takes an operation in the place of an id for an operation", async () => {
  const emulator = await startTestEmulator();
  const { status, body } = await emulator.graph("GET", "/servicePrincipals/nonsense");
  expect([status, body.error.code]).toEqual([404, "Request_ResourceNotFound"]);
  const known = await emulator.graph("GET", "/applications/ValidateProperties");
  expect([known.status, known.body.error.message]).toEqual([
    501,
    "The emulator does not implement GET /v1.0/applications/ValidateProperties.",
  ]);
});

it("says that nobody is signed in", async () => {
  const emulator = await startTestEmulator();
  for (const path of ["/me", "/Me/manager"]) {
    const { status, body } = await emulator.graph("GET", path);
    expect([status, body.error.message]).toEqual([
      400,
      "/me request is only valid with delegated authentication flow.",
    ]);
  }
});

it("leaves metadata out when the client wants none", async () => {
  const emulator = await startTestEmulator();
  await createUser(emulator);
  await createUser(emulator);
  const { headers, body } = await emulator.graph("GET", "/users?$top=1&$select=id", {
    headers: { accept: "application/json; odata.metadata=none" },
  });
  expect(Object.keys(body).sort()).toEqual(["@odata.nextLink", "value"]);
  expect(headers.get("content-type")).toContain("odata.metadata=none");
});

it("answers a write with as much as the client prefers", async () => {
  const emulator = await startTestEmulator();
  const created = await emulator.graph("POST", "/applications", {
    body: { displayName: "App" },
    headers: { Prefer: "odata.maxpagesize=5, return=minimal" },
  });
  expect([created.status, created.headers.get("preference-applied")]).toEqual([
    204,
    "return=minimal",
  ]);
  const [, id = ""] = /applications\/(.+)$/.exec(created.headers.get("odata-entityid") ?? "") ?? [];
  const changed = await emulator.graph("PATCH", `/applications/${id}`, {
    body: { displayName: "Other" },
    headers: { Prefer: "return=representation" },
  });
  expect([changed.status, changed.body.displayName]).toEqual([200, "Other"]);
});

it("finds what is in the bin also in an advanced query", async () => {
  const emulator = await startTestEmulator({ behaviour: { indexDelayMs: 10_000 } });
  const { id } = await createUser(emulator, { displayName: "Gone" });
  await emulator.graph("DELETE", `/users/${id}`);
  const path = "/directory/deletedItems/microsoft.graph.user";
  const headers = { ConsistencyLevel: "eventual" };
  emulator.clock.advance(60_000);
  const { body } = await emulator.graph("GET", `${path}?$count=true&$search="displayName:gone"`, {
    headers,
  });
  expect(body.value.map((item) => item.id)).toEqual([id]);
  expect(body["@odata.count"]).toBe(1);
  const count = await emulator.graph("GET", `${path}/$count`, { headers });
  expect(count.body).toBe(1);
});

it("fills a new application as the service does", async () => {
  const emulator = await startTestEmulator();
  const { body } = await emulator.graph("POST", "/applications", { body: { displayName: "App" } });
  expect(body).toMatchObject({
    signInAudience: "AzureADMyOrg",
    publisherDomain: "contoso.onmicrosoft.com",
    web: { redirectUris: [] },
    api: { oauth2PermissionScopes: [] },
    spa: { redirectUris: [] },
  });
});
