/** The way to a tenant by the environment alone, for a provider that runs as a process of its own. */
import { readFileSync } from "node:fs";
import { localDns } from "../core/dns-look-up.ts";
import { microsoftEndpoints, openMicrosoft365 } from "../services/index.ts";
import type { CredentialSource, Endpoints } from "../services/index.ts";
import type { Connection } from "./kit/connection.ts";
import type { Properties } from "./kit/values.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

class NoCredentialError extends Error {
  readonly code = "no-credential";
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "NoCredentialError";
    this.hint = hint;
  }
}

/** The same variables as @azure/identity's environment credential. @throws NoCredentialError */
export function credentialOfEnvironment(
  environment: Environment,
): Extract<CredentialSource, { clientId: string }> {
  const {
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_CLIENT_CERTIFICATE_PATH: certificatePath,
    AZURE_FEDERATED_TOKEN_FILE: tokenFilePath,
  } = environment;
  if (clientId === undefined) {
    throw new NoCredentialError(
      "No credential for Microsoft 365 is set.",
      "Set AZURE_CLIENT_ID and a certificate, secret or federated token (docs/real-tenant.md).",
    );
  }
  if (certificatePath !== undefined) {
    const certificatePem = readFileSync(certificatePath, "utf8");
    const parts = ["-----BEGIN CERTIFICATE-----", "PRIVATE KEY-----"];
    if (!parts.every((part) => certificatePem.includes(part))) {
      throw new NoCredentialError(
        "The file that AZURE_CLIENT_CERTIFICATE_PATH names holds no certificate with its key.",
        "Set it to a PEM file with the certificate and its private key, without a passphrase.",
      );
    }
    return { kind: "client-certificate", clientId, certificatePem };
  }
  if (tokenFilePath !== undefined) return { kind: "workload-identity", clientId, tokenFilePath };
  if (clientSecret !== undefined) return { kind: "client-secret", clientId, clientSecret };
  throw new NoCredentialError(
    "The application has no certificate, secret or token.",
    "Set AZURE_CLIENT_CERTIFICATE_PATH, AZURE_FEDERATED_TOKEN_FILE or AZURE_CLIENT_SECRET.",
  );
}

/** The account at the backup vendor, where there is one. */
export function backupCredentialsOf(environment: Environment): Connection["backupCredentials"] {
  const { TENANTRY_BACKUP_USERNAME: username, TENANTRY_BACKUP_PASSWORD: password } = environment;
  return username === undefined || password === undefined ? undefined : { username, password };
}

/** The way to the customer's zones at Cloudflare, and to DNS. @param isPractice asks no DNS server */
export const dnsOf = (
  { CLOUDFLARE_API_TOKEN: token }: Environment,
  isPractice: boolean,
): Pick<Connection, "cloudflareToken" | "lookUp"> => ({
  // A pipeline whose secret is not set says an empty one.
  cloudflareToken: token === "" ? undefined : token,
  lookUp: localDns(isPractice, []),
});

/**
 * The connection of a provider whose configuration names the tenant. Microsoft's services, or an emulator
 * where TENANTRY_EMULATOR_ORIGIN (`https://localhost:<port>`) and TENANTRY_EMULATOR_CA (a file) say so.
 */
export async function connectionOfEnvironment(
  config: Properties,
  environment: Environment,
): Promise<Connection> {
  const { TENANTRY_EMULATOR_ORIGIN: origin, TENANTRY_EMULATOR_CA: authorityPath } = environment;
  const service = await openMicrosoft365({
    tenantId: String(config.tenantId),
    endpoints:
      origin === undefined
        ? microsoftEndpoints(environment.TENANTRY_BACKUP_URL ?? "")
        : emulatorEndpoints(origin),
    credential: credentialOfEnvironment(environment),
    ...(authorityPath === undefined
      ? {}
      : { trustedCertificatesPem: readFileSync(authorityPath, "utf8") }),
  });
  return {
    service,
    backupCredentials: backupCredentialsOf(environment),
    ...dnsOf(environment, origin !== undefined),
  };
}

/** The emulator serves everything on one port. */
const emulatorEndpoints = (origin: string): Endpoints => ({
  login: origin,
  graph: origin,
  sharePoint: `${origin}/sharepoint/{host}`,
  exchange: `${origin}/exchange`,
  partnerCenter: `${origin}/partnercenter`,
  backup: `${origin}/veeam`,
  azure: `${origin}/azure`,
  cloudflare: `${origin}/cloudflare`,
});
