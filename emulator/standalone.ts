/** The emulator on its own, for programs that know nothing of it: a sample company, and how to point clients at it. */
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Emulator } from "./index.ts";
import { backupOperator } from "./veeam/index.ts";

/** Of an application in the sample tenant, made at run time; good for this emulator only. */
export interface Credentials {
  tenantId: string;
  clientId: string;
  clientSecret: string;
}

/** The sample tenant of the directory; made once, its credentials kept beside the state. */
export function sampleCredentials(
  emulator: Emulator,
  options: { directory: string; people: number },
): Credentials {
  const file = join(options.directory, "sample-tenant.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Credentials;
  const application = {
    clientId: randomUUID(),
    clientSecret: randomBytes(24).toString("base64url"),
  };
  const { seed } = emulator.addSampleTenant({ people: options.people, ...application });
  const credentials = { tenantId: seed.tenantId, ...application };
  writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}

/** What clients must trust. */
export const authorityFile = (directory: string): string => resolve(directory, "ca.pem");

/** Addresses, credentials and settings for clients, as people read them. */
export function describeForClients(
  emulator: Emulator,
  options: { directory: string; credentials: Credentials },
): string {
  const { endpoints } = emulator;
  const { tenantId, clientId, clientSecret } = options.credentials;
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

  Tenant                 ${tenantId}
  Client id              ${clientId}
  Client secret          ${clientSecret}
  Backup account         ${backupOperator.userName} / ${backupOperator.password}
  Certificate authority  ${authority}

How to point clients at it
  Node         NODE_EXTRA_CA_CERTS=${authority}
  Go           SSL_CERT_FILE=${authority}
  curl         --cacert ${authority}
  @azure/identity         authorityHost "${endpoints.login}", disableInstanceDiscovery true
  Microsoft Graph client  baseUrl "${endpoints.graph}", customHosts new Set(["localhost"])
  Pulumi azuread          azuread:metadataHost ${host}, azuread:clientId, azuread:clientSecret, azuread:tenantId
`;
}
