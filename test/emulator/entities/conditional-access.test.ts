import { describe, expect, it } from "vitest";
import { contoso, startTestEmulator, type TestEmulator } from "../support/emulator.ts";

const POLICY = {
  displayName: "MFA for all",
  state: "enabled",
  conditions: { users: { includeUsers: ["All"] }, applications: { includeApplications: ["All"] } },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
};
const POLICIES = "/identity/conditionalAccess/policies";
const LOCATIONS = "/identity/conditionalAccess/namedLocations";
const SECURITY_DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy";

async function createPolicy(emulator: TestEmulator, change = {}) {
  return emulator.graph("POST", POLICIES, { body: { ...POLICY, ...change } });
}

describe("conditional access policies", () => {
  it("are created with the parts that the service fills, changed and deleted", async () => {
    const emulator = await startTestEmulator();
    const { status, body } = await createPolicy(emulator);
    expect(status).toBe(201);
    expect(body.conditions).toMatchObject({
      clientAppTypes: ["all"],
      signInRiskLevels: [],
      platforms: null,
      users: { includeUsers: ["All"], excludeGroups: [] },
    });
    expect(
      (await emulator.graph("PATCH", `${POLICIES}/${body.id}`, { body: { state: "disabled" } }))
        .status,
    ).toBe(204);
    expect((await emulator.graph("GET", `${POLICIES}/${body.id}`)).body).toMatchObject({
      state: "disabled",
      displayName: "MFA for all",
    });
    expect((await emulator.graph("DELETE", `${POLICIES}/${body.id}`)).status).toBe(204);
    expect((await emulator.graph("GET", `${POLICIES}/${body.id}`)).status).toBe(404);
  });

  it("are refused with the service's number when they do not match the schema, and for values that do not exist", async () => {
    const emulator = await startTestEmulator();
    const noUsers = await createPolicy(emulator, {
      conditions: { applications: { includeApplications: ["All"] } },
    });
    expect(noUsers.body.error).toMatchObject({ code: "BadRequest" });
    expect(noUsers.body.error.message).toMatch(
      /^1007: Incoming ConditionalAccessPolicy object is null or does not match the schema/,
    );
    expect((await createPolicy(emulator, { state: "on" })).status).toBe(400);
  });

  it("cannot be in force while security defaults are on, and the other way", async () => {
    const emulator = await startTestEmulator();
    const tenantId = "33333333-2222-4333-8444-555555555555";
    emulator.addTenant({
      ...contoso,
      tenantId,
      initialDomain: "new.onmicrosoft.com",
      domains: [],
      securityDefaults: true,
    });
    const response = await emulator.fetch(`${emulator.origin}/${tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: contoso.applications[0]?.clientId ?? "",
        client_secret: contoso.applications[0]?.clientSecret ?? "",
        scope: "https://graph.microsoft.com/.default",
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    const refused = await emulator.graph("POST", POLICIES, { body: POLICY, headers });
    expect(refused.body.error.message).toBe(
      "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.",
    );
    const reportOnly = { ...POLICY, state: "enabledForReportingButNotEnforced" };
    expect((await emulator.graph("POST", POLICIES, { body: reportOnly, headers })).status).toBe(
      201,
    );
    expect(
      (await emulator.graph("PATCH", SECURITY_DEFAULTS, { body: { isEnabled: false }, headers }))
        .status,
    ).toBe(204);
    expect((await emulator.graph("POST", POLICIES, { body: POLICY, headers })).status).toBe(201);
    expect(
      (await emulator.graph("PATCH", SECURITY_DEFAULTS, { body: { isEnabled: true }, headers }))
        .status,
    ).toBe(400);
  });
});

it("conditional access is not there to write for a tenant without Microsoft Entra ID P1", async () => {
  const emulator = await startTestEmulator(
    {},
    {
      prepare: (made) => {
        made.addTenant({ ...contoso, subscribedSkus: [] });
      },
    },
  );
  const refused = await createPolicy(emulator);
  expect([refused.status, refused.body.error.code]).toEqual([400, "BadRequest"]);
  expect((await emulator.graph("GET", POLICIES)).status).toBe(200);
});

describe("named locations", () => {
  it("keep their kind, and stay while they are trusted or in use", async () => {
    const emulator = await startTestEmulator();
    const { body } = await emulator.graph("POST", LOCATIONS, {
      body: {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        displayName: "Kantoor",
        isTrusted: true,
        ipRanges: [
          { "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "198.51.100.0/24" },
        ],
      },
    });
    expect(body).toMatchObject({
      "@odata.type": "#microsoft.graph.ipNamedLocation",
      isTrusted: true,
    });
    const remove = () => emulator.graph("DELETE", `${LOCATIONS}/${body.id}`);
    expect((await remove()).status).toBe(400);
    const untrusted = { "@odata.type": "#microsoft.graph.ipNamedLocation", isTrusted: false };
    expect(
      (await emulator.graph("PATCH", `${LOCATIONS}/${body.id}`, { body: untrusted })).status,
    ).toBe(204);
    const policy = await createPolicy(emulator, {
      conditions: { ...POLICY.conditions, locations: { includeLocations: [body.id] } },
    });
    expect((await remove()).status).toBe(400);
    await emulator.graph("DELETE", `${POLICIES}/${policy.body.id}`);
    expect((await remove()).status).toBe(204);
  });

  it("of countries say which", async () => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph("POST", LOCATIONS, {
      body: {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        displayName: "Benelux",
        countriesAndRegions: ["NL", "BE", "LU"],
      },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      countriesAndRegions: ["NL", "BE", "LU"],
      includeUnknownCountriesAndRegions: false,
    });
  });
});
