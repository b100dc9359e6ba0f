/** What the clients are pointed at: an emulator of their own, or a real test tenant. */
import { X509Certificate, createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  makeApplicationCertificate,
  promptBehaviour,
  startEmulator,
} from "../../emulator/index.ts";

export interface Target {
  name: string;
  /** For each client's process. */
  environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const PEOPLE = 25;

export async function emulatorTarget(): Promise<Target> {
  const directory = mkdtempSync(join(tmpdir(), "emulator-clients-"));
  const emulator = await startEmulator({ directory, realNames: true, behaviour: promptBehaviour });
  const { certificatePem, keyPem } = await makeApplicationCertificate("Clients");
  const certificate = join(directory, "application.pem");
  writeFileSync(certificate, `${keyPem}${certificatePem}`, { mode: 0o600 });
  const clientId = randomUUID();
  const clientSecret = randomBytes(24).toString("base64url");
  const { seed } = emulator.addSampleTenant({
    people: PEOPLE,
    clientId,
    clientSecret,
    certificatePem,
  });
  const authority = join(directory, "ca.pem");
  const proxy = emulator.proxy ?? "";
  return {
    name: "the emulator",
    environment: {
      ...credentials({
        tenantId: seed.tenantId,
        clientId,
        certificate,
        domain: seed.initialDomain,
      }),
      M365_SECRET: clientSecret,
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      NODE_USE_ENV_PROXY: "1",
      NODE_EXTRA_CA_CERTS: authority,
      SSL_CERT_FILE: authority,
      REQUESTS_CA_BUNDLE: authority,
      HOME: directory,
    },
    close: async () => {
      await emulator.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The tenant that the environment names; only read unless writing is asked for. */
export function tenantTarget(options: { mayWrite: boolean }): Target {
  const wanted = ["M365_TENANT", "M365_CLIENT_ID", "M365_CERTIFICATE", "M365_DOMAIN"] as const;
  const [tenantId, clientId, certificate, domain] = wanted.map((name) => process.env[name] ?? "");
  if (!tenantId || !clientId || !certificate || !domain)
    throw new Error(
      `Set ${wanted.join(", ")} to those of a test tenant; the certificate is a PEM file with its key.`,
    );
  return {
    name: `the tenant ${domain}`,
    environment: {
      ...credentials({ tenantId, clientId, certificate, domain }),
      ...(options.mayWrite ? {} : { M365_READ_ONLY: "1" }),
    },
    close: () => Promise.resolve(),
  };
}

function credentials(of: {
  tenantId: string;
  clientId: string;
  certificate: string;
  domain: string;
}): Record<string, string> {
  const { raw } = new X509Certificate(certificateIn(readFileSync(of.certificate, "utf8")));
  return {
    M365_TENANT: of.tenantId,
    M365_CLIENT_ID: of.clientId,
    M365_CERTIFICATE: of.certificate,
    M365_THUMBPRINT: createHash("sha1").update(raw).digest("hex").toUpperCase(),
    M365_DOMAIN: of.domain,
    M365_SITE_HOST: `${of.domain.split(".")[0] ?? ""}.sharepoint.com`,
  };
}

function certificateIn(pem: string): string {
  return pem.slice(pem.indexOf("-----BEGIN CERTIFICATE-----"));
}
