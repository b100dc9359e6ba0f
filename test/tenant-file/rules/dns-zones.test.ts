import { describe, expect, it } from "vitest";
import { contoso, expectOneProblem, tenantOf } from "../contoso.ts";

const ID = "023e105f4ecef8ad9ca31a8372d0c353";
const withRecords = (records: string, place = `cloudflare: ${ID}`): string =>
  `${contoso}dnsZones:\n  - zone: contoso.com\n    ${place}\n    records:\n${records}`;

describe("records in the customer's zones", () => {
  it("are read with names and senders in small letters", () => {
    const text = withRecords(
      "      - { name: AutoDiscover.contoso.com., type: CNAME, values: [autodiscover.outlook.com] }\n" +
        "      - { name: contoso.com, type: TXT, values: [MS=ms1], spf: [include:SPF.protection.outlook.com] }\n",
    );
    expect(tenantOf(text).dnsZones).toEqual([
      {
        ...{ zone: "contoso.com", cloudflare: ID },
        records: [
          {
            ...{ name: "autodiscover.contoso.com", type: "CNAME" },
            values: ["autodiscover.outlook.com"],
          },
          {
            ...{ name: "contoso.com", type: "TXT", values: ["MS=ms1"] },
            spf: ["include:spf.protection.outlook.com"],
          },
        ],
      },
    ]);
  });

  it.each([
    ["{ name: ^x.fabrikam.com, type: TXT, values: [a] }", "This name is not in the zone"],
    ["^{ name: x.contoso.com, type: TXT }", "Says no value"],
    ["{ name: x.contoso.com, type: CNAME, spf: ^[mx] }", "SPF is a TXT record"],
    [
      "{ name: x.contoso.com, type: CNAME, values: ^[a.b, c.d] }",
      "Of this name and type there is one",
    ],
    [
      "{ name: x.contoso.com, type: TXT, values: [^v=spf1 mx -all] }",
      "An SPF record is put together",
    ],
    ["{ name: ^-x, type: TXT, values: [a] }", "Not a valid name of a DNS record"],
    ["{ name: x.contoso.com, type: TXT, spf: [^ptr] }", "Not a sender as an SPF record names it"],
  ])("are refused where they cannot be right: %s", (record, message) => {
    expectOneProblem(withRecords(`      - ${record.replace("^", "")}\n`), record, {
      message: expect.stringContaining(message) as string,
    });
  });

  it("never move mail", () => {
    const text = withRecords("      - { name: contoso.com, type: MX, values: [0 x.y] }\n");
    expectOneProblem(text, "type: ^MX", {});
  });

  it("of one name and type are one entry, in a zone that one host has", () => {
    const one = "      - { name: contoso.com, type: TXT, values: [a] }\n";
    const text = withRecords(`${one}      - { name: CONTOSO.com, type: TXT, values: [b] }\n`);
    expectOneProblem(text, "name: ^CONTOSO.com", {
      message: expect.stringContaining("This is a duplicate") as string,
    });
    expectOneProblem(withRecords(one, "azure: nothing"), "azure: ^nothing", {
      message: "Not the resource id of a DNS zone in Azure",
    });
    expectOneProblem(withRecords(one, "cloudflare: short"), "cloudflare: ^short", {
      message: "Not the id of a zone at Cloudflare",
    });
  });
});
