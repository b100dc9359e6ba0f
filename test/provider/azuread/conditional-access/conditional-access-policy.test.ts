import { describe, expect, it } from "vitest";
import { conditionalAccessPolicy } from "../../../../provider/azuread/conditional-access/conditional-access-policy.ts";
import { namedLocation } from "../../../../provider/azuread/conditional-access/named-location.ts";
import { BREAK_GLASS, mfa, PATH } from "../../support/conditional-access.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { settle, startWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";
import { without } from "../../support/without.ts";

const GROUP = "11111111-2222-4333-8444-555555555555";
const STRENGTH = "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004";

/** Everything that can be declared. */
const full = {
  displayName: "Alles",
  state: "enabledForReportingButNotEnforced",
  conditions: {
    applications: {
      excludedApplications: ["Office365"],
      filter: { mode: "exclude", rule: 'CustomSecurityAttribute.Team_Kind -eq "a"' },
      includedApplications: ["All"],
    },
    authenticationFlowTransferMethods: ["authenticationTransfer", "deviceCodeFlow"],
    clientAppTypes: ["browser", "mobileAppsAndDesktopClients"],
    clientApplications: {
      excludedServicePrincipals: [BREAK_GLASS],
      filter: { mode: "include", rule: 'CustomSecurityAttribute.Team_Kind -eq "b"' },
      includedServicePrincipals: ["ServicePrincipalsInMyTenant"],
    },
    devices: { filter: { mode: "exclude", rule: 'device.model -eq "Kiosk"' } },
    insiderRiskLevels: "elevated",
    locations: { includedLocations: ["All"], excludedLocations: ["AllTrusted"] },
    platforms: { includedPlatforms: ["all"], excludedPlatforms: ["iOS", "android"] },
    servicePrincipalRiskLevels: ["high"],
    signInRiskLevels: ["medium", "high"],
    userRiskLevels: ["high"],
    users: {
      excludedGroups: [GROUP],
      excludedGuestsOrExternalUsers: [{ guestOrExternalUserTypes: ["serviceProvider"] }],
      includedGuestsOrExternalUsers: [
        {
          externalTenants: [{ membershipKind: "enumerated", members: [GROUP] }],
          guestOrExternalUserTypes: ["internalGuest", "b2bCollaborationGuest"],
        },
      ],
      includedRoles: ["62e90394-69f5-4237-9190-012177145e10"],
    },
  },
  grantControls: {
    authenticationStrengthPolicyId: STRENGTH,
    builtInControls: ["compliantDevice"],
    customAuthenticationFactors: ["factor"],
    operator: "AND",
    termsOfUses: [GROUP],
  },
  sessionControls: {
    applicationEnforcedRestrictionsEnabled: true,
    cloudAppSecurityPolicy: "monitorOnly",
    disableResilienceDefaults: true,
    persistentBrowserMode: "never",
    signInFrequency: 10,
    signInFrequencyAuthenticationType: "secondaryAuthentication",
    signInFrequencyInterval: "timeBased",
    signInFrequencyPeriod: "hours",
  },
};

const live = async (world: World, id: string): Promise<unknown> =>
  (await world.emulator.graph("GET", id)).body;

async function made(world: World, declared: Record<string, unknown>): Promise<ManagedResource> {
  const resource = new ManagedResource(world, conditionalAccessPolicy);
  await resource.up(declared);
  await settle(world);
  world.writes();
  return resource;
}

describe("a conditional access policy of the drop-in", () => {
  it("is created in one call", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, conditionalAccessPolicy);

    expect(await resource.up(mfa)).toBe("created");

    expect(world.writes()).toEqual([`POST /v1.0${PATH}`]);
    expect(resource.id).toMatch(/^\/identity\/conditionalAccess\/policies\/[0-9a-f-]{36}$/);
    await settle(world);
    expect(await live(world, resource.id)).toMatchObject({
      state: "enabled",
      conditions: {
        applications: { includeApplications: ["All"] },
        users: { includeUsers: ["All"], excludeUsers: [BREAK_GLASS] },
      },
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
      sessionControls: null,
    });
  });

  it("says everything to the service in the service's words", async () => {
    const world = await startWorld();
    const { id } = await made(world, full);
    const { conditions, grantControls, sessionControls } = full;
    expect(await live(world, id)).toMatchObject({
      conditions: {
        applications: {
          applicationFilter: conditions.applications.filter,
          excludeApplications: ["Office365"],
        },
        authenticationFlows: { transferMethods: "authenticationTransfer,deviceCodeFlow" },
        clientApplications: {
          excludeServicePrincipals: [BREAK_GLASS],
          servicePrincipalFilter: conditions.clientApplications.filter,
        },
        devices: { deviceFilter: conditions.devices.filter },
        insiderRiskLevels: "elevated",
        locations: { includeLocations: ["All"], excludeLocations: ["AllTrusted"] },
        platforms: { includePlatforms: ["all"], excludePlatforms: ["iOS", "android"] },
        servicePrincipalRiskLevels: ["high"],
        users: {
          excludeGuestsOrExternalUsers: {
            guestOrExternalUserTypes: "serviceProvider",
            externalTenants: null,
          },
          includeGuestsOrExternalUsers: {
            guestOrExternalUserTypes: "internalGuest,b2bCollaborationGuest",
            externalTenants: {
              "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
              membershipKind: "enumerated",
              members: [GROUP],
            },
          },
        },
      },
      grantControls: {
        authenticationStrength: { id: STRENGTH.split("/").at(-1) },
        termsOfUse: grantControls.termsOfUses,
      },
      sessionControls: {
        applicationEnforcedRestrictions: { isEnabled: true },
        cloudAppSecurity: { isEnabled: true, cloudAppSecurityType: "monitorOnly" },
        disableResilienceDefaults: true,
        persistentBrowser: { isEnabled: true, mode: "never" },
        signInFrequency: {
          isEnabled: true,
          type: "hours",
          value: sessionControls.signInFrequency,
          authenticationType: "secondaryAuthentication",
          frequencyInterval: "timeBased",
        },
      },
    });
  });

  it.each([mfa, full])("is left alone by a second run: $displayName", async (declared) => {
    const world = await startWorld();
    const resource = await made(world, declared);

    expect(await resource.up(declared)).toBe("same");
    expect(await resource.refresh()).toEqual(declared);
    expect(await resource.up(declared)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it.each([mfa, full])("can be imported as it was declared: $displayName", async (declared) => {
    const world = await startWorld();
    const { id } = await made(world, declared);
    const read = await new ManagedResource(world, conditionalAccessPolicy).read(id);
    // The interval that the service fills in by itself need not be declared.
    const sessionControls =
      "sessionControls" in declared
        ? { sessionControls: without(declared.sessionControls, "signInFrequencyInterval") }
        : {};
    expect(read).toEqual({ ...declared, ...sessionControls });
  });

  it("is switched on without repeating its conditions", async () => {
    const world = await startWorld();
    const resource = await made(world, { ...mfa, state: "disabled" });
    const before = (await live(world, resource.id)) as Record<string, unknown>;

    expect(await resource.up(mfa)).toBe("updated");

    expect(world.writes()).toEqual([`PATCH /v1.0${PATH}/:id`]);
    const { modifiedDateTime } = (await live(world, resource.id)) as Record<string, unknown>;
    expect(await live(world, resource.id)).toEqual({
      ...before,
      state: "enabled",
      modifiedDateTime,
    });
  });

  it("shows an exception that somebody made outside as drift, also where nobody declared any", async () => {
    const world = await startWorld();
    const resource = await made(world, mfa);
    const { conditions } = (await live(world, resource.id)) as {
      conditions: { users: Record<string, unknown> };
    };
    const users = { ...conditions.users, excludeGroups: [GROUP] };
    const body = { conditions: { ...conditions, users, insiderRiskLevels: "elevated" } };
    await world.emulator.graph("PATCH", resource.id, { body });
    await settle(world);

    expect(await resource.refresh()).toMatchObject({
      conditions: { users: { excludedGroups: [GROUP] }, insiderRiskLevels: "elevated" },
    });
    expect(await resource.up(mfa)).toBe("updated");
    expect(await live(world, resource.id)).toMatchObject({
      conditions: {
        insiderRiskLevels: null,
        users: { excludeGroups: [], excludeUsers: [BREAK_GLASS] },
      },
    });
  });

  it("loses parts that a declaration no longer has, and keeps what is not declared at all", async () => {
    const world = await startWorld();
    const resource = await made(world, full);
    const { conditions, grantControls } = full;
    const less = {
      ...full,
      conditions: without(without(conditions, "locations"), "insiderRiskLevels"),
      grantControls: without(grantControls, "authenticationStrengthPolicyId"),
    };
    expect(await resource.up(without(less, "sessionControls"))).toBe("updated");
    await settle(world);
    expect(await live(world, resource.id)).toMatchObject({
      conditions: { locations: null, insiderRiskLevels: null, platforms: {} },
      grantControls: { authenticationStrength: null, builtInControls: ["compliantDevice"] },
      sessionControls: { disableResilienceDefaults: true },
    });
  });

  it("can ask for a sign-in every time", async () => {
    const world = await startWorld();
    const declared = { ...mfa, sessionControls: { signInFrequencyInterval: "everyTime" } };
    const resource = await made(world, declared);
    expect(await live(world, resource.id)).toMatchObject({
      sessionControls: {
        signInFrequency: { isEnabled: true, frequencyInterval: "everyTime" },
        applicationEnforcedRestrictions: null,
        disableResilienceDefaults: null,
      },
    });
    expect(await resource.refresh()).toEqual(declared);
  });

  it("does not miss session controls without effect, which the service forgets", async () => {
    const world = await startWorld();
    const sessionControls = { applicationEnforcedRestrictionsEnabled: false };
    const resource = await made(world, { ...mfa, sessionControls });
    expect(await live(world, resource.id)).toMatchObject({ sessionControls: null });
    await resource.refresh();
    expect(await resource.up({ ...mfa, sessionControls })).toBe("same");
  });

  it("leaves controls alone that nobody declared", async () => {
    const world = await startWorld();
    const resource = await made(world, mfa);
    const body = { sessionControls: { persistentBrowser: { isEnabled: true, mode: "never" } } };
    await world.emulator.graph("PATCH", resource.id, { body });
    await settle(world);
    expect(await resource.refresh()).toEqual(mfa);
    await resource.up({ ...mfa, state: "disabled" });
    await settle(world);
    expect(await live(world, resource.id)).toMatchObject({ state: "disabled", ...body });
  });

  it("goes before the place that it refers to, and removing it twice is fine", async () => {
    const world = await startWorld();
    const place = new ManagedResource(world, namedLocation);
    await place.up({ displayName: "NL", country: { countriesAndRegions: ["NL"] } });
    await settle(world);
    const locations = {
      includedLocations: ["All"],
      excludedLocations: [place.outputs.objectId],
    };
    const resource = await made(world, { ...mfa, conditions: { ...mfa.conditions, locations } });
    await expect(place.down()).rejects.toMatchObject({ code: "bad-request" });

    await resource.down();
    await resource.down();
    await place.down();

    expect((await world.emulator.graph("GET", resource.id)).status).toBe(404);
    expect((await world.emulator.graph("GET", place.id)).status).toBe(404);
  });

  it("is recreated after somebody deleted it outside", async () => {
    const world = await startWorld();
    const resource = await made(world, mfa);
    await world.emulator.graph("DELETE", resource.id);
    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(mfa)).toBe("created");
  });

  it("is the same with zeros written down inside its parts or left out", async () => {
    const world = await startWorld();
    const zeros = {
      ...mfa,
      conditions: {
        ...mfa.conditions,
        signInRiskLevels: [],
        users: { ...mfa.conditions.users, excludedRoles: [] },
      },
      grantControls: { ...mfa.grantControls, termsOfUses: [] },
    };
    const resource = new ManagedResource(world, conditionalAccessPolicy);
    await resource.up(mfa);
    expect(await resource.up(zeros)).toBe("same");
    const other = new ManagedResource(world, conditionalAccessPolicy);
    await other.up({ ...zeros, displayName: "Zeros" });
    expect(await other.up({ ...mfa, displayName: "Zeros" })).toBe("same");
    const risky = { ...mfa.conditions, signInRiskLevels: ["high"] };
    expect(await resource.up({ ...mfa, conditions: risky })).toBe("updated");
  });

  it("is not taken for another one of the same content when answers are lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const made = Array.from(
      { length: 6 },
      () => new ManagedResource(world, conditionalAccessPolicy),
    );
    await Promise.all(made.map((one) => one.up(full)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(6);
  });

  it("is not made twice when the answer to its creation is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const names = ["A", "B", "C", "D", "E", "F"];
    await Promise.all(
      names.map((displayName) =>
        new ManagedResource(world, conditionalAccessPolicy).up({ ...full, displayName }),
      ),
    );
    await settle(world);
    const found = await world.service.graph.all<{ displayName: string }>(PATH);
    expect(found.map(({ displayName }) => displayName).sort()).toEqual(names);
  });

  it("says in the service's words that security defaults are in the way", async () => {
    const world = await startWorld();
    const path = "/policies/identitySecurityDefaultsEnforcementPolicy";
    await world.emulator.graph("PATCH", path, { body: { isEnabled: true } });
    await settle(world);
    const making = new ManagedResource(world, conditionalAccessPolicy).up(mfa);
    await expect(making).rejects.toMatchObject({
      code: "security-defaults-on",
      message: expect.stringContaining("Security Defaults is enabled") as string,
    });
  });
});
