/** What stops a rule for signing in before anything is written. */
import { expect, it } from "vitest";
import { expectRefused, planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const POLICIES = "/identity/conditionalAccess/policies";
const EMERGENCY = upnOf("Nood Account");

const file = (signInSecurity: Readonly<Record<string, unknown>>, group?: { readonly id: string }) =>
  aTenantFile({
    people: [{ name: "Nood Account" }],
    sections: {
      tenant: {
        ...{ id: TENANT_ID, displayName: "Example", initialDomain: "example.onmicrosoft.com" },
        ...{ domains: ["example.com"], language: "nl", country: "NL" },
        emergencyAccounts: [EMERGENCY],
      },
      subscriptions: [{ sku: "SPB", term: "monthly", count: 2 }],
      signInSecurity,
      ...(group && { unmanaged: { groups: [{ name: "buiten", id: group.id }] } }),
    },
  });

const everyone = { twoStepForEveryone: "reportOnly" };

it("is not written without a group that was excluded, and is once the group is back", async () => {
  const workspace = TestWorkspace.create({ example: file({ securityDefaults: "on" }) });
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  const group = await lookAt(
    workspace,
    TENANT_ID,
    ({ graph }) =>
      graph.api("/groups").post({
        ...{ displayName: "Buiten de regels", mailNickname: "buiten" },
        ...{ mailEnabled: false, securityEnabled: true },
      }) as Promise<{ id: string }>,
  );
  workspace.declare(file({ ...everyone, excludedGroups: ["buiten"] }, group));
  await planAndApprove(workspace);
  await lookAt(workspace, TENANT_ID, ({ graph }) => graph.api(`/groups/${group.id}`).delete());
  const { stdout } = await expectRefused(workspace, ["apply", "example"], {
    code: "exclusion-gone",
  });
  expect(stdout).toContain("Buiten de regels would not be excluded");

  await lookAt(workspace, TENANT_ID, ({ graph }) =>
    graph.api(`/directory/deletedItems/${group.id}/restore`).post({}),
  );
  await workspace.succeed(["apply", "example"]);
});

it("is not made a second time under another name, unless the file says so", async () => {
  const workspace = TestWorkspace.create({
    example: file({ securityDefaults: "off", twoStepForEveryone: "on" }),
  });
  const direct = await workspace.run(["plan", "example"]);
  expect(direct.stdout).toContain("not-counted-first");
  workspace.declare(file({}));
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  await lookAt(workspace, TENANT_ID, ({ graph }) =>
    graph.api(POLICIES).post({
      ...{ displayName: "MFA voor iedereen", state: "enabled" },
      conditions: {
        users: { includeUsers: ["All"] },
        ...{ applications: { includeApplications: ["All"] }, clientAppTypes: ["all"] },
      },
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
    }),
  );
  workspace.declare(file(everyone));
  await planAndApprove(workspace);
  const { stdout } = await expectRefused(workspace, ["apply", "example"], {
    code: "same-rule-exists",
  });
  expect(stdout).toContain("“MFA voor iedereen” does the same");

  workspace.declare(file({ ...everyone, alongside: ["MFA voor iedereen"] }));
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
});
