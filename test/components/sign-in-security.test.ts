import { expect, it } from "vitest";
import { PeopleSection } from "../../components/people.ts";
import { SignInSecuritySection } from "../../components/sign-in-security.ts";
import type { SignInSecurityArgs } from "../../components/sign-in-security.ts";
import { declaredIn, named, objectIdOf } from "./support/declared.ts";

const EMERGENCY = "nood@contoso.com";
const PARTNER = "99999999-2222-4333-8444-555555555555";

const COUNTRIES: SignInSecurityArgs["declared"]["trustedCountries"] = {
  stage: "reportOnly",
  countries: ["NL", "BE"],
  unknownAddresses: "blocked",
  exceptions: [{ user: "anna@contoso.com", until: "2027-01-10", reason: "Travels" }],
};

const declare = (
  declared: SignInSecurityArgs["declared"],
  more: Partial<SignInSecurityArgs> = {},
) =>
  declaredIn((context) => {
    const people = new PeopleSection(
      context,
      {
        people: [
          { userPrincipalName: "anna@contoso.com", displayName: "Anna" },
          { userPrincipalName: EMERGENCY, displayName: "Nood" },
        ],
        initialPassword: () => "x",
      },
      [],
    );
    const groups = new Map([["field", "id of Field"]]);
    new SignInSecuritySection(
      { ...context, unmanaged: { users: new Map(), groups } },
      {
        ...{ declared, language: "en", emergencyAccounts: [EMERGENCY], people },
        ...{ groups: new Map(), partnerTenantId: undefined, isSynchronized: false },
        ...more,
      },
      [],
    );
  });

it("exclude emergency accounts and the excluded groups from every rule, travellers from the countries only", async () => {
  const declared = await declare({
    twoStepForEveryone: "on",
    phishingResistantAdministrators: "reportOnly",
    blockLegacySignIn: "reportOnly",
    trustedCountries: COUNTRIES,
    excludedGroups: ["field"],
  });
  const rules = declared.filter(({ type }) => type.includes("conditionalAccessPolicy"));
  expect(rules).toHaveLength(4);
  for (const { name, inputs, dependsOn } of rules) {
    const isAbroad = name === "trustedCountries";
    expect(inputs.conditions).toMatchObject({
      users: {
        excludedUsers: [EMERGENCY, ...(isAbroad ? ["anna@contoso.com"] : [])].map(objectIdOf),
        excludedGroups: ["id of Field"],
      },
    });
    expect(dependsOn).toContain(EMERGENCY);
  }
});

it("are on or only count, for administrators by their roles, from the countries that are trusted", async () => {
  const declared = await declare({
    twoStepForEveryone: "on",
    phishingResistantAdministrators: "reportOnly",
    trustedCountries: COUNTRIES,
  });
  const rule = (name: string) =>
    declared.find((one) => one.name === name && one.type.includes("Policy"))?.inputs;
  expect(rule("twoStepForEveryone")).toMatchObject({
    displayName: "Two-step verification for everyone",
    state: "enabled",
    conditions: { users: { includedUsers: ["All"] } },
    grantControls: { builtInControls: ["mfa"] },
  });
  const administrators = rule("phishingResistantAdministrators");
  expect(administrators).toMatchObject({ state: "enabledForReportingButNotEnforced" });
  expect(JSON.stringify(administrators)).toContain("62e90394-69f5-4237-9190-012177145e10");
  expect(rule("trustedCountries")).toMatchObject({
    conditions: {
      locations: {
        includedLocations: ["All"],
        excludedLocations: [objectIdOf("trustedCountries")],
      },
    },
  });
  const location = declared.find(({ type }) => type.includes("namedLocation"));
  expect(location?.inputs).toMatchObject({
    country: { countriesAndRegions: ["NL", "BE"], includeUnknownCountriesAndRegions: false },
  });
});

it("leave the partner's staff and the directory's own synchronisation out where they are known", async () => {
  const declared = await declare(
    { blockLegacySignIn: "reportOnly" },
    { partnerTenantId: PARTNER, isSynchronized: true },
  );
  expect(named(declared, "blockLegacySignIn").inputs.conditions).toMatchObject({
    users: {
      excludedRoles: ["d29b2b05-8046-44ba-8758-1e26182fcf32"],
      excludedGuestsOrExternalUsers: [
        {
          guestOrExternalUserTypes: ["serviceProvider"],
          externalTenants: [{ membershipKind: "enumerated", members: [PARTNER] }],
        },
      ],
    },
  });
});

it("follow two steps for everyone, and security defaults go off after all of them", async () => {
  const declared = await declare({
    securityDefaults: "off",
    twoStepForEveryone: "on",
    blockLegacySignIn: "on",
  });
  expect(named(declared, "blockLegacySignIn").dependsOn).toContain("twoStepForEveryone");
  const { inputs, dependsOn } = named(declared, "securityDefaults");
  expect(inputs).toEqual({ isEnabled: false, replacedBy: [objectIdOf("twoStepForEveryone")] });
  expect(dependsOn).toEqual(expect.arrayContaining(["twoStepForEveryone", "blockLegacySignIn"]));
});
