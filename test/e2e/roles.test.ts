/** Administrator roles through the commands: given, taken by hand, put back, given over, never to nobody. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const GLOBAL = "62e90394-69f5-4237-9190-012177145e10";
const USERS = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const ASSIGNMENTS = "/roleManagement/directory/roleAssignments";
const [ANNA, BOB, EMERGENCY] = ["Anna Bakker", "Bob Smit", "Nood Account"].map(upnOf);

const file = (roles: readonly unknown[] | undefined): string =>
  aTenantFile({
    people: [{ name: "Anna Bakker" }, { name: "Bob Smit" }, { name: "Nood Account" }],
    sections: {
      tenant: {
        ...{ id: TENANT_ID, displayName: "Example", initialDomain: "example.onmicrosoft.com" },
        ...{ domains: ["example.com"], language: "en", country: "NL" },
        emergencyAccounts: [EMERGENCY],
      },
      ...(roles && { roles }),
    },
  });
const role = (name: string, ...users: readonly (string | undefined)[]) => ({
  role: name,
  users: users.map((user) => ({ user })),
});
const global = (...users: readonly (string | undefined)[]) =>
  role("Global Administrator", ...users);

/** User principal names of those who have the role. */
const holdersOf = (workspace: TestWorkspace, roleId: string) =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const filter = `roleDefinitionId eq '${roleId}'`;
    const { value } = (await graph.api(ASSIGNMENTS).filter(filter).get()) as {
      value: { id: string; principalId: string }[];
    };
    const people = await Promise.all(
      value.map(async ({ id, principalId }) => {
        const user = (await graph.api(`/users/${principalId}`).get()) as {
          userPrincipalName: string;
        };
        return { id, name: user.userPrincipalName };
      }),
    );
    return people.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  });
const namesOf = async (workspace: TestWorkspace, roleId: string) =>
  (await holdersOf(workspace, roleId)).map(({ name }) => name);

it("keeps what an emergency account has, and gives, puts back and takes what others have", async () => {
  const agreed = { user: BOB, reason: "New colleagues", until: "2027-06-30" };
  const first = file([global(EMERGENCY, ANNA), { role: "User Administrator", users: [agreed] }]);
  const workspace = TestWorkspace.create({ example: first });
  await planAndApprove(workspace);
  const page = await workspace.succeed(["show", "example"]);
  expect(page.stdout).toContain(
    `${BOB} becomes User Administrator and can reach accounts or data of others; agreed until 30 June 2027 (New colleagues)`,
  );
  expect(page.stdout).toContain("Global Administrator is seldom needed");
  expect(page.stdout).toContain(`Anna Bakker (${ANNA}) gets the administrator role`);
  await workspace.succeed(["apply", "example"]);
  expect(await namesOf(workspace, GLOBAL)).toEqual([ANNA, EMERGENCY]);
  expect(await namesOf(workspace, USERS)).toEqual([BOB]);
  expect((await workspace.run(["status", "example", "--exit-code"])).exitCode).toBe(0);

  const [given] = await holdersOf(workspace, USERS);
  await lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const { id } = (await graph.api(`/users/${BOB ?? ""}`).get()) as { id: string };
    await graph.api(`${ASSIGNMENTS}/${given?.id ?? ""}`).delete();
    await graph
      .api(ASSIGNMENTS)
      .post({ principalId: id, roleDefinitionId: GLOBAL, directoryScopeId: "/" });
  });
  const { json } = await workspace.run(["status", "example"]);
  expect(json.drift).toMatchObject([{ name: `${BOB ?? ""} (User Administrator)` }]);
  expect(json.risks).toMatchObject({ globalAdministrators: [BOB] });
  await workspace.succeed(["plan", "example", "--refresh"]);
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  expect(await namesOf(workspace, USERS)).toEqual([BOB]);

  // What somebody has already is managed from then on, without another write.
  workspace.declare(file([global(EMERGENCY, BOB)]));
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect(await namesOf(workspace, GLOBAL)).toEqual([BOB, EMERGENCY]);
  expect(await namesOf(workspace, USERS)).toEqual([]);

  workspace.declare(file([global(BOB)]));
  expect((await workspace.run(["plan", "example"])).stdout).toContain("emergency-role-removed");
  workspace.declare(file([]));
  expect((await workspace.run(["plan", "example"])).stdout).toContain(
    "last-global-administrator-removed",
  );
  workspace.declare(file(undefined));
  expect((await workspace.run(["plan", "example"])).stdout).toContain("left-out");
});
