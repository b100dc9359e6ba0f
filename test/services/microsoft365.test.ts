import { describe, expect, it } from "vitest";
import { backupOperator } from "../../emulator/veeam/index.ts";
import { odata } from "../../services/index.ts";
import { makeCertificate, makeRsaKeys } from "./transport/support/certificate.ts";
import { emulatedTenant, person } from "./transport/support/emulated-tenant.ts";

interface User {
  id: string;
  displayName: string;
}

describe("the client against the emulator", () => {
  it("creates, reads, changes and removes a person", async () => {
    const { client } = await emulatedTenant();
    const { graph } = client;
    const { id } = await graph.post<User>("/users", person("sanne"));
    await graph.patch(`/users/${id}`, { jobTitle: "Director" });
    const path = odata`/users/${"sanne@contoso.com"}?$select=id,jobTitle`;
    await expect(graph.get(path)).resolves.toMatchObject({ id, jobTitle: "Director" });
    await graph.delete(`/users/${id}`);
    await expect(graph.tryGet(`/users/${id}`)).resolves.toBeUndefined();
  });

  it("says which property another object has already", async () => {
    const { client } = await emulatedTenant();
    await client.graph.post("/users", person("sanne"));
    await expect(client.graph.post("/users", person("sanne"))).rejects.toMatchObject({
      code: "already-exists",
      status: 400,
      serviceCode: "Request_BadRequest",
      serviceMessage: expect.stringContaining("userPrincipalName") as string,
    });
  });

  it("makes fifty people with three batches", async () => {
    const { client } = await emulatedTenant();
    const names = Array.from({ length: 50 }, (_, index) => `person${index}`);
    await Promise.all(names.map((name) => client.graph.post("/users", person(name))));
    const found = await client.graph.all<User>("/users?$select=id,displayName&$top=999");
    expect(found).toHaveLength(50);
    const batches = client.statistics().find((row) => row.operation === "POST /$batch");
    expect(batches?.httpRequests).toBe(3);
  });

  it("reads a long list page by page", async () => {
    const { client } = await emulatedTenant();
    const names = Array.from({ length: 25 }, (_, index) => `person${index}`);
    await Promise.all(names.map((name) => client.graph.post("/users", person(name))));
    await expect(client.graph.all("/users?$top=10&$select=id")).resolves.toHaveLength(25);
  });

  it("creates a group with the upsert, and the same one the second time", async () => {
    const { client } = await emulatedTenant();
    const call = {
      method: "PATCH" as const,
      path: odata`/groups(uniqueName='${"finance"}')`,
      headers: { Prefer: "create-if-missing" },
      body: {
        displayName: "Finance",
        mailEnabled: false,
        mailNickname: "finance",
        securityEnabled: true,
      },
    };
    const statuses = [await client.graph.send(call), await client.graph.send(call)].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([201, 204]);
    await expect(client.graph.all("/groups")).resolves.toHaveLength(1);
  });

  it("reads what is visible late as soon as it is visible", async () => {
    const { client } = await emulatedTenant({
      behaviour: { visibilityDelayMs: 30_000, replicas: 3 },
    });
    const { id } = await client.graph.post<User>("/users", person("sanne"));
    const found = client.graph.waitUntilReadable<User>(`/users/${id}`, { consecutive: 5 });
    await expect(found).resolves.toMatchObject({ id });
  });

  it("speaks to SharePoint with a certificate, which a secret cannot", async () => {
    const keys = await makeRsaKeys();
    const { certificatePem, keyPem } = await makeCertificate("app", keys);
    const tenant = await emulatedTenant({ certificatePem });
    const path =
      "/_api/SPSiteManager/status?url='https%3A%2F%2Fcontoso.sharepoint.com%2Fsites%2Fx'";
    const credential = {
      kind: "client-certificate" as const,
      clientId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
      certificatePem: `${certificatePem}\n${keyPem}`,
    };
    const withCertificate = tenant.connect({ credential }).sharePoint("contoso.sharepoint.com");
    await expect(withCertificate.get(path)).resolves.toMatchObject({ SiteStatus: 0 });
    const withSecret = tenant.client.sharePoint("contoso.sharepoint.com");
    await expect(withSecret.get(path)).rejects.toMatchObject({ code: "sign-in-failed" });
  });

  it("reads the backup vendor's jobs with the vendor's account", async () => {
    const { client } = await emulatedTenant();
    const credentials = { username: backupOperator.userName, password: backupOperator.password };
    const jobs = await client.backup(credentials).all("/v8/Jobs");
    expect(jobs).toEqual([]);
  });

  it("goes on with a new token when the old one has expired", async () => {
    const { client, clock } = await emulatedTenant({ behaviour: { tokenLifetimeSeconds: 60 } });
    await client.graph.get("/organization");
    await clock.sleep(120_000);
    await expect(client.graph.get("/organization")).resolves.toBeDefined();
  });
});
