import { describe, expect, it } from "vitest";
import { promptBehaviour } from "../../../emulator/index.ts";
import { createUser, startTestEmulator } from "../support/emulator.ts";

describe("a domain", () => {
  it("is added, verified by its record, used and kept as long as it is used", async () => {
    const emulator = await startTestEmulator();
    const added = await emulator.graph("POST", "/domains", { body: { id: "Fabrikam.com" } });
    expect(added).toMatchObject({ status: 201, body: { id: "fabrikam.com", isVerified: false } });
    expect(
      (await emulator.graph("POST", "/domains", { body: { id: "fabrikam.com" } })).status,
    ).toBe(400);
    const records = await emulator.graph("GET", "/domains/fabrikam.com/verificationDnsRecords");
    expect(records.body.value[0]).toMatchObject({
      "@odata.type": "#microsoft.graph.domainDnsTxtRecord",
      ttl: 3600,
    });
    expect(records.body.value[0]?.text).toMatch(/^MS=ms\d{8}$/);
    expect((await emulator.graph("POST", "/domains/fabrikam.com/verify")).body).toMatchObject({
      isVerified: true,
    });
    const user = await createUser(emulator, { userPrincipalName: "jan@fabrikam.com" });
    const references = await emulator.graph(
      "GET",
      "/domains/fabrikam.com/domainNameReferences?$select=id",
    );
    expect(references.body.value.map(({ id }) => id)).toEqual([user.id]);
    expect((await emulator.graph("DELETE", "/domains/fabrikam.com")).status).toBe(400);
    await emulator.graph("PATCH", `/users/${user.id}`, {
      body: { userPrincipalName: "jan@contoso.com" },
    });
    expect((await emulator.graph("DELETE", "/domains/fabrikam.com")).status).toBe(204);
  });

  it("is verified once the customer has set its record", async () => {
    const behaviour = { ...promptBehaviour, domainRecordDelayMs: 60_000 };
    const emulator = await startTestEmulator({ behaviour });
    await emulator.graph("POST", "/domains", { body: { id: "fabrikam.com" } });
    expect((await emulator.graph("POST", "/domains/fabrikam.com/verify")).status).toBe(400);
    await emulator.clock.sleep(60_000);
    expect((await emulator.graph("POST", "/domains/fabrikam.com/verify")).status).toBe(200);
  });

  it("is not verified while its record is missing", async () => {
    const emulator = await startTestEmulator();
    await emulator.graph("POST", "/domains", { body: { id: "nergens.invalid" } });
    const { status, body } = await emulator.graph("POST", "/domains/nergens.invalid/verify");
    expect(status).toBe(400);
    expect(body.error.message).toContain("DNS verification record not found");
  });

  it("below a verified one is verified at once, and tells the records that mail needs", async () => {
    const emulator = await startTestEmulator();
    const { body } = await emulator.graph("POST", "/domains", { body: { id: "mail.contoso.com" } });
    expect(body).toMatchObject({ isRoot: false, isVerified: true });
    const records = await emulator.graph("GET", "/domains/contoso.com/serviceConfigurationRecords");
    expect(records.body.value).toContainEqual(
      expect.objectContaining({
        recordType: "Mx",
        mailExchange: "contoso-com.mail.protection.outlook.com",
        preference: 0,
      }),
    );
    expect(JSON.stringify(records.body.value)).not.toContain("_domainkey");
  });

  it("that is added today has hosts that its name does not tell", async () => {
    const emulator = await startTestEmulator();
    await emulator.clock.sleep(60_000);
    await emulator.graph("POST", "/domains", { body: { id: "fabrikam.com" } });
    const records = await emulator.graph(
      "GET",
      "/domains/fabrikam.com/serviceConfigurationRecords",
    );
    const [mx] = records.body.value;
    expect(mx).toMatchObject({ recordType: "Mx", preference: 10 });
    expect(mx?.mailExchange).toMatch(/^fabrikam-com\.[nerwy]-v1\.mx\.microsoft$/);
  });

  it("becomes the default in place of another, and belongs to one tenant only", async () => {
    const emulator = await startTestEmulator();
    expect(
      (await emulator.graph("PATCH", "/domains/contoso.com", { body: { isDefault: true } })).status,
    ).toBe(204);
    const { body } = await emulator.graph("GET", "/domains");
    expect(body.value.filter((domain) => domain.isDefault === true).map(({ id }) => id)).toEqual([
      "contoso.com",
    ]);
    expect((await emulator.graph("DELETE", "/domains/contoso.onmicrosoft.com")).status).toBe(400);
    emulator.addSampleTenant({ people: 1, clientId: "x", clientSecret: "y" });
    expect(
      (await emulator.graph("POST", "/domains", { body: { id: "voorbeeldbv.nl" } })).status,
    ).toBe(400);
  });
});
