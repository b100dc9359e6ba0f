import { expect, it } from "vitest";
import { TENANT_ID, startTestEmulator, type Json } from "../support/emulator.ts";

it("lists customers, names what it does not serve, and says what nobody has", async () => {
  const emulator = await startTestEmulator();
  const token = await emulator.token({ scope: "https://api.partnercenter.microsoft.com/.default" });
  const get = async (path: string): Promise<Json & { status: number }> => {
    const response = await emulator.fetch(`${emulator.endpoints.partnerCenter}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { ...((await response.json()) as Json), status: response.status };
  };
  const customer = { id: TENANT_ID, companyProfile: { domain: "contoso.onmicrosoft.com" } };
  expect(await get("/V1/Customers")).toMatchObject({ totalCount: 1, items: [customer] });
  expect(await get(`/v1/customers/${TENANT_ID.toUpperCase()}/`)).toMatchObject(customer);
  expect(await get(`/v1/customers/${TENANT_ID}/users`)).toMatchObject({
    status: 501,
    description: `The emulator does not implement GET /v1/customers/${TENANT_ID}/users.`,
  });
  expect((await get("/v1/invoices")).status).toBe(501);
  expect((await get("/v1/nonsense")).status).toBe(404);
});
