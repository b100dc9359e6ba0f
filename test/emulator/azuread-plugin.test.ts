/**
 * The calls of the official azuread plugin, in its order and with its bodies, as watched at work and read in the source of
 * terraform-provider-azuread 3.9: every property present, unset ones null, links on the emulator's own host.
 */
import { describe, expect, it } from "vitest";
import { CLIENT_ID, createUser, startTestEmulator, type TestEmulator } from "./support/emulator.ts";

const HEADERS = {
  accept: "application/json; charset=utf-8; IEEE754Compatible=false",
  "content-type": "application/json; charset=utf-8",
  "odata-maxversion": "4.0",
  "odata-version": "4.0",
  "user-agent": "HashiCorp Terraform/1.0.0 terraform-provider-azuread/3.9.0 HashiCorp/go-azure-sdk",
};

async function plugin(emulator: TestEmulator) {
  const token = await emulator.token({ scope: `${emulator.origin}/.default` });
  return (method: string, path: string, body?: unknown) =>
    emulator.graph(method, path, {
      headers: { ...HEADERS, authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
    });
}

const NEW_USER = {
  "@odata.type": "#microsoft.graph.user",
  accountEnabled: true,
  ageGroup: null,
  businessPhones: [],
  city: null,
  companyName: null,
  consentProvidedForMinor: null,
  country: null,
  department: "Finance",
  displayName: "Jan Jansen",
  employeeHireDate: null,
  employeeId: null,
  employeeOrgData: {
    "@odata.type": "#microsoft.graph.employeeOrgData",
    costCenter: null,
    division: null,
  },
  employeeType: null,
  faxNumber: null,
  givenName: null,
  jobTitle: null,
  mail: null,
  mailNickname: "jan",
  mobilePhone: null,
  officeLocation: null,
  onPremisesImmutableId: null,
  otherMails: [],
  passwordPolicies: null,
  passwordProfile: {
    "@odata.type": "#microsoft.graph.passwordProfile",
    forceChangePasswordNextSignIn: false,
    forceChangePasswordNextSignInWithMfa: null,
    password: "Tijdelijk-1",
  },
  postalCode: null,
  preferredLanguage: null,
  state: null,
  streetAddress: null,
  surname: null,
  usageLocation: "NL",
  userPrincipalName: "jan@contoso.com",
};

/** What the plugin selects when it reads a user. */
const USER_SELECT =
  "accountEnabled,ageGroup,businessPhones,city,companyName,consentProvidedForMinor,country,creationType,department,displayName,employeeHireDate,employeeId,employeeOrgData,employeeType,externalUserState,faxNumber,givenName,imAddresses,jobTitle,mail,mailNickname,mobilePhone,officeLocation,onPremisesDistinguishedName,onPremisesDomainName,onPremisesImmutableId,onPremisesSamAccountName,onPremisesSecurityIdentifier,onPremisesSyncEnabled,onPremisesUserPrincipalName,otherMails,passwordPolicies,postalCode,preferredLanguage,proxyAddresses,state,streetAddress,surname,usageLocation,userPrincipalName,userType,id";

describe("the azuread plugin", () => {
  it("creates, reads, changes and deletes a user with a manager", async () => {
    const emulator = await startTestEmulator();
    const call = await plugin(emulator);
    const boss = await createUser(emulator);
    const created = await call("POST", "/v1.0/users", NEW_USER);
    expect(created.status).toBe(201);
    const path = `/users/${created.body.id}`;
    const beta = { "@odata.type": "#microsoft.graph.user", showInAddressList: true };
    expect((await call("PATCH", `/beta${path}`, beta)).status).toBe(204);
    const manager = { "@odata.id": `${emulator.origin}/v1.0/users/${boss.id}` };
    expect((await call("PUT", `/v1.0${path}/manager/$ref`, manager)).status).toBe(204);
    expect((await call("GET", `/v1.0${path}`)).body.userPrincipalName).toBe("jan@contoso.com");
    const selected = (await call("GET", `/v1.0${path}?$select=${encodeURIComponent(USER_SELECT)}`))
      .body;
    expect(selected).toMatchObject({
      accountEnabled: true,
      department: "Finance",
      usageLocation: "NL",
      userType: "Member",
      employeeOrgData: { costCenter: null },
    });
    expect(
      (await call("GET", `/beta${path}?$select=showInAddressList`)).body.showInAddressList,
    ).toBe(true);
    expect((await call("GET", `/v1.0${path}/manager`)).body.id).toBe(boss.id);
    expect(
      (
        await call("PATCH", `/v1.0${path}`, {
          "@odata.type": "#microsoft.graph.user",
          jobTitle: "Controller",
          mobilePhone: null,
        })
      ).status,
    ).toBe(204);
    expect((await call("DELETE", `/v1.0${path}/manager/$ref`)).status).toBe(204);
    expect((await call("GET", `/v1.0${path}/manager`)).status).toBe(404);
    expect((await call("DELETE", `/v1.0${path}`)).status).toBe(204);
    for (let poll = 0; poll < 5; poll += 1)
      expect((await call("GET", `/v1.0${path}`)).status).toBe(404);
  });

  it("finds users as a data source by name, by mail nickname, by mail and by employee id", async () => {
    const emulator = await startTestEmulator();
    const call = await plugin(emulator);
    await call("POST", "/v1.0/users", { ...NEW_USER, mail: "jan@contoso.com", employeeId: "0042" });
    for (const filter of [
      "userPrincipalName eq 'jan@contoso.com'",
      "mailNickname eq 'jan'",
      "mail eq 'jan@contoso.com'",
      "employeeId eq '0042'",
    ]) {
      const { body } = await call("GET", `/v1.0/users?$filter=${encodeURIComponent(filter)}`);
      expect(body.value, filter).toHaveLength(1);
    }
  });

  it("creates a security group through beta, renames it back and forth, adds members one by one and deletes it", async () => {
    const emulator = await startTestEmulator();
    const call = await plugin(emulator);
    const principal = await call("GET", `/v1.0/servicePrincipals?$filter=appId eq '${CLIENT_ID}'`);
    const ownerId = principal.body.value[0]?.id ?? "";
    const owner = `${emulator.origin}/v1.0/directoryObjects/${ownerId}`;
    const [one, two] = [await createUser(emulator), await createUser(emulator)];
    expect((await call("GET", "/beta/groups?$filter=displayName eq 'Finance'")).body.value).toEqual(
      [],
    );
    expect((await call("GET", `/v1.0/directoryObjects/${ownerId}`)).body["@odata.type"]).toBe(
      "#microsoft.graph.servicePrincipal",
    );
    const created = await call("POST", "/beta/groups", {
      "@odata.type": "#microsoft.graph.group",
      description: null,
      displayName: "Finance",
      groupTypes: [],
      isAssignableToRole: false,
      mailEnabled: false,
      mailNickname: "b1c2d3e4-f",
      membershipRule: null,
      "owners@odata.bind": [owner],
      resourceBehaviorOptions: [],
      resourceProvisioningOptions: [],
      securityEnabled: true,
      theme: null,
      visibility: null,
      writebackConfiguration: { isEnabled: false, onPremisesGroupType: null },
    });
    expect(created.status).toBe(201);
    const path = `/beta/groups/${created.body.id}`;
    // Only beta has it, also where nothing is written back.
    expect((await call("GET", path)).body.writebackConfiguration).toEqual({
      isEnabled: false,
      onPremisesGroupType: null,
    });
    for (const displayName of [`TERRAFORM_UPDATE_${one.id}`, "Finance"]) {
      expect(
        (await call("PATCH", path, { "@odata.type": "#microsoft.graph.group", displayName }))
          .status,
      ).toBe(204);
      expect((await call("GET", path)).body.displayName).toBe(displayName);
    }
    for (const { id } of [one, two]) {
      const body = { "@odata.id": `${emulator.origin}/v1.0/directoryObjects/${id}` };
      expect((await call("POST", `${path}/members/$ref`, body)).status).toBe(204);
    }
    const ids = async (relation: string) =>
      (await call("GET", `${path}/${relation}`)).body.value.map(({ id }) => id);
    expect(await ids("members")).toEqual([one.id, two.id]);
    expect(await ids("owners")).toEqual([ownerId]);
    const inStable = await call("GET", `/v1.0/groups/${created.body.id}/owners`);
    expect(inStable.body.value).toEqual([]);
    expect(await ids("memberOf")).toEqual([]);
    const mailbox = `${path}?$select=allowExternalSenders,autoSubscribeNewMembers,hideFromAddressLists,hideFromOutlookClients`;
    expect((await call("GET", mailbox)).status).toBe(200);
    expect((await call("GET", `${path}/members/${one.id}`)).status).toBe(200);
    expect((await call("DELETE", `${path}/members/${one.id}/$ref`)).status).toBe(204);
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
  });

  it("creates a Microsoft 365 group with owners and members", async () => {
    const emulator = await startTestEmulator();
    const call = await plugin(emulator);
    const person = await createUser(emulator);
    const bind = [`${emulator.origin}/v1.0/directoryObjects/${person.id}`];
    const created = await call("POST", "/beta/groups", {
      "@odata.type": "#microsoft.graph.group",
      description: "Iedereen van verkoop",
      displayName: "Verkoop",
      groupTypes: ["Unified"],
      mailEnabled: true,
      mailNickname: "verkoop",
      "owners@odata.bind": bind,
      "members@odata.bind": bind,
      securityEnabled: true,
      visibility: "Private",
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        groupTypes: ["Unified"],
        visibility: "Private",
        mail: "verkoop@contoso.onmicrosoft.com",
      },
    });
  });

  it("assigns a directory role and reads it back", async () => {
    const emulator = await startTestEmulator();
    const call = await plugin(emulator);
    const person = await createUser(emulator);
    const template = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    expect(
      (
        await call("POST", "/v1.0/directoryRoles", {
          "@odata.type": "#microsoft.graph.directoryRole",
          roleTemplateId: template,
        })
      ).status,
    ).toBe(201);
    const body = {
      "@odata.type": "#microsoft.graph.unifiedRoleAssignment",
      directoryScopeId: "/",
      principalId: person.id,
      roleDefinitionId: template,
    };
    const created = await call("POST", "/v1.0/roleManagement/directory/roleAssignments", body);
    expect(created.status).toBe(201);
    const path = `/v1.0/roleManagement/directory/roleAssignments/${created.body.id}`;
    expect((await call("GET", path)).body).toMatchObject({
      principalId: person.id,
      roleDefinitionId: template,
    });
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
  });

  it("activates a role by its template, and makes a role of the tenant's own", async () => {
    const emulator = await startTestEmulator({ behaviour: { visibilityDelayMs: 30_000 } });
    const call = await plugin(emulator);
    const template = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
    expect((await call("GET", `/v1.0/directoryRoleTemplates/${template}`)).body.displayName).toBe(
      "Helpdesk Administrator",
    );
    const definitions = "/v1.0/roleManagement/directory/roleDefinitions";
    const created = await call("POST", definitions, {
      "@odata.type": "#microsoft.graph.unifiedRoleDefinition",
      description: null,
      displayName: "Leest apparaten",
      isEnabled: true,
      rolePermissions: [{ allowedResourceActions: ["microsoft.directory/devices/standard/read"] }],
      templateId: "",
      version: "1.0",
    });
    // The plugin does not wait for it.
    expect((await call("GET", `${definitions}/${created.body.id}`)).body).toMatchObject({
      displayName: "Leest apparaten",
      templateId: created.body.id,
    });
  });

  it("creates named locations, an authentication strength and a conditional access policy, and changes them", async () => {
    const emulator = await startTestEmulator();
    const call = await plugin(emulator);
    const location = await call("POST", "/v1.0/identity/conditionalAccess/namedLocations", {
      "@odata.type": "#microsoft.graph.countryNamedLocation",
      countriesAndRegions: ["NL"],
      countryLookupMethod: "clientIpAddress",
      displayName: "Nederland",
      includeUnknownCountriesAndRegions: false,
    });
    const strength = await call("POST", "/v1.0/policies/authenticationStrengthPolicies", {
      "@odata.type": "#microsoft.graph.authenticationStrengthPolicy",
      allowedCombinations: ["fido2"],
      description: null,
      displayName: "Sleutels",
    });
    expect([location.status, strength.status]).toEqual([201, 201]);
    const policies = "/v1.0/identity/conditionalAccess/policies";
    const policy = await call("POST", policies, {
      "@odata.type": "#microsoft.graph.conditionalAccessPolicy",
      conditions: {
        "@odata.type": "#microsoft.graph.conditionalAccessConditionSet",
        applications: {
          excludeApplications: [],
          includeApplications: ["All"],
          includeUserActions: [],
        },
        clientAppTypes: ["all"],
        clientApplications: null,
        devices: null,
        locations: { excludeLocations: [location.body.id], includeLocations: ["All"] },
        platforms: null,
        servicePrincipalRiskLevels: [],
        signInRiskLevels: [],
        userRiskLevels: [],
        users: {
          excludeGroups: [],
          excludeRoles: [],
          excludeUsers: [],
          includeGroups: [],
          includeRoles: [],
          includeUsers: ["All"],
        },
      },
      displayName: "Alleen vanuit Nederland",
      grantControls: {
        authenticationStrength: {
          "@odata.type": "#microsoft.graph.authenticationStrengthPolicy",
          id: strength.body.id,
        },
        builtInControls: [],
        customAuthenticationFactors: [],
        operator: "OR",
        termsOfUse: [],
      },
      sessionControls: null,
      state: "disabled",
    });
    expect(policy.status).toBe(201);
    expect(
      (
        await call("PATCH", `${policies}/${policy.body.id}`, {
          "@odata.type": "#microsoft.graph.conditionalAccessPolicy",
          state: "enabled",
        })
      ).status,
    ).toBe(204);
    for (let poll = 0; poll < 5; poll += 1)
      expect((await call("GET", `${policies}/${policy.body.id}`)).body.state).toBe("enabled");
    const combinations = { allowedCombinations: ["fido2", "windowsHelloForBusiness"] };
    const changed = await call(
      "POST",
      `/v1.0/policies/authenticationStrengthPolicies/${strength.body.id}/updateAllowedCombinations`,
      combinations,
    );
    expect(changed.status).toBe(200);
    expect((await call("DELETE", `${policies}/${policy.body.id}`)).status).toBe(204);
  });

  it("reads its own service principal as a data source, once more through beta", async () => {
    const emulator = await startTestEmulator();
    const call = await plugin(emulator);
    const found = await call("GET", `/v1.0/servicePrincipals?$filter=appId eq '${CLIENT_ID}'`);
    const path = `servicePrincipals/${found.body.value[0]?.id}`;
    expect((await call("GET", `/v1.0/${path}`)).body.appId).toBe(CLIENT_ID);
    const extra = await call("GET", `/beta/${path}?$select=samlMetadataUrl`);
    expect(extra).toMatchObject({ status: 200, body: { samlMetadataUrl: null } });
  });

  it("lists domains as a data source", async () => {
    const emulator = await startTestEmulator();
    const { body } = await (await plugin(emulator))("GET", "/v1.0/domains");
    expect(body.value.map(({ id, isVerified }) => [id, isVerified])).toEqual([
      ["contoso.onmicrosoft.com", true],
      ["contoso.com", true],
    ]);
  });
});
