import { describe, expect, it } from "vitest";
import type { CheckedRecord, LookUp, WantedRecord } from "../../../core/dns-records.ts";
import { checkRecord } from "../../../operations/dns/compare.ts";
import { localDns } from "../../../core/dns-look-up.ts";
import { startDnsServer } from "./dns-server.ts";
import type { DnsServer, Zone } from "./dns-server.ts";

const record = (
  more: Pick<WantedRecord, "purpose" | "type" | "value"> & Partial<WantedRecord>,
) => ({
  ...{ domain: "contoso.com", name: "contoso.com", ttl: 3600, isOptional: false },
  ...more,
});

const MS = record({ purpose: "verification", type: "TXT", value: "MS=ms123" });
const MX = record({ purpose: "mail", type: "MX", value: "0 contoso-com.mail.example" });
const SPF = record({ purpose: "spf", type: "TXT", value: "v=spf1 include:ms.example -all" });
const SIP = record({
  ...{ purpose: "other", type: "SRV", name: "_sip._tls.contoso.com" },
  value: "100 1 443 sipdir.online.example",
});
const OUTLOOK = record({
  ...{ purpose: "autodiscover", type: "CNAME", name: "autodiscover.contoso.com" },
  value: "autodiscover.outlook.example",
});
const DMARC = record({
  ...{ purpose: "dmarc", type: "TXT", name: "_dmarc.contoso.com" },
  value: "v=DMARC1; p=none",
});

const asked = (server: DnsServer): LookUp => localDns(false, [server.address]);

async function check(wanted: WantedRecord, zone: Zone): Promise<CheckedRecord> {
  return await checkRecord(wanted, asked(await startDnsServer(zone)));
}

describe("a record that is asked of a DNS server", () => {
  it.each([
    ["MX, whatever its preference", MX, { "MX contoso.com": ["10 Contoso-COM.mail.example"] }],
    ["SRV", SIP, { "SRV _sip._tls.contoso.com": ["100 1 443 sipdir.online.example"] }],
    ["CNAME", OUTLOOK, { "CNAME autodiscover.contoso.com": ["Autodiscover.Outlook.example"] }],
    ["TXT among others", MS, { "TXT contoso.com": ["google=1", "MS=ms123"] }],
    ["SPF with more senders", SPF, { "TXT contoso.com": ["v=spf1 a include:ms.example ~all"] }],
    ["DMARC of the customer", DMARC, { "TXT _dmarc.contoso.com": ["v=DMARC1; p=reject"] }],
  ])("is right: %s", async (_what, wanted, zone: Zone) => {
    expect(await check(wanted, zone)).toMatchObject({ state: "right", problems: [] });
  });

  it.each([MS, MX, SPF, SIP, OUTLOOK, DMARC])("is missing: $purpose", async (wanted) => {
    expect(await check(wanted, {})).toMatchObject({ state: "missing", found: [] });
  });

  it("is wrong where other servers take the mail, which would move", async () => {
    const found = ["10 mail.old.example", "20 contoso-com.mail.example"];
    const checked = await check(MX, { "MX contoso.com": found });
    expect(checked).toMatchObject({ state: "wrong", problems: [{ kind: "moves-mail" }] });
    expect([...checked.found].sort()).toEqual(found);
  });

  it("is wrong where two SPF records stand, and merged into one beside the texts of others", async () => {
    const found = ["v=spf1 include:news.example -all", "v=spf1 mx ~all"];
    const checked = await check(SPF, { "TXT contoso.com": ["google=1", ...found] });
    expect(checked).toMatchObject({
      ...{ state: "wrong", found, problems: [{ kind: "several-spf", count: 2 }] },
      whole: ["google=1", "v=spf1 include:news.example mx include:ms.example ~all"],
    });
  });

  it("is wrong where an address stands in the place of a CNAME", async () => {
    expect(await check(OUTLOOK, { "A autodiscover.contoso.com": ["192.0.2.7"] })).toMatchObject({
      ...{ state: "wrong", found: ["A 192.0.2.7"], problems: [{ kind: "name-in-use" }] },
    });
  });

  it("is read in one piece where it is longer than DNS takes in one", async () => {
    const value = `MS=${"x".repeat(400)}`;
    expect(await check({ ...MS, value }, { "TXT contoso.com": [value] })).toMatchObject({
      state: "right",
    });
  });

  it.each([MS, MX, SPF, SIP, OUTLOOK, DMARC])(
    "is not looked at where the server fails, and never missing: $purpose",
    async (wanted) => {
      const server = await startDnsServer({});
      server.fail();
      expect(await checkRecord(wanted, asked(server))).toMatchObject({
        ...{ state: "not-looked", whole: undefined },
        problems: [{ kind: "unreachable", reason: "ESERVFAIL" }],
      });
    },
  );

  it("is not looked at where nobody is at the address", async () => {
    const lookUp = localDns(false, ["127.0.0.1:9"]);
    expect(await checkRecord(MS, lookUp)).toMatchObject({ state: "not-looked" });
  });
});

it("a practice tenant asks nobody's DNS but that of a server that is named", async () => {
  const lookUp = localDns(true, []);
  expect(await lookUp("contoso.com", "TXT")).toEqual({
    unreachable: "practice",
  });
});

it("what is not an address is refused", () => {
  expect(() => localDns(false, ["dns.example"])).toThrow(
    expect.objectContaining({ code: "invalid-option" }) as Error,
  );
});
