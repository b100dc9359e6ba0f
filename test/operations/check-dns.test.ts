import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { DomainRecords, LookUp, WantedRecord } from "../../core/dns-records.ts";
import { checkDns } from "../../operations/check-dns.ts";
import type { DnsRequest } from "../../operations/check-dns.ts";
import { renderDns } from "../../views/index.ts";
import { aWorld, STACK } from "./support.ts";

const record = (
  more: Pick<WantedRecord, "purpose" | "type" | "value"> & Partial<WantedRecord>,
) => ({
  ...{ domain: "contoso.com", name: "contoso.com", ttl: 3600, isOptional: false },
  ...more,
});

const CONTOSO: DomainRecords = {
  ...{ domain: "contoso.com", isVerified: true, authenticationType: "Managed" },
  dkim: { isEnabled: false, status: "CnameMissing" },
  dkimNotRead: undefined,
  records: [
    record({ purpose: "mail", type: "MX", value: "0 contoso-com.mail.example" }),
    record({ purpose: "spf", type: "TXT", value: "v=spf1 include:ms.example -all" }),
    record({
      ...{ purpose: "autodiscover", type: "CNAME", name: "autodiscover.contoso.com" },
      value: "autodiscover.outlook.example",
    }),
    record({
      ...{ purpose: "dkim", type: "CNAME", name: "selector1._domainkey.contoso.com" },
      value: "selector1-contoso-com.dkim.example",
    }),
    record({
      ...{ purpose: "dmarc", type: "TXT", name: "_dmarc.contoso.com", isOptional: true },
      value: "v=DMARC1; p=none",
    }),
  ],
};

/** The zone of a customer with a website, a newsletter and mail elsewhere. */
const ZONE: Readonly<Record<string, readonly string[]>> = {
  "TXT contoso.com": ["google-site-verification=abc", "v=spf1 include:news.example -all"],
  "MX contoso.com": ["10 mail.old.example"],
  "A contoso.com": ["192.0.2.10"],
  "CNAME www.contoso.com": ["contoso.com"],
  "CNAME news.contoso.com": ["custom.newsletter.example"],
  "CNAME autodiscover.contoso.com": ["autodiscover.old.example"],
};

const lookIn =
  (zone: typeof ZONE): LookUp =>
  async (name, type) => ({ values: zone[`${type} ${name}`] ?? [] });

async function checked(
  format: DnsRequest["format"],
  lookUp = lookIn(ZONE),
  found: readonly DomainRecords[] = [CONTOSO],
) {
  const context = aWorld().with({ readDns: async () => found, openDns: () => lookUp });
  return await checkDns(context, { stack: STACK, servers: [], format });
}

describe("the DNS of a tenant", () => {
  it("is what is there beside what is needed, in the order of the file", async () => {
    const { domains, notAdded, handOver } = await checked(undefined);
    expect(domains[0]?.records.map(({ purpose, state }) => [purpose, state])).toEqual([
      ["mail", "wrong"],
      ["spf", "wrong"],
      ["autodiscover", "wrong"],
      ["dkim", "missing"],
      ["dmarc", "missing"],
    ]);
    expect([notAdded, handOver]).toEqual([[], []]);
  });

  it("names domains that the tenant does not have yet", async () => {
    expect((await checked(undefined, lookIn({}), [])).notAdded).toEqual(["contoso.com"]);
  });

  it("is a list that the customer reads", async () => {
    const report = await checked(undefined);
    const dutch = renderDns(report, "nl");
    expect(dutch).toContain("✗ klopt niet: MX contoso.com (waar mail heen gaat)");
    expect(dutch).toContain("nu: 10 mail.old.example");
    expect(dutch).toContain("Hiermee verhuist alle mail");
    expect(dutch).toContain("moet zijn: v=spf1 include:news.example include:ms.example -all");
    expect(dutch).toContain("✗ ontbreekt: TXT _dmarc.contoso.com");
    expect(renderDns(report, "en")).toContain(
      "not signed yet (DKIM); status at Microsoft: CnameMissing",
    );
  });

  it("is not handed over where nobody could look", async () => {
    const blind: LookUp = async () => ({ unreachable: "ETIMEOUT" });
    await expect(checked("octodns", blind)).rejects.toMatchObject({ code: "dns-not-looked" });
    const dutch = renderDns(await checked(undefined, blind), "nl");
    expect(dutch).toContain("? niet bekeken: MX contoso.com");
    expect(dutch).not.toContain("ontbreekt");
    expect(dutch.split("ETIMEOUT")).toHaveLength(2);
  });
});

describe("what is handed over", () => {
  it("to octoDNS is our sets with the texts of others in them, on top of what is there", async () => {
    const { handOver } = await checked("octodns");
    const byName = new Map(handOver.map(({ name, text }) => [name, text]));
    expect(parse(byName.get("zones/contoso.com.yaml") ?? "")).toEqual({
      "": [
        {
          ...{ type: "TXT", ttl: 3600 },
          values: [
            "google-site-verification=abc",
            "v=spf1 include:news.example include:ms.example -all",
          ],
        },
      ],
      "selector1._domainkey": [
        { type: "CNAME", ttl: 3600, value: "selector1-contoso-com.dkim.example." },
      ],
      _dmarc: [{ type: "TXT", ttl: 3600, values: ["v=DMARC1\\; p=none"] }],
    });
    const config = parse(byName.get("config.yaml") ?? "") as Record<string, unknown>;
    expect(config).toEqual({
      providers: {
        tenantry: {
          class: "octodns.provider.yaml.YamlProvider",
          ...{ directory: "./zones", default_ttl: 3600, enforce_order: false },
          populate_should_replace: true,
        },
      },
      zones: { "contoso.com.": { sources: ["host", "tenantry"], targets: ["host"] } },
    });
  });

  it("to the tenant file is what a zone's records are applied from, without what stands in the way", async () => {
    const [file] = (await checked("tenantry")).handOver;
    expect(file?.name).toBe("dns-zones.yaml");
    expect(parse(file?.text ?? "")).toEqual({
      dnsZones: [
        {
          zone: "contoso.com",
          records: [
            { name: "contoso.com", type: "TXT", spf: ["include:ms.example"] },
            {
              ...{ name: "selector1._domainkey.contoso.com", type: "CNAME" },
              values: ["selector1-contoso-com.dkim.example"],
            },
            { name: "_dmarc.contoso.com", type: "TXT", values: ["v=DMARC1; p=none"] },
          ],
        },
      ],
    });
    expect(file?.text).toContain("# Left out: CNAME autodiscover.contoso.com: Outlook finds");
    const moved = { ...ZONE, "MX contoso.com": ["0 contoso-com.mail.example"] };
    const [next] = (await checked("tenantry", lookIn(moved))).handOver;
    expect(next?.text).toContain("autodiscover.old.example stands there, which has to go first");
    const own = { ...moved, "TXT _dmarc.contoso.com": ["v=DMARC1; p=reject"] };
    const [last] = (await checked("tenantry", lookIn(own))).handOver;
    expect(last?.text).toContain("the customer has a policy of their own");
  });

  it("to dnscontrol is the same, and keeps the rest by NO_PURGE", async () => {
    const [file] = (await checked("dnscontrol")).handOver;
    expect(file?.name).toBe("dnsconfig.js");
    expect(file?.text).toContain("NO_PURGE,");
    expect(file?.text).toContain('  TXT("@", "google-site-verification=abc", TTL(3600)),');
    expect(file?.text).toContain(
      '  CNAME("selector1._domainkey", "selector1-contoso-com.dkim.example.", TTL(3600)),',
    );
  });

  it.each(["octodns", "dnscontrol"] as const)(
    "to %s never moves mail, nor what Outlook finds it by, and says so",
    async (format) => {
      const texts = (await checked(format)).handOver.map(({ text }) => text).join("");
      const records = texts.replaceAll(/^(?:#|\/\/).*$/gm, "");
      expect(records).not.toMatch(/mail\.example|autodiscover/);
      expect(texts).toContain("Left out: MX contoso.com: mail is moved on a day of its own.");
    },
  );

  it("has what Outlook needs once mail arrives here", async () => {
    const moved = { ...ZONE, "MX contoso.com": ["0 contoso-com.mail.example"] };
    const { handOver } = await checked("octodns", lookIn(moved));
    expect(handOver.at(-1)?.text).toContain("autodiscover.outlook.example.");
  });

  it("leaves an SPF record alone that would need more than ten look-ups with ours", async () => {
    const ten = Array.from({ length: 10 }, (_, at) => `include:s${at}.example`).join(" ");
    const zone = { ...ZONE, "TXT contoso.com": [`v=spf1 ${ten} -all`] };
    const { handOver } = await checked("octodns", lookIn(zone));
    expect(handOver.at(-1)?.text).toContain("more than ten look-ups");
    const labels = Object.keys(parse(handOver.at(-1)?.text ?? "") as object);
    expect(labels).toEqual(["selector1._domainkey", "_dmarc"]);
  });
});
