/** What a site may hold, with whom it is shared, and a library that is closed to it, through the commands. */
import { beforeAll, describe, expect, it } from "vitest";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { TENANT_ID, TestWorkspace, aTenantFile, upnOf } from "./support/workspace.ts";

const ANNA = upnOf("Anna Bakker");
const BRAM = upnOf("Bram Visser");
const SETTINGS = "/admin/sharepoint/settings";

interface Declared {
  readonly tenant?: Readonly<Record<string, unknown>>;
  readonly site?: Readonly<Record<string, unknown>>;
}

const identity = {
  ...{ id: TENANT_ID, displayName: "Example Accountants" },
  ...{ initialDomain: "example.onmicrosoft.com", domains: ["example.com"] },
  ...{ language: "nl", country: "NL" },
};

const fileWith = ({ tenant, site }: Declared = {}): string =>
  aTenantFile({
    sections: {
      tenant: { ...identity, ...tenant },
      sites: [
        {
          ...{ url: "/sites/finance", title: "Finance", owner: ANNA, permissions: [] },
          libraries: [{ name: "Board", permissions: [{ user: BRAM, role: "edit" }] }],
          ...site,
        },
      ],
    },
  });

const setTenant = (workspace: TestWorkspace, settings: object): Promise<unknown> =>
  lookAt(workspace, TENANT_ID, ({ graph }) => graph.api(SETTINGS).patch(settings));

const readTenant = ({ graph }: SeenService): Promise<unknown> => graph.api(SETTINGS).get();

const carryOut = async (workspace: TestWorkspace): Promise<void> => {
  for (const command of ["approve", "apply"]) await workspace.succeed([command, "example"]);
};

let made: TestWorkspace;

beforeAll(async () => {
  made = TestWorkspace.create({ example: fileWith() });
  await made.succeed(["plan", "example"]);
  await carryOut(made);
});

describe("a library with permissions of its own", () => {
  it("is closed to the site, and nothing of it differs afterwards", async () => {
    const workspace = made.copy();
    const { json } = await workspace.run(["status", "example"]);
    expect(json).toMatchObject({ drift: [], individuals: [] });
    const open = await lookAt(workspace, TENANT_ID, ({ sharePoint }) =>
      sharePoint(
        "https://example.sharepoint.com/sites/finance",
        "/_api/web/lists/getbytitle('Board')/roleassignments?$expand=Member",
      ),
    );
    expect(JSON.stringify(open)).toContain(BRAM);
    expect((open.value as unknown[]).length).toBe(1);
  });

  it("stays as it is when the file no longer has it, and the page says so", async () => {
    const workspace = made.copy();
    workspace.declare(fileWith({ site: { libraries: [] } }));
    const { stdout } = await workspace.text(["plan", "example"]);
    expect(stdout).toContain("Board blijft bestaan, maar wordt hier niet langer beheerd");
    await carryOut(workspace);
    const { json } = await workspace.run(["status", "example"]);
    // Now nobody says it of Bram any more.
    expect(json.individuals).toEqual([
      {
        ...{ url: "https://example.sharepoint.com/sites/finance", library: "Board" },
        ...{ userPrincipalName: BRAM, role: "edit" },
      },
    ]);
  });
});

describe("the sharing of a site", () => {
  it("is refused above the tenant's own level", async () => {
    const workspace = made.copy();
    await setTenant(workspace, { sharingCapability: "disabled" });
    const site = { sharingCapability: "ExternalUserSharingOnly" };
    workspace.declare(fileWith({ site }));
    const refused = await workspace.run(["plan", "example", "--refresh"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "sharing-above-tenant" });
    workspace.declare(fileWith({ site, tenant: site }));
    await workspace.succeed(["plan", "example", "--refresh"]);
    await carryOut(workspace);
    const found = await lookAt(workspace, TENANT_ID, readTenant);
    expect(found).toMatchObject({ sharingCapability: "externalUserSharingOnly" });
  });

  it("of the tenant is found when it was raised by hand, in words", async () => {
    const workspace = made.copy();
    workspace.declare(fileWith({ tenant: { sharingCapability: "Disabled" } }));
    // Nobody looked yet at what it was.
    await workspace.succeed(["plan", "example"]);
    await workspace.succeed(["approve", "example"]);
    expect(await workspace.run(["apply", "example"])).toMatchObject({ refusal: "base-moved" });
    await workspace.succeed(["plan", "example", "--refresh"]);
    await carryOut(workspace);
    await setTenant(workspace, { sharingCapability: "externalUserAndGuestSharing" });
    const { stdout } = await workspace.text(["status", "example"]);
    expect(stdout).toContain("anyone with a link");
    await workspace.succeed(["plan", "example", "--refresh"]);
    await carryOut(workspace);
    const found = await lookAt(workspace, TENANT_ID, readTenant);
    expect(found).toMatchObject({ sharingCapability: "disabled" });
  });
});

describe("the storage of a site", () => {
  it("is refused while SharePoint divides it", async () => {
    const workspace = made.copy();
    const site = { storageQuota: 10_240 };
    workspace.declare(fileWith({ site }));
    const refused = await workspace.run(["plan", "example", "--refresh"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "storage-automatic" });
    workspace.declare(fileWith({ site, tenant: { isSitesStorageLimitAutomatic: false } }));
    const { stdout } = await workspace.text(["plan", "example", "--refresh"]);
    expect(stdout).toMatch(/10 GB .* together; the tenant has 1 TB|10 GB aan opslag .* heeft/);
    await carryOut(workspace);
    const { json } = await workspace.run(["status", "example"]);
    expect(json.drift).toEqual([]);
  });
});
