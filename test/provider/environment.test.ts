import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  startTestEmulator,
  CLIENT_ID,
  CLIENT_SECRET,
  TENANT_ID,
} from "../emulator/support/emulator.ts";
import {
  backupCredentialsOf,
  dnsOf,
  connectionOfEnvironment,
  credentialOfEnvironment,
} from "../../provider/environment.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-environment-"));
  folders.push(folder);
  const path = join(folder, "file.pem");
  writeFileSync(path, content);
  return path;
}

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";
const PEM = `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n`;

describe("the credential of the environment", () => {
  it.each(["# A README\n", CERTIFICATE])("refuses a file that holds no certificate: %j", (text) => {
    const environment = {
      AZURE_CLIENT_ID: "app",
      AZURE_CLIENT_CERTIFICATE_PATH: fileWith(text),
    };
    expect(() => credentialOfEnvironment(environment)).toThrow(
      expect.objectContaining({
        code: "no-credential",
        message: expect.stringContaining("holds no certificate with its key") as string,
      }),
    );
  });

  it("prefers a certificate to a federated token, and that to a secret", () => {
    const secret = { AZURE_CLIENT_ID: "app", AZURE_CLIENT_SECRET: "only-for-tests" };
    const token = { ...secret, AZURE_FEDERATED_TOKEN_FILE: "token.jwt" };
    const certificate = { ...token, AZURE_CLIENT_CERTIFICATE_PATH: fileWith(PEM) };
    expect(credentialOfEnvironment(certificate)).toEqual({
      kind: "client-certificate",
      clientId: "app",
      certificatePem: PEM,
    });
    expect(credentialOfEnvironment(token)).toMatchObject({ kind: "workload-identity" });
    expect(credentialOfEnvironment(secret)).toMatchObject({ kind: "client-secret" });
  });

  it.each([{}, { AZURE_CLIENT_ID: "app" }])("refuses %j and says what to set", (environment) => {
    expect(() => credentialOfEnvironment(environment)).toThrow(
      expect.objectContaining({
        code: "no-credential",
        hint: expect.stringContaining("AZURE_CLIENT") as string,
      }),
    );
  });
});

it("has an account at the backup vendor only when both its parts are set", () => {
  expect(backupCredentialsOf({ TENANTRY_BACKUP_USERNAME: "ada" })).toBeUndefined();
  expect(
    backupCredentialsOf({ TENANTRY_BACKUP_USERNAME: "ada", TENANTRY_BACKUP_PASSWORD: "x" }),
  ).toEqual({ username: "ada", password: "x" });
});

it("has a token for Cloudflare only where one is set: a pipeline without the secret says an empty one", async () => {
  const { cloudflareToken, lookUp } = dnsOf({ CLOUDFLARE_API_TOKEN: "" }, true);
  expect(cloudflareToken).toBeUndefined();
  expect(await lookUp?.("contoso.com", "TXT")).toEqual({ unreachable: "practice" });
  expect(dnsOf({ CLOUDFLARE_API_TOKEN: "secret" }, true).cloudflareToken).toBe("secret");
});

it("reaches an emulator that the environment names, in the tenant of the configuration", async () => {
  const emulator = await startTestEmulator();
  const { service } = await connectionOfEnvironment(
    { tenantId: TENANT_ID },
    {
      TENANTRY_EMULATOR_ORIGIN: emulator.origin,
      TENANTRY_EMULATOR_CA: fileWith(emulator.certificateAuthorityPem),
      AZURE_CLIENT_ID: CLIENT_ID,
      AZURE_CLIENT_SECRET: CLIENT_SECRET,
    },
  );
  try {
    expect(service.tenantId).toBe(TENANT_ID);
    expect(await service.graph.get("/organization")).toMatchObject({ value: [{ id: TENANT_ID }] });
  } finally {
    await service.close();
  }
});
