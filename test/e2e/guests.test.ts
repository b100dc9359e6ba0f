/** The life of a guest through the commands: invited once, in a group and on a site, changed by hand, undone, removed. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const ANNA = "Anna Bakker";
const TESS = "tess@softwarehuis.example";

const file = (more: Readonly<Record<string, unknown>>): string =>
  aTenantFile({ people: [{ name: ANNA }], sections: more });
const siteFor = (permissions: readonly unknown[]) => ({
  ...{ url: "/sites/project", title: "Project", owner: upnOf(ANNA), permissions },
});
const withTess = (guest: Readonly<Record<string, unknown>>): string =>
  file({
    guests: [{ email: TESS, displayName: "Tess Verbeek", sponsors: [upnOf(ANNA)], ...guest }],
    groups: [{ name: "project", displayName: "Project", type: "security", members: [TESS] }],
    sites: [siteFor([{ user: TESS, role: "read" }])],
  });

interface Listed {
  readonly value: readonly { readonly id: string; readonly displayName: string }[];
}

const guestsIn = (workspace: TestWorkspace): Promise<Listed["value"]> =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const users = graph.api("/users").filter("userType eq 'Guest'");
    return ((await users.select("id,displayName").get()) as Listed).value;
  });

it("is refused without a last day, applied, seen when changed by hand, put back and removed", async () => {
  const workspace = TestWorkspace.create({ example: withTess({}) });
  const refused = await workspace.run(["plan", "example"]);
  expect(refused.stdout).toContain(`The guest ${TESS} has no last day (until)`);

  workspace.declare(withTess({ until: "2027-06-30" }));
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  const [tess] = await guestsIn(workspace);
  const clean = await workspace.run(["status", "example", "--exit-code"]);
  expect(clean).toMatchObject({ exitCode: 0, json: { drift: [], individuals: [] } });

  await lookAt(workspace, TENANT_ID, async ({ graph }) => {
    await graph.api(`/users/${tess?.id ?? ""}`).patch({ displayName: "Somebody else" });
  });
  const { json } = await workspace.run(["status", "example"]);
  expect(json.drift).toMatchObject([
    { properties: [{ path: "displayName", after: "Somebody else" }] },
  ]);
  await workspace.succeed(["plan", "example", "--refresh"]);
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  expect(await guestsIn(workspace)).toEqual([{ id: tess?.id, displayName: "Tess Verbeek" }]);

  workspace.declare(
    file({
      guests: [],
      sites: [siteFor([])],
      groups: [{ name: "project", displayName: "Project", type: "security", members: [] }],
      remove: [{ guest: TESS, reason: "Project is over", data: "Nothing of hers is here" }],
    }),
  );
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect(await guestsIn(workspace)).toEqual([]);
});
