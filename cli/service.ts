/** The way to the tenant: Microsoft's services, or the emulator of this workspace. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createMicrosoft365, microsoftEndpoints } from "../graph/index.ts";
import type { CredentialSource, RequestObserver } from "../graph/index.ts";
import type { Connection } from "../provider/server.ts";
import type { Tenant } from "../stacks/tenant-schema.ts";
import { UserError } from "./errors.ts";
import type { Workspace } from "./workspace.ts";

export interface TenantService {
  readonly connection: Connection;
  /** What the official azuread plugin needs in its environment to reach the same tenant. */
  readonly pluginEnvironment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly workspace: Workspace;
  readonly tenant: Tenant;
  readonly signal: AbortSignal;
  readonly onRequest?: RequestObserver | undefined;
}

export async function openService(options: ServiceOptions): Promise<TenantService> {
  return options.workspace.settings.service === "emulator"
    ? await openEmulated(options)
    : openMicrosoft(options);
}

export const emulatorDirectory = (workspace: Workspace): string =>
  join(workspace.dataDirectory, "emulator");

async function openEmulated({ workspace, ...options }: ServiceOptions): Promise<TenantService> {
  const directory = emulatorDirectory(workspace);
  // Loaded only when needed: a command that makes no calls should not pay for it.
  const { startPractice } = await import("./practice.ts");
  const { emulator, connection } = await startPractice({ directory, ...options });
  return {
    connection,
    pluginEnvironment: { ARM_METADATA_HOSTNAME: new URL(emulator.origin).host },
    close: async () => {
      await connection.service.close();
      await emulator.close();
    },
  };
}

function openMicrosoft({ workspace, tenant, ...options }: ServiceOptions): TenantService {
  const credential = credentialOfEnvironment();
  const { backupUrl } = workspace.settings;
  const endpoints = microsoftEndpoints(backupUrl ?? "");
  const service = createMicrosoft365({
    tenantId: tenant.tenant.id,
    endpoints,
    credential,
    ...options,
  });
  const { TENANTRY_BACKUP_USERNAME: username, TENANTRY_BACKUP_PASSWORD: password } = process.env;
  const backupCredentials =
    username === undefined || password === undefined || backupUrl === undefined
      ? undefined
      : { username, password };
  return {
    connection: { service, backupCredentials },
    pluginEnvironment: azureadEnvironment(tenant.tenant.id),
    close: () => service.close(),
  };
}

/** The same variables as @azure/identity's environment credential. */
function credentialOfEnvironment(): CredentialSource {
  const {
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_CLIENT_CERTIFICATE_PATH: certificatePath,
    AZURE_FEDERATED_TOKEN_FILE: tokenFilePath,
  } = process.env;
  if (clientId === undefined) {
    throw new UserError("no-credential", "No credential for Microsoft 365 is set.", {
      hint: "Set AZURE_CLIENT_ID and a certificate, secret or federated token (docs/real-tenant.md).",
    });
  }
  if (certificatePath !== undefined) {
    const certificatePem = readFileSync(certificatePath, "utf8");
    return { kind: "client-certificate", clientId, certificatePem };
  }
  if (tokenFilePath !== undefined) return { kind: "workload-identity", clientId, tokenFilePath };
  if (clientSecret !== undefined) return { kind: "client-secret", clientId, clientSecret };
  throw new UserError("no-credential", "The application has no certificate, secret or token.", {
    hint: "Set AZURE_CLIENT_CERTIFICATE_PATH, AZURE_FEDERATED_TOKEN_FILE or AZURE_CLIENT_SECRET.",
  });
}

/** The azuread plugin has names of its own for the same things. */
function azureadEnvironment(tenantId: string): Record<string, string> {
  const { AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH } = process.env;
  const { AZURE_FEDERATED_TOKEN_FILE } = process.env;
  const pairs = {
    ARM_TENANT_ID: tenantId,
    ARM_CLIENT_ID: AZURE_CLIENT_ID,
    ARM_CLIENT_SECRET: AZURE_CLIENT_SECRET,
    ARM_CLIENT_CERTIFICATE_PATH: AZURE_CLIENT_CERTIFICATE_PATH,
    ARM_OIDC_TOKEN_FILE_PATH: AZURE_FEDERATED_TOKEN_FILE,
    ARM_USE_OIDC: AZURE_FEDERATED_TOKEN_FILE === undefined ? undefined : "true",
    ARM_USE_CLI: "false",
  };
  return Object.fromEntries(
    Object.entries(pairs).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
