/** Zones at both hosts: what stands in them for Microsoft 365 is taken over, and nothing else is. */
import { describe, expect, it } from "vitest";
import { draftTenant, withZones } from "../../components/index.ts";
import { cloudflareToken } from "../../emulator/index.ts";
import { recordSet } from "../../provider/dns/record-set.ts";
import { readZones } from "../../provider/dns/zone-inventory.ts";
import { takeInventory } from "../../provider/inventory.ts";
import { create } from "../../provider/kit/lifecycle.ts";
import type { Connection } from "../../provider/kit/connection.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import { contoso, TENANT_ID } from "../emulator/support/emulator.ts";
import { settle, startWorld } from "../provider/support/world.ts";
import type { World } from "../provider/support/world.ts";
import { takenOver, tenantIn } from "./support/taken-over.ts";

const ZONE = "contoso.com";
const CLOUDFLARE = "023e105f4ecef8ad9ca31a8372d0c353";
const AZURE =
  "/subscriptions/11111111-2222-4333-8444-000000000001/resourceGroups/web/providers/Microsoft.Network/dnsZones/contoso.com";
const EXPECTED = { tenantId: TENANT_ID, initialDomain: "contoso.onmicrosoft.com" };
const PROVIDER = { name: "Voorbeeld Beheer", domains: ["beheer.example"] };

interface Place {
  host: "cloudflare" | "azure";
  zoneId: string;
}

const AT_AZURE: Place = { host: "azure", zoneId: AZURE.toLowerCase() };
const PLACES: readonly Place[] = [{ host: "cloudflare", zoneId: CLOUDFLARE }, AT_AZURE];

const add = async (
  { context }: World,
  place: Place,
  more: { name: string; type: "CNAME" | "TXT"; values?: string[]; spf?: string[] },
): Promise<void> => {
  await create(recordSet, context, { inputs: { zone: ZONE, ...place, ...more } });
};

async function drafted(connection: Connection): Promise<{ text: string; taken: string[] }> {
  const inventory = await takeInventory(connection, EXPECTED);
  const { draft, remarks } = withZones(
    draftTenant(inventory, PROVIDER),
    await readZones(connection, inventory.tenant.domains),
  );
  const text = tenantFileText(draft, remarks);
  const taken = await takenOver(tenantIn(text), { inventory, connection });
  return { text, taken: taken.filter((type) => type === recordSet.token) };
}

/** The section, with the remarks above it. */
const zonesIn = (text: string): string =>
  /(?:^#.*\n)*^dnsZones:\n(?:^ .*\n)*/m.exec(text)?.[0] ?? "";

describe.each(PLACES)("a zone at $host", (place) => {
  it("comes with the records that Microsoft asks for, and names those that are missing", async () => {
    const world = await startWorld();
    world.emulator.addTenant({
      ...contoso,
      dnsZones: [{ zone: ZONE, [place.host]: place.zoneId }],
    });
    await settle(world);
    await add(world, place, {
      ...{ name: "autodiscover.contoso.com", type: "CNAME" },
      values: ["autodiscover.outlook.com"],
    });
    await add(world, place, {
      ...{ name: "enterpriseregistration.contoso.com", type: "CNAME" },
      values: ["old.example"],
    });
    await add(world, place, {
      ...{ name: ZONE, type: "TXT", values: ["owner=of-this-domain"] },
      spf: ["include:newsletter.example", "include:spf.protection.outlook.com"],
    });
    await add(world, place, { name: "news.contoso.com", type: "CNAME", values: ["news.example"] });
    const connection = { service: world.service, backupCredentials: undefined, cloudflareToken };
    const { text, taken } = await drafted(connection);
    expect(zonesIn(text)).toBe(`dnsZones:
  # Not in it as Microsoft asks for it (see tenantry dns): CNAME enterpriseenrollment.contoso.com, CNAME enterpriseregistration.contoso.com, CNAME selector1._domainkey.contoso.com, CNAME selector2._domainkey.contoso.com.
  - zone: contoso.com
    ${place.host}: ${place.zoneId}
    records:
      - name: autodiscover.contoso.com
        type: CNAME
        values:
          - autodiscover.outlook.com
      - name: contoso.com
        type: TXT
        spf:
          - include:spf.protection.outlook.com
`);
    expect(taken).toHaveLength(2);
    expect(text).not.toContain("no zone of");
  });
});

it("of two zones of one name, the one with the records of today is taken", async () => {
  const world = await startWorld();
  const [cloudflare, azure] = [CLOUDFLARE, AZURE];
  world.emulator.addTenant({ ...contoso, dnsZones: [{ zone: ZONE, cloudflare, azure }] });
  await settle(world);
  await add(world, AT_AZURE, {
    name: ZONE,
    type: "TXT",
    spf: ["include:spf.protection.outlook.com"],
  });
  const connection = { service: world.service, backupCredentials: undefined, cloudflareToken };
  const { zones } = await readZones(connection, [ZONE]);
  expect(zones).toMatchObject([{ host: "azure", records: [{ name: ZONE }] }]);
});

it("a domain whose zone is nowhere to be found is left, and the file says who was not asked", async () => {
  const world = await startWorld();
  const { text, taken } = await drafted({ service: world.service, backupCredentials: undefined });
  expect(text)
    .toContain(`# dnsZones: no zone of contoso.com that we may read at Cloudflare or in Azure.
# Nobody looked at Cloudflare: No API token is configured for Cloudflare.
`);
  expect(taken).toEqual([]);
});
