import { expect, it } from "vitest";
import { DnsZonesSection } from "../../components/dns-zones.ts";
import { declaredIn, named, outline } from "./support/declared.ts";

it("are a resource for each name and type, with hosts in one spelling and texts as they are", async () => {
  const azure =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/dnsZones/contoso.com";
  const declared = await declaredIn((context) => {
    new DnsZonesSection(
      context,
      [
        {
          ...{ zone: "contoso.com", azure },
          records: [
            { name: "contoso.com", type: "TXT", values: ["MS=Ab."], spf: ["mx"] },
            { name: "a.contoso.com", type: "CNAME", values: ["Host.Example."] },
          ],
        },
      ],
      [],
    );
  });
  expect(outline(declared)).toContain("contoso-dnszones > m365:dns:RecordSet contoso.com-TXT");
  const base = { zone: "contoso.com", host: "azure", zoneId: azure };
  expect(named(declared, "contoso.com-TXT").inputs).toEqual({
    ...{ ...base, name: "contoso.com", type: "TXT", values: ["MS=Ab."], spf: ["mx"] },
  });
  expect(named(declared, "a.contoso.com-CNAME").inputs).toEqual({
    ...{ ...base, name: "a.contoso.com", type: "CNAME", values: ["host.example"] },
  });
});
