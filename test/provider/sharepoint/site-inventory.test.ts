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
