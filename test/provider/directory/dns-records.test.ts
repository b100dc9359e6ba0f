import { describe, expect, it } from "vitest";
import { readDomainRecords } from "../../../provider/directory/dns-records.ts";
import { settle, startWorld } from "../support/world.ts";

describe("the DNS records of a domain", () => {
  it("are those that the services name, with the keys of its mail and a proposal for DMARC", async () => {
    const world = await startWorld();
    const [contoso, ...others] = await readDomainRecords(world.service, ["contoso.com"]);
    expect(others).toEqual([]);
    expect(contoso).toMatchObject({
      ...{ domain: "contoso.com", isVerified: true, authenticationType: "Managed" },
      dkim: { isEnabled: false, status: "CnameMissing" },
    });
    const lines = contoso?.records.map(
      ({ purpose, type, name, value }) => `${purpose} ${type} ${name} ${value}`,
    );
    expect(lines).toEqual([
      "mail MX contoso.com 0 contoso-com.mail.protection.outlook.com",
      "spf TXT contoso.com v=spf1 include:spf.protection.outlook.com -all",
      "autodiscover CNAME autodiscover.contoso.com autodiscover.outlook.com",
      "other CNAME enterpriseregistration.contoso.com enterpriseregistration.windows.net",
      "other CNAME enterpriseenrollment.contoso.com enterpriseenrollment.manage.microsoft.com",
      "dkim CNAME selector1._domainkey.contoso.com selector1-contoso-com._domainkey.contoso.onmicrosoft.com",
      "dkim CNAME selector2._domainkey.contoso.com selector2-contoso-com._domainkey.contoso.onmicrosoft.com",
      "dmarc TXT _dmarc.contoso.com v=DMARC1; p=none",
    ]);
  });

  it("of one that is not verified are only what verifies it", async () => {
    const world = await startWorld({ behaviour: { domainRecordDelayMs: 600_000 } });
    await world.emulator.graph("POST", "/domains", { body: { id: "fabrikam.com" } });
    await settle(world);
    const [fabrikam] = await readDomainRecords(world.service, ["fabrikam.com", "absent.example"]);
    expect(fabrikam).toMatchObject({ isVerified: false, dkim: undefined });
    expect(fabrikam?.records).toMatchObject([
      { purpose: "verification", type: "TXT", name: "fabrikam.com" },
    ]);
  });

  it("are never worked out from the name: a new domain has hosts of another form", async () => {
    const world = await startWorld();
    await world.emulator.graph("POST", "/domains", { body: { id: "fabrikam.com" } });
    await settle(world);
    await world.emulator.graph("POST", "/domains/fabrikam.com/verify");
    await settle(world);
    const [fabrikam] = await readDomainRecords(world.service, ["fabrikam.com"]);
    const values = fabrikam?.records.map(({ value }) => value).join(" ");
    expect(values).toMatch(/fabrikam-com\.[nerwy]-v1\.mx\.microsoft/);
    expect(values).toMatch(/\._domainkey\.contoso\.[nerwy]-v1\.dkim\.mail\.microsoft/);
  });
});
