import { expect, it } from "vitest";
import { createUser, startTestEmulator, type TestEmulator } from "../support/emulator.ts";

const EXCHANGE_PLAN = "4b9405b0-7788-4568-add1-99614e613b69";

async function licensed(emulator: TestEmulator, name: string): Promise<string> {
  const { id } = await createUser(emulator, { mailNickname: name, usageLocation: "NL" });
  await emulator.graph("POST", `/users/${id}/assignLicense`, {
    body: { addLicenses: [{ skuId: EXCHANGE_PLAN }], removeLicenses: [] },
  });
  return id;
}

async function addressesOf(emulator: TestEmulator, id: string): Promise<unknown> {
  const { body } = await emulator.graph("GET", `/users/${id}?$select=proxyAddresses,mail`);
  return [body.mail, body.proxyAddresses];
}

it("gives a mailbox the name and the alias of its owner, and the new name when renamed", async () => {
  const emulator = await startTestEmulator();
  const id = await licensed(emulator, "jan");
  const initial = "smtp:jan@contoso.onmicrosoft.com";
  expect(await addressesOf(emulator, id)).toEqual([
    "jan@contoso.com",
    ["SMTP:jan@contoso.com", initial],
  ]);
  await emulator.graph("PATCH", `/users/${id}`, {
    body: { userPrincipalName: "johan@contoso.com" },
  });
  expect(await addressesOf(emulator, id)).toEqual([
    "jan@contoso.com",
    ["SMTP:jan@contoso.com", initial, "smtp:johan@contoso.com"],
  ]);
});

it("gives no address twice", async () => {
  const emulator = await startTestEmulator();
  const id = await licensed(emulator, "jan");
  const rename = async (name: string): Promise<number> =>
    (await emulator.graph("PATCH", `/users/${id}`, { body: { userPrincipalName: name } })).status;
  expect(await rename("johan@contoso.com")).toBe(204);
  const other = await emulator.graph("POST", "/users", {
    body: {
      accountEnabled: true,
      displayName: "Other",
      mailNickname: "other",
      userPrincipalName: "JAN@contoso.com",
      passwordProfile: { password: "Tijdelijk-1" },
    },
  });
  expect([other.status, other.body.error.details?.[0]?.target]).toEqual([400, "proxyAddresses"]);
  await emulator.graph("PATCH", `/users/${id}`, { body: { mail: "Johan@contoso.com" } });
  expect(await addressesOf(emulator, id)).toEqual([
    "Johan@contoso.com",
    ["SMTP:Johan@contoso.com", "smtp:jan@contoso.onmicrosoft.com"],
  ]);
});
