/** The way to the tenant: Microsoft's services, or the emulator of this workspace. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { microsoftEndpoints, openMicrosoft365 } from "../services/index.ts";
import type {
  RelationMemory,
  RequestObserver,
  UnexpectedObserver,
  WaitingObserver,
} from "../services/index.ts";
import { backupCredentialsOf, credentialOfEnvironment, dnsOf } from "../provider/index.ts";
import type { Connection } from "../provider/index.ts";
import { isSandbox } from "../workspace/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { ReachedTenant } from "./reached-tenant.ts";
import type { PartnerService } from "./sandbox.ts";

export interface TenantService {
  readonly connection: Connection;
  /** What the official azuread plugin needs in its environment to reach the same tenant. */
  readonly pluginEnvironment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly workspace: Workspace;
  readonly tenant: ReachedTenant;
  readonly signal: AbortSignal;
  readonly onRequest?: RequestObserver | undefined;
  readonly onWaiting?: WaitingObserver | undefined;
  readonly onUnexpected?: UnexpectedObserver | undefined;
  readonly relations?: RelationMemory | undefined;
  /** Asked before each write. */
  readonly mayWrite: () => void;
}

/** For whatever holds no lock: it has no way to write, whatever it tries. */
export function refuseWrites(): never {
  throw new Error("Something that only reads tried to write to the tenant");
}

export async function openService(options: ServiceOptions): Promise<TenantService> {
  return options.workspace.settings.service === "emulator"
    ? await openEmulated(options)
    : await openMicrosoft(options);
}

export const emulatorDirectory = (workspace: Workspace): string =>
  join(workspace.dataDirectory, "emulator");

async function openEmulated({ workspace, ...options }: ServiceOptions): Promise<TenantService> {
  const directory = emulatorDirectory(workspace);
  // Loaded only when needed: a command that makes no calls should not pay for it.
  const { startSandbox } = await import("./sandbox.ts");
  const { emulator, connection, pluginEnvironment } = await startSandbox({
    directory,
    ...options,
  });
  return {
    connection,
    pluginEnvironment,
    close: async () => {
      await connection.service.close();
      await emulator.close();
    },
  };
}

async function openMicrosoft({
  workspace,
  tenant,
  ...options
}: ServiceOptions): Promise<TenantService> {
  const credential = credentialInReach();
  const { backupUrl } = workspace.settings;
  const endpoints = microsoftEndpoints(backupUrl ?? "");
  const service = await openMicrosoft365({
    tenantId: tenant.tenant.id,
    endpoints,
    credential,
    ...options,
  });
  const backupCredentials = backupUrl === undefined ? undefined : backupCredentialsOf(process.env);
  return {
    connection: { service, backupCredentials, ...dnsOf(process.env, false) },
    pluginEnvironment: azureadEnvironment(tenant.tenant.id),
    close: () => service.close(),
  };
}

/**
 * The azuread plugin has names of its own for the same things. Its certificate is a PKCS#12 file, so that ours, in
 * PEM, is of no use to it; and of a token it takes the text only (its own check of a file's path fails).
 */
function azureadEnvironment(tenantId: string): Record<string, string> {
  const { AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_FEDERATED_TOKEN_FILE } = process.env;
  const { ARM_CLIENT_CERTIFICATE_PATH, ARM_CLIENT_CERTIFICATE_PASSWORD } = process.env;
  const token =
    AZURE_FEDERATED_TOKEN_FILE === undefined ? undefined : readToken(AZURE_FEDERATED_TOKEN_FILE);
  const pairs = {
    ARM_TENANT_ID: tenantId,
    ARM_CLIENT_ID: AZURE_CLIENT_ID,
    ARM_CLIENT_SECRET: AZURE_CLIENT_SECRET,
    ARM_CLIENT_CERTIFICATE_PATH,
    ARM_CLIENT_CERTIFICATE_PASSWORD,
    ARM_OIDC_TOKEN: token,
    ARM_USE_OIDC: token === undefined ? undefined : "true",
    ARM_USE_CLI: "false",
  };
  return Object.fromEntries(
    Object.entries(pairs).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function credentialInReach(): ReturnType<typeof credentialOfEnvironment> {
  try {
    return credentialOfEnvironment(process.env);
  } catch (cause) {
    if (!(cause instanceof Error) || !("errno" in cause)) throw cause;
    throw new ExpectedError("no-credential", "The certificate file cannot be read.", {
      hint: "Set AZURE_CLIENT_CERTIFICATE_PATH to a readable PEM file with the certificate and its key.",
      cause,
    });
  }
}

function readToken(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new ExpectedError("no-credential", "The federated token file cannot be read.", {
      hint: "Set AZURE_FEDERATED_TOKEN_FILE to the file that the platform keeps up to date.",
      cause,
    });
  }
}

/** Undefined where the settings name no tenant of the partner. In practice it has the groups that they name. */
export async function openPartner({
  workspace,
  ...options
}: Omit<ServiceOptions, "tenant">): Promise<PartnerService | undefined> {
  const { partner } = workspace.settings;
  if (partner === undefined) return undefined;
  if (isSandbox(workspace)) {
    const { openPracticePartner } = await import("./sandbox.ts");
    return await openPracticePartner(partner, {
      ...{ directory: emulatorDirectory(workspace), ...options },
    });
  }
  const credential = credentialInReach();
  const service = await openMicrosoft365({
    ...{ tenantId: partner.tenantId, endpoints: microsoftEndpoints(""), credential },
    ...options,
  });
  return { service, clientId: credential.clientId, close: () => service.close() };
}
