/** Of sites in a whole take-over see test/engine/take-over.test.ts. */
import { expect, it } from "vitest";
import { readSites } from "../../../provider/sharepoint/site-inventory.ts";
import { CLIENT_ID, contoso } from "../../emulator/support/emulator.ts";
import { certificateCredential } from "../support/certificate.ts";
import { startSharePointWorld } from "../support/sharepoint-world.ts";
import { makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const EXPECTED = { initialDomain: "contoso.onmicrosoft.com" };

async function worldGranted(roles: readonly string[]): Promise<World> {
  const { credential, certificatePem } = await certificateCredential();
  const world = await startWorld({ credential });
  world.emulator.addTenant({
    ...contoso,
    applications: [{ clientId: CLIENT_ID, certificatePem, roles }],
  });
  return world;
}

it("lists the root site of an empty tenant, which has no address of its own", async () => {
  const { context } = await startSharePointWorld();
  expect(await readSites(context, EXPECTED)).toEqual({
    found: [
      { url: "https://contoso.sharepoint.com", title: "Communication site", kind: "elsewhere" },
    ],
  });
});

it.each([
  ["Sites.Read.All of Microsoft Graph", ["Sites.FullControl.All"]],
  ["Sites.FullControl.All of SharePoint", ["Sites.Read.All"]],
])("asks for nothing without %s, and says so", async (missing, roles) => {
  const world = await worldGranted(roles);
  const asked = world.emulator.requestLog.entries().length;
  const [permission] = missing.split(" ");
  const reason = `the application was not granted ${missing}`;
  expect(await readSites(world.context, EXPECTED)).toEqual({ reason, needs: { permission } });
  const sent = world.emulator.requestLog.entries().slice(asked);
  expect(sent.filter(({ workload }) => workload !== "sign-in")).toEqual([]);
});

it("says that SharePoint takes no secret", async () => {
  const world = await startWorld();
  const { context } = world;
  await makePeople(world, ["Anna"]);
  const site = { webUrl: "https://contoso.sharepoint.com/sites/finance", name: "Finance" };
  await context.service.graph.post(
    "/sites",
    { ...site, template: "sts", ownerIdentityToResolve: { email: "anna@contoso.com" } },
    { version: "beta", find: async () => undefined, settleMs: 0 },
  );
  await settle(world);
  expect(await readSites(context, EXPECTED)).toMatchObject({
    reason: expect.stringContaining("only with a certificate") as string,
  });
});

it("says which sites are open to everybody, by themselves or in a group of SharePoint's own", async () => {
  const world = await startSharePointWorld();
  const { context } = world;
  await makePeople(world, ["Anna"]);
  const host = "contoso.sharepoint.com";
  for (const name of ["closed", "direct", "grouped"]) {
    await context.service.graph.post(
      "/sites",
      {
        ...{ webUrl: `https://${host}/sites/${name}`, name, template: "sts" },
        ownerIdentityToResolve: { email: "anna@contoso.com" },
      },
      { version: "beta", find: async () => undefined, settleMs: 0 },
    );
  }
  await settle(world);
  const sharePoint = context.service.sharePoint(host);
  const post = (path: string, body: object = {}) =>
    sharePoint.post<{ Id: number }>(path, body, { idempotent: true });
  const logonName = "c:0-.f|rolemanager|spo-grid-all-users";
  const { Id: everyone } = await post("/sites/direct/_api/web/ensureuser", { logonName });
  const read = await sharePoint.all<{ Id: number; RoleTypeKind: number }>(
    "/sites/direct/_api/web/roledefinitions?$select=Id,RoleTypeKind",
  );
  const role = read.find(({ RoleTypeKind }) => RoleTypeKind === 2)?.Id ?? 0;
  const given = (id: number): string => `(principalid=${id},roledefid=${role})`;
  await post(`/sites/direct/_api/web/roleassignments/addroleassignment${given(everyone)}`);
  const { Id: group } = await post("/sites/grouped/_api/web/sitegroups", { Title: "Lezers" });
  await post(`/sites/grouped/_api/web/roleassignments/addroleassignment${given(group)}`);
  await post("/sites/grouped/_api/web/ensureuser", { logonName });
  await post(`/sites/grouped/_api/web/sitegroups(${group})/users`, { LoginName: logonName });
  const found = await readSites(context, EXPECTED);
  if (!("found" in found)) throw new Error(found.reason);
  const open = found.found.map(({ url, access }) => [
    url.split("/").at(-1),
    access?.isOpenToEveryone,
  ]);
  expect(Object.fromEntries(open)).toMatchObject({ closed: false, direct: true, grouped: true });
});
