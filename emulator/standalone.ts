/** The emulator on its own, for programs that know nothing of it: a sample company, and how to point clients at it. */
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeApplicationCertificate } from "./core/application-certificate.ts";
import { cloudflareToken } from "./dns/cloudflare.ts";
import { CERTIFIED_NAMES } from "./core/real-names.ts";
import type { Emulator } from "./emulator.ts";
import { backupOperator } from "./veeam/index.ts";

/** Of an application in the sample tenant, made at run time; good for this emulator only. */
export interface Credentials {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** Path of the application's certificate with its key, PEM; SharePoint takes no secret. */
  certificateFile: string;
}

/** The sample tenant of the directory; made once, its credentials kept beside the state. */
export async function sampleCredentials(
  emulator: Emulator,
  options: { directory: string; people: number },
): Promise<Credentials> {
  const file = join(options.directory, "sample-tenant.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Credentials;
  const { certificatePem, keyPem } = await makeApplicationCertificate("Sample application");
  const application = {
    clientId: randomUUID(),
    clientSecret: randomBytes(24).toString("base64url"),
  };
  const certificateFile = resolve(options.directory, "sample-application.pem");
  writeFileSync(certificateFile, `${keyPem}${certificatePem}`, { mode: 0o600 });
  const { people } = options;
  const { seed } = emulator.addSampleTenant({ people, ...application, certificatePem });
  const credentials = { tenantId: seed.tenantId, ...application, certificateFile };
  writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}

/** What clients must trust. */
export const authorityFile = (directory: string): string => resolve(directory, "ca.pem");

/** For clients that know the services by Microsoft's host names only. */
function describeRealNames(proxy: string | undefined, authority: string): string {
  if (proxy === undefined) return "";
  const hosts = [
    ...CERTIFIED_NAMES.filter((name) => !name.startsWith("*")),
    "TENANT.sharepoint.com",
    "TENANT-admin.sharepoint.com",
  ];
  return `
Microsoft's own host names, for clients that cannot be pointed elsewhere
  Proxy        HTTPS_PROXY="${proxy}" (nothing else gets through it)
  Node         NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS="${authority}"
  Python       REQUESTS_CA_BUNDLE="${authority}" SSL_CERT_FILE="${authority}"
  Java         -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=${new URL(proxy).port}, and the authority in a trust store
  Hosts file   127.0.0.1 ${hosts.join(" ")}
               (instead of the proxy, where the emulator may listen on port 443)
`;
}

/** Addresses, credentials and settings for clients, as people read them. */
export function describeForClients(
  emulator: Emulator,
  options: { directory: string; credentials: Credentials },
): string {
  const { endpoints } = emulator;
  const { tenantId, clientId, clientSecret, certificateFile } = options.credentials;
  const authority = authorityFile(options.directory);
  const host = emulator.origin.slice("https://".length);
  return `Microsoft 365 emulator, listening on 127.0.0.1 only. Ctrl-C stops it.

  Status page            ${emulator.origin}/
  Sign-in                ${endpoints.login}
  Graph                  ${endpoints.graph}/v1.0
  SharePoint             ${endpoints.sharePoint}
  Exchange               ${endpoints.exchange}
  Partner Center         ${endpoints.partnerCenter}
  Backup (Veeam v8)      ${endpoints.backup}
  Azure (DNS zones)      ${endpoints.azure}
  Cloudflare             ${endpoints.cloudflare}

  Tenant                 ${tenantId}
  Client id              ${clientId}
  Client secret          ${clientSecret}
  Client certificate     ${certificateFile} (SharePoint takes no secret)
  Backup account         ${backupOperator.userName} / ${backupOperator.password}
  Cloudflare token       ${cloudflareToken}
  Certificate authority  ${authority}

How to point clients at it
  Node         NODE_EXTRA_CA_CERTS="${authority}"
  Go           SSL_CERT_FILE="${authority}"
  curl         --cacert "${authority}"
  @azure/identity         authorityHost "${endpoints.login}", disableInstanceDiscovery true
  Microsoft Graph client  baseUrl "${endpoints.graph}", customHosts new Set(["localhost"])
  Pulumi azuread          azuread:metadataHost ${host}, azuread:clientId, azuread:clientSecret, azuread:tenantId
${describeRealNames(emulator.proxy, authority)}
Try it
  token=$(curl --silent --cacert "${authority}" ${endpoints.login}/${tenantId}/oauth2/v2.0/token \\
    -d grant_type=client_credentials -d client_id=${clientId} -d client_secret=${clientSecret} \\
    -d scope=https://graph.microsoft.com/.default | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl --silent --cacert "${authority}" -H "Authorization: Bearer $token" '${endpoints.graph}/v1.0/users?$top=3'
`;
}
