import { describe, expect, it } from "vitest";
import { cloudflareToken } from "../../../emulator/index.ts";
import { recordSet } from "../../../provider/dns/record-set.ts";
import { contoso } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { startWorld } from "../support/world.ts";
import type { World, WorldOptions } from "../support/world.ts";

const ZONE = "contoso.com";
const CLOUDFLARE = "023e105f4ecef8ad9ca31a8372d0c353";
const AZURE =
  "/subscriptions/11111111-2222-4333-8444-000000000001/resourceGroups/web/providers/Microsoft.Network/dnsZones/contoso.com";

/** What the customer has: a website, a newsletter, mail elsewhere, a proof of ownership. */
const THEIRS = [
  ["contoso.com", "A", "192.0.2.10"],
  ["www.contoso.com", "CNAME", "contoso.com"],
  ["contoso.com", "MX", "10 mail.oldhost.example"],
  ["news.contoso.com", "CNAME", "newsletter.example"],
  ["contoso.com", "TXT", "v=spf1 include:newsletter.example ~all"],
  ["contoso.com", "TXT", "owner=of-this-domain"],
  ["_acme-challenge.contoso.com", "TXT", "not ours"],
] as const;

const HOLDERS: Record<string, string> = { A: "ARecords", MX: "MXRecords", TXT: "TXTRecords" };

/** The zone as its owner works with it: by the host's own requests. */
interface Zone {
  add(name: string, type: string, value: string): Promise<void>;
  /** `type name value` of everything in the zone, as the host has it. */
  all(): Promise<string[]>;
}

function cloudflareZone({ emulator }: World): Zone {
  const at = `${emulator.endpoints.cloudflare}/zones/${CLOUDFLARE}/dns_records`;
  const headers = {
    authorization: `Bearer ${cloudflareToken}`,
    "content-type": "application/json",
  };
  return {
    add: async (name, type, value) => {
      const [priority, host] = value.split(" ");
      const content = type === "TXT" ? `"${value}"` : type === "MX" ? host : value;
      const body = JSON.stringify({ name, type, content, ttl: 300, priority });
      const answer = await emulator.fetch(at, { method: "POST", headers, body });
      expect(answer.status).toBe(200);
    },
    all: async () => {
      const { result } = (await (await emulator.fetch(at, { headers })).json()) as {
        result: Record<string, string | number>[];
      };
      return result
        .map(({ type, name, content, ttl }) => `${type} ${name} ${content} ${ttl}`)
        .sort();
    },
  };
}

async function azureZone({ emulator }: World): Promise<Zone> {
  const token = await emulator.token({ scope: "https://management.azure.com/.default" });
  const at = `${emulator.endpoints.azure}${AZURE}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const label = (name: string): string => (name === ZONE ? "@" : name.slice(0, -ZONE.length - 1));
  return {
    add: async (name, type, value) => {
      const path = `${at}/${type}/${encodeURIComponent(label(name))}?api-version=2018-05-01`;
      const there = await emulator.fetch(path, { headers });
      const { properties } = (await there.json()) as { properties?: Record<string, unknown[]> };
      const holder = HOLDERS[type] ?? "";
      const one = { A: { ipv4Address: value }, MX: { exchange: value }, TXT: { value: [value] } };
      const records =
        type === "CNAME"
          ? { CNAMERecord: { cname: value } }
          : { [holder]: [...(properties?.[holder] ?? []), one[type as keyof typeof one]] };
      const body = JSON.stringify({
        properties: { TTL: 300, metadata: { by: "them" }, ...records },
      });
      expect((await emulator.fetch(path, { method: "PUT", headers, body })).ok).toBe(true);
    },
    all: async () => {
      const found: string[] = [];
      for (let next = `${at}/recordsets?api-version=2018-05-01&$top=2`; next !== "";) {
        const page = (await (await emulator.fetch(next, { headers })).json()) as {
          value: { name: string; type: string; properties: Record<string, unknown> }[];
          nextLink?: string;
        };
        for (const { name, type, properties } of page.value) {
          found.push(`${type} ${name} ${JSON.stringify(properties)}`);
        }
        next = page.nextLink ?? "";
      }
      return found.sort();
    },
  };
}

const HOSTS = {
  cloudflare: {
    zoneId: CLOUDFLARE,
    open: (world: World) => Promise.resolve(cloudflareZone(world)),
  },
  azure: { zoneId: AZURE, open: azureZone },
};

describe.each(["cloudflare", "azure"] as const)("records at %s", (host) => {
  const { zoneId, open } = HOSTS[host];
  const base = { zone: ZONE, host, zoneId };
  const autodiscover = {
    ...{ ...base, name: "autodiscover.contoso.com", type: "CNAME" },
    values: ["autodiscover.outlook.com"],
  };
  const texts = {
    ...{ ...base, name: ZONE, type: "TXT" },
    ...{ values: ["MS=ms1234"], spf: ["include:spf.protection.outlook.com"] },
  };

  const start = async (
    options: WorldOptions = {},
  ): Promise<{ world: World; zone: Zone; before: string[] }> => {
    const world = await startWorld(options);
    world.emulator.addTenant({
      ...contoso,
      dnsZones: [{ zone: ZONE, cloudflare: CLOUDFLARE, azure: AZURE }],
    });
    const zone = await open(world);
    for (const [name, type, value] of THEIRS) await zone.add(name, type, value);
    world.writes();
    return { world, zone, before: await zone.all() };
  };

  it("leave a zone with a website and a newsletter as it was, through their whole life", async () => {
    const { world, zone, before } = await start();
    const [alias, root] = [
      new ManagedResource(world, recordSet),
      new ManagedResource(world, recordSet),
    ];
    expect(await alias.up(autodiscover)).toBe("created");
    expect(await root.up(texts)).toBe("created");
    const applied = await zone.all();
    const theirs = before.filter((line) => !/TXT (?:@|contoso\.com)/.test(line));
    expect(applied).toEqual(expect.arrayContaining(theirs));
    expect(applied.join()).toContain(
      "v=spf1 include:newsletter.example include:spf.protection.outlook.com ~all",
    );
    expect(applied.join()).toContain("owner=of-this-domain");
    world.writes();
    // A second look finds nothing to do, also where others stand beside ours.
    expect(await root.refresh()).toEqual(texts);
    expect(await root.up(texts)).toBe("same");
    expect(world.writes()).toEqual([]);

    expect(await root.up({ ...texts, values: ["MS=ms5678"] })).toBe("updated");
    const changed = (await zone.all()).join();
    expect(changed).toContain("MS=ms5678");
    expect(changed).not.toContain("MS=ms1234");
    expect(changed).toContain("owner=of-this-domain");

    await root.down();
    await alias.down();
    expect(await zone.all()).toEqual(before);
    await root.down();
    expect(await zone.all()).toEqual(before);
  });

  it("are drift when somebody changes them, and come back without touching what else came", async () => {
    const { world, zone } = await start();
    const root = new ManagedResource(world, recordSet);
    await root.up(texts);
    await zone.add(ZONE, "TXT", "added-meanwhile");
    expect(await root.refresh()).toEqual(texts);
    // Somebody writes another record in the place of the one with ours.
    const by = world.another();
    const other = new ManagedResource(by, recordSet, root.state);
    await other.down();
    expect(await root.refresh()).toBeUndefined();
    expect(await root.up(texts)).toBe("created");
    const found = (await zone.all()).join();
    for (const text of ["added-meanwhile", "owner=of-this-domain", "MS=ms1234", "outlook.com ~all"])
      expect(found).toContain(text);
  });

  it("that stand alone are put back when they were changed, and never replace what was there first", async () => {
    const { world, zone, before } = await start();
    const news = new ManagedResource(world, recordSet);
    await expect(news.up({ ...autodiscover, name: "news.contoso.com" })).rejects.toMatchObject({
      code: "dns-name-in-use",
      message: expect.stringContaining("newsletter.example") as string,
    });
    const site = new ManagedResource(world, recordSet);
    // An address stands where a CNAME would have to stand alone.
    await expect(site.up({ ...autodiscover, name: ZONE })).rejects.toMatchObject({
      code: "dns-name-in-use",
    });
    expect(await zone.all()).toEqual(before);

    const alias = new ManagedResource(world, recordSet);
    await alias.up(autodiscover);
    const hand = new ManagedResource(world, recordSet, alias.state);
    await hand.up({ ...autodiscover, values: ["elsewhere.example"] });
    expect(await alias.refresh()).toMatchObject({ values: ["elsewhere.example"] });
    expect(await alias.up(autodiscover)).toBe("updated");
    expect((await zone.all()).join()).toContain("autodiscover.outlook.com");
  });

  it("are made once when answers are lost, and go on after a death between two of them", async () => {
    const { world, zone } = await start({ deadlineMs: 600_000 });
    world.emulator.behaviour.lostAnswerShare = 0.4;
    const root = new ManagedResource(world, recordSet);
    await root.up({ ...texts, values: ["MS=ms1234", "second"] });
    world.emulator.behaviour.lostAnswerShare = 0;
    const found = (await zone.all()).join();
    expect(found.match(/MS=ms1234/g)).toHaveLength(1);
    // The first of two stood there already, and nothing in the state says so.
    const again = new ManagedResource(world.another(), recordSet);
    await again.up({ ...texts, values: ["MS=ms1234", "second", "third"] });
    const after = (await zone.all()).join();
    for (const text of ["MS=ms1234", "second", "third"]) {
      expect(after.match(new RegExp(text, "g"))).toHaveLength(1);
    }
  });

  it("keep SPF within ten look-ups, and merge two records into one", async () => {
    const many = Array.from({ length: 10 }, (_, at) => `include:s${at}.example`);
    const { world, zone } = await start();
    const root = new ManagedResource(world, recordSet);
    await expect(root.up({ ...texts, spf: many })).rejects.toMatchObject({ code: "spf-too-long" });
    expect((await zone.all()).join()).not.toContain("s1.example");
    await zone.add(ZONE, "TXT", "v=spf1 include:second.example -all");
    await root.up(texts);
    const found = (await zone.all()).join().match(/v=spf1[^"\\]*?all/g);
    expect(found).toEqual([
      "v=spf1 include:newsletter.example include:second.example include:spf.protection.outlook.com ~all",
    ]);
  });
});

describe("records in zones", () => {
  it("of a set that somebody else wrote to meanwhile keep what came", async () => {
    const world = await startWorld();
    world.emulator.addTenant({ ...contoso, dnsZones: [{ zone: ZONE, azure: AZURE }] });
    const zone = await azureZone(world);
    await zone.add(ZONE, "TXT", "first");
    const { service } = world;
    let isFirst = true;
    const azure: typeof service.azure = {
      ...service.azure,
      put: async (...args) => {
        if (isFirst) await zone.add(ZONE, "TXT", "in-between");
        isFirst = false;
        return await service.azure.put(...args);
      },
    };
    const context = { ...world.context, service: { ...service, azure } };
    const declared = { zone: ZONE, host: "azure", zoneId: AZURE, name: ZONE, type: "TXT" };
    await new ManagedResource({ ...world, context }, recordSet).up({
      ...declared,
      values: ["ours"],
    });
    const found = (await zone.all()).join();
    for (const text of ["first", "in-between", "ours"]) expect(found).toContain(text);
    // Whose it was before: its lifetime and what the owner noted beside it.
    expect(found).toContain('"TTL":300,"metadata":{"by":"them"}');
  });

  it("are refused where the declaration cannot be right", async () => {
    const world = await startWorld();
    const base = { zone: ZONE, host: "azure", zoneId: AZURE, name: "x.contoso.com" };
    const refused = async (declared: object, reason: RegExp): Promise<void> => {
      await expect(
        new ManagedResource(world, recordSet).up({ ...base, ...declared }),
      ).rejects.toThrow(reason);
    };
    await refused({ type: "TXT" }, /needs a value/);
    await refused({ type: "CNAME", values: ["a.b", "c.d"] }, /there is one/);
    await refused({ type: "SRV", spf: ["mx"] }, /TXT/);
    await refused({ type: "TXT", values: ["v=spf1 mx -all"] }, /under spf/);
    await refused({ type: "MX", values: ["0 x.y"] }, /type/);
  });

  it("have long texts and services in the form of the host", async () => {
    const world = await startWorld();
    world.emulator.addTenant({
      ...contoso,
      dnsZones: [{ zone: ZONE, cloudflare: CLOUDFLARE, azure: AZURE }],
    });
    for (const [host, { zoneId }] of Object.entries(HOSTS)) {
      const base = { zone: ZONE, host, zoneId };
      const long = {
        ...base,
        name: "long.contoso.com",
        type: "TXT",
        values: [`k="${"x".repeat(600)}"`],
      };
      const sip = {
        ...base,
        name: "_sip._tls.contoso.com",
        type: "SRV",
        values: ["100 1 443 sipdir.online.lync.com"],
      };
      for (const declared of [long, sip]) {
        const one = new ManagedResource(world, recordSet);
        await one.up(declared);
        expect(await one.refresh()).toEqual(declared);
      }
    }
  });

  it("of a name that the host turned into its own proxy are no longer right", async () => {
    const world = await startWorld();
    world.emulator.addTenant({ ...contoso, dnsZones: [{ zone: ZONE, cloudflare: CLOUDFLARE }] });
    const declared = {
      ...{ zone: ZONE, host: "cloudflare", zoneId: CLOUDFLARE },
      ...{ name: "autodiscover.contoso.com", type: "CNAME", values: ["autodiscover.outlook.com"] },
    };
    const alias = new ManagedResource(world, recordSet);
    await alias.up(declared);
    const path = `/zones/${CLOUDFLARE}/dns_records`;
    const client = world.service.cloudflare(cloudflareToken);
    const [record] = await client.all<{ id: string }>(path);
    await client.patch(`${path}/${record?.id ?? ""}`, { proxied: true });
    expect(await alias.refresh()).toMatchObject({ values: ["autodiscover.outlook.com (proxied)"] });
    expect(await alias.up(declared)).toBe("updated");
    expect(await alias.refresh()).toEqual(declared);
  });
});
