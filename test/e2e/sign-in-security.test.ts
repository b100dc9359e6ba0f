/** Rules for signing in through the commands: counted first, then on. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const POLICIES = "/identity/conditionalAccess/policies";
const DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy";
const EMERGENCY = upnOf("Nood Account");

const file = (signInSecurity: Readonly<Record<string, unknown>> | undefined): string =>
  aTenantFile({
    people: [{ name: "Anna Bakker" }, { name: "Nood Account" }],
    sections: {
      tenant: {
        ...{ id: TENANT_ID, displayName: "Example", initialDomain: "example.onmicrosoft.com" },
        ...{ domains: ["example.com"], language: "nl", country: "NL" },
        emergencyAccounts: [EMERGENCY],
      },
      subscriptions: [{ sku: "SPB", term: "monthly", count: 2 }],
      ...(signInSecurity && { signInSecurity }),
    },
  });

const COUNTRIES = { countries: ["NL", "BE"], unknownAddresses: "blocked" };
const allAt = (stage: string) => ({
  twoStepForEveryone: stage,
  phishingResistantAdministrators: stage,
  blockLegacySignIn: stage,
  trustedCountries: { stage, ...COUNTRIES },
});

interface Policy {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly conditions: { readonly users: { readonly excludeUsers: readonly string[] } };
}

const look = (workspace: TestWorkspace) =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const { value } = (await graph.api(POLICIES).get()) as { value: Policy[] };
    const { isEnabled } = (await graph.api(DEFAULTS).get()) as { isEnabled: boolean };
    const { id } = (await graph.api(`/users/${EMERGENCY}`).get()) as { id: string };
    return { policies: value, isEnabled, emergencyId: id };
  });

const apply = async (workspace: TestWorkspace, text: string): Promise<void> => {
  workspace.declare(text);
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
};

it("goes from nothing to on by way of being counted, in place of security defaults", async () => {
  const workspace = TestWorkspace.create({ example: file({ securityDefaults: "on" }) });
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect(await look(workspace)).toMatchObject({ policies: [], isEnabled: true });

  workspace.declare(file({ securityDefaults: "off", ...allAt("on") }));
  expect((await workspace.run(["plan", "example"])).stdout).toContain("not-counted-first");

  workspace.declare(file({ securityDefaults: "on", ...allAt("reportOnly") }));
  const looked = await workspace.run(["plan", "example", "--refresh"]);
  expect(looked.stdout).toContain("stops-with-legacy-sign-in");
  expect(looked.stdout).not.toContain("is niet te zien");
  await apply(workspace, file({ securityDefaults: "on", ...allAt("reportOnly") }));
  const counted = await look(workspace);
  expect(counted.policies.map(({ state }) => state)).toEqual(
    Array.from({ length: 4 }, () => "enabledForReportingButNotEnforced"),
  );
  for (const { conditions } of counted.policies) {
    expect(conditions.users.excludeUsers).toEqual([counted.emergencyId]);
  }

  await apply(workspace, file({ securityDefaults: "off", ...allAt("on") }));
  const inForce = await look(workspace);
  expect(inForce.isEnabled).toBe(false);
  expect(inForce.policies.every(({ state }) => state === "enabled")).toBe(true);
  expect((await workspace.run(["status", "example"])).exitCode).toBe(0);
});
