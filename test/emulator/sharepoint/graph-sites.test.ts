import { describe, expect, it } from "vitest";
import { Client } from "@microsoft/microsoft-graph-client";
import { contoso, startTestEmulator, type TestEmulator } from "../support/emulator.ts";
import { pick, pickText } from "../support/pick.ts";
import { FINANCE_URL, HOST, addGroup, addUser } from "./support/sharepoint.ts";

const request = {
  name: "Finance",
  webUrl: FINANCE_URL,
  locale: "nl-NL",
  description: "Books",
  template: "sts",
  ownerIdentityToResolve: { email: "finn@contoso.com" },
};

async function withFinance(): Promise<TestEmulator> {
  const emulator = await startTestEmulator({ behaviour: { siteProvisioningDelayMs: 5_000 } });
  await addUser(emulator, "Finn");
  return emulator;
}

describe("sites in Graph", () => {
  it("creates a site through /beta in an operation that can be watched", async () => {
    const emulator = await withFinance();
    const created = await emulator.graph("POST", "/beta/sites", { body: request });
    expect(created.status).toBe(202);
    const location = created.headers.get("location") ?? "";
    const status = async () =>
      (await emulator.graph("GET", location.slice(emulator.origin.length))).body as unknown;
    expect(await status()).toMatchObject({ status: "running", resourceId: null });
    const path = `/sites/${HOST}:/sites/finance`;
    expect((await emulator.graph("GET", path)).status).toBe(404);
    emulator.clock.advance(5_000);
    const done = await status();
    expect(done).toMatchObject({ status: "succeeded", resourceLocation: FINANCE_URL });
    const site = await emulator.graph("GET", path);
    expect(site.body).toMatchObject({
      id: pick(done, "resourceId"),
      displayName: "Finance",
      name: "finance",
      webUrl: FINANCE_URL,
      siteCollection: { hostname: HOST },
    });
    expect(pickText(site.body, "id")).toMatch(
      /^contoso\.sharepoint\.com,[0-9a-f-]{36},[0-9a-f-]{36}$/,
    );
  });

  it("is created and watched by an application that may only create sites", async () => {
    const emulator = await withFinance();
    const [clientId, clientSecret] = [
      "bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee",
      "also-only-for-tests",
    ];
    const applications = [{ clientId, clientSecret, roles: ["Sites.Create.All"] }];
    emulator.addTenant({ ...contoso, applications });
    const headers = { authorization: `Bearer ${await emulator.token({ clientId, clientSecret })}` };
    const created = await emulator.graph("POST", "/beta/sites", { body: request, headers });
    const location = (created.headers.get("location") ?? "").slice(emulator.origin.length);
    expect((await emulator.graph("GET", location, { headers })).status).toBe(200);
    expect((await emulator.graph("GET", "/sites", { headers })).status).toBe(403);
  });

  it("creates nothing through v1.0, at an address that is taken, or for an owner it does not know", async () => {
    const emulator = await withFinance();
    expect((await emulator.graph("POST", "/v1.0/sites", { body: request })).status).toBe(405);
    const unknown = { ...request, ownerIdentityToResolve: { email: "nobody@contoso.com" } };
    expect((await emulator.graph("POST", "/beta/sites", { body: unknown })).status).toBe(400);
    await emulator.graph("POST", "/beta/sites", { body: request });
    const again = await emulator.graph("POST", "/beta/sites", { body: request });
    expect(again).toMatchObject({ status: 409, body: { error: { code: "nameAlreadyExists" } } });
  });

  it("finds a site by every one of its addresses and by search", async () => {
    const emulator = await withFinance();
    await emulator.graph("POST", "/beta/sites", { body: request });
    emulator.clock.advance(5_000);
    const finance = await emulator.graph("GET", `/sites/${HOST}:/sites/Finance:`);
    const id = pickText(finance.body, "id");
    for (const address of [id, id.split(",")[1], `${HOST}:/sites/finance`]) {
      expect(
        (await emulator.graph("GET", `/sites/${String(address)}?$select=id`)).body,
      ).toMatchObject({ id });
    }
    const found = await emulator.graph("GET", "/sites?search=FINAN&$select=webUrl");
    expect(pick(found.body, "value")).toEqual([{ webUrl: FINANCE_URL }]);
    expect((await emulator.graph("GET", "/sites/root")).body).toMatchObject({
      webUrl: `https://${HOST}`,
    });
    expect((await emulator.graph("GET", `/sites/${HOST}`)).body).toMatchObject({
      webUrl: `https://${HOST}`,
    });
    const missing = await emulator.graph("GET", `/sites/${HOST}:/sites/other`);
    expect(missing).toMatchObject({ status: 404, body: { error: { code: "itemNotFound" } } });
  });

  it("creates a document library below the site's address with the Graph client", async () => {
    const emulator = await withFinance();
    await emulator.graph("POST", "/beta/sites", { body: request });
    emulator.clock.advance(5_000);
    const client = Client.initWithMiddleware({
      baseUrl: emulator.origin,
      customHosts: new Set(["localhost"]),
      authProvider: { getAccessToken: () => emulator.token() },
      fetchOptions: { dispatcher: emulator.agent } as object,
    });
    const lists = client.api(`/sites/${HOST}:/sites/finance:/lists`);
    const body = { displayName: "Invoices", list: { template: "documentLibrary" } };
    const created: unknown = await lists.post(body);
    expect(created).toMatchObject({ displayName: "Invoices", webUrl: `${FINANCE_URL}/Invoices` });
    await expect(lists.post(body)).rejects.toMatchObject({
      statusCode: 409,
      code: "nameAlreadyExists",
    });
    const listed: unknown = await lists.select("displayName").get();
    expect(pick(listed, "value")).toEqual([
      { displayName: "Documents" },
      { displayName: "Invoices" },
    ]);
    const drive: unknown = await client.api(`/sites/${HOST}:/sites/finance:/drive`).get();
    expect(drive).toMatchObject({ driveType: "documentLibrary", name: "Documents" });
  });
});

describe("the site of a Microsoft 365 group", () => {
  const unified = { groupTypes: ["Unified"], mailEnabled: true, securityEnabled: false };

  it("is not there until it has been provisioned, and says so", async () => {
    const emulator = await withFinance();
    const finn = await emulator.graph("GET", "/users/finn@contoso.com");
    const id = await addGroup(emulator, "Project", {
      ...unified,
      "owners@odata.bind": [`${emulator.origin}/v1.0/users/${pickText(finn.body, "id")}`],
    });
    const root = () => emulator.graph("GET", `/groups/${id}/sites/root`);
    expect(await root()).toMatchObject({
      status: 404,
      body: {
        error: {
          code: "ResourceNotFound",
          message: "Resource provisioning is in progress. Please try again.",
        },
      },
    });
    emulator.clock.advance(5_000);
    expect((await root()).body).toMatchObject({
      displayName: "Project",
      webUrl: `https://${HOST}/sites/project`,
    });
  });

  it("does not come for a group that an application made without people", async () => {
    const emulator = await withFinance();
    const id = await addGroup(emulator, "Empty", unified);
    emulator.clock.advance(3_600_000);
    expect((await emulator.graph("GET", `/groups/${id}/sites/root`)).status).toBe(404);
  });

  it("goes and comes back with its group", async () => {
    const emulator = await withFinance();
    const finn = await emulator.graph("GET", "/users/finn@contoso.com");
    const id = await addGroup(emulator, "Project", {
      ...unified,
      "members@odata.bind": [`${emulator.origin}/v1.0/users/${pickText(finn.body, "id")}`],
    });
    emulator.clock.advance(5_000);
    const path = `/sites/${HOST}:/sites/project`;
    expect((await emulator.graph("GET", path)).status).toBe(200);
    await emulator.graph("DELETE", `/groups/${id}`);
    expect((await emulator.graph("GET", path)).status).toBe(404);
    await emulator.graph("POST", `/directory/deletedItems/${id}/restore`);
    expect((await emulator.graph("GET", path)).status).toBe(200);
  });
});
