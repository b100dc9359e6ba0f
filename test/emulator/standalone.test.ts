import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientCertificateCredential, ClientSecretCredential } from "@azure/identity";
import { describe, expect, it } from "vitest";
import { describeForClients, sampleCredentials } from "../../emulator/standalone.ts";
import { startTestEmulator, type TestEmulator } from "./support/emulator.ts";

/** What is printed, as a reader would take values out of it. */
async function printed<T>(
  look: (emulator: TestEmulator, value: (label: string) => string) => Promise<T>,
  options: { realNames?: boolean } = {},
): Promise<T> {
  const emulator = await startTestEmulator(options);
  const directory = mkdtempSync(join(tmpdir(), "tenantry-test-"));
  try {
    const credentials = await sampleCredentials(emulator, { directory, people: 30 });
    expect(await sampleCredentials(emulator, { directory, people: 30 })).toEqual(credentials);
    const text = describeForClients(emulator, { directory, credentials });
    return await look(emulator, (label) => {
      const [, value = ""] = new RegExp(`^ +${label} {2,}(\\S+)`, "m").exec(text) ?? [];
      return value;
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** As `@azure/identity` is told in what is printed. */
function settings(emulator: TestEmulator, authorityHost: string) {
  return {
    authorityHost,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: emulator.certificateAuthorityPem },
  };
}

describe("what the emulator prints for other programs", () => {
  it("names the proxy for Microsoft's host names where there is one", async () => {
    const proxyIn = (options: { realNames?: boolean }): Promise<[string, string | undefined]> =>
      printed(
        (emulator, value) =>
          Promise.resolve<[string, string | undefined]>([value("Proxy"), emulator.proxy]),
        options,
      );
    expect(await proxyIn({})).toEqual(["", undefined]);
    const [shown, proxy = ""] = await proxyIn({ realNames: true });
    expect(proxy).not.toBe("");
    expect(shown).toBe(`HTTPS_PROXY="${proxy}"`);
  });

  it("is an account that signs in at the backup vendor", async () => {
    await printed(async (emulator, value) => {
      const [address, username] = [value("Backup \\(Veeam v8\\)"), value("Backup account")];
      const answer = await emulator.fetch(`${address}/v8/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "password",
          username,
          password: "only-on-loopback",
        }),
      });
      expect(answer.status).toBe(200);
    });
  });

  it("is a secret that @azure/identity gets a token for Graph with", async () => {
    await printed(async (emulator, value) => {
      const credential = new ClientSecretCredential(
        value("Tenant"),
        value("Client id"),
        value("Client secret"),
        settings(emulator, value("Sign-in")),
      );
      const { token } = await credential.getToken("https://graph.microsoft.com/.default");
      const answer = await emulator.fetch(`${value("Graph")}/users`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(((await answer.json()) as { value: unknown[] }).value).toHaveLength(30);
    });
  });

  it("is a certificate that @azure/identity gets a token for SharePoint with", async () => {
    await printed(async (emulator, value) => {
      const credential = new ClientCertificateCredential(
        value("Tenant"),
        value("Client id"),
        { certificatePath: value("Client certificate") },
        settings(emulator, value("Sign-in")),
      );
      const host = "voorbeeldbv.sharepoint.com";
      const { token } = await credential.getToken(`https://${host}/.default`);
      const answer = await emulator.fetch(
        `${value("SharePoint").replace("{host}", host)}/sites/finance/_api/web`,
        { headers: { authorization: `Bearer ${token}`, accept: "application/json" } },
      );
      expect(await answer.json()).toMatchObject({ Title: "Finance" });
    });
  });
});
