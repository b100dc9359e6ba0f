/**
 * What exists before the first apply of a real tenant too, on the emulator: the tenant with its domains and
 * bought licences, our application in it, and the operator's repository at the backup vendor.
 */
import {
  authorityFile,
  backupOperator,
  cloudflareToken,
  startEmulator,
} from "../emulator/index.ts";
import type { Emulator } from "../emulator/index.ts";
import type { Connection } from "../provider/index.ts";
import type { Backup } from "../tenant-file/index.ts";
import { openMicrosoft365 } from "../services/index.ts";
import type {
  Microsoft365,
  Microsoft365Options,
  RelationMemory,
  RequestObserver,
  RestClient,
  UnexpectedObserver,
  WaitingObserver,
} from "../services/index.ts";
import type { Settings } from "../workspace/index.ts";
import type { ReachedTenant } from "./reached-tenant.ts";
import { applicationCredentials } from "./sandbox-credentials.ts";
import type { ApplicationCredentials } from "./sandbox-credentials.ts";

/** Application id of this program in every emulated tenant. */
export const PRACTICE_CLIENT_ID = "7e4a47e0-0000-4000-8000-000000000001";

/** The provider's own tenant, in practice. */
const PRACTICE_PARTNER = {
  displayName: "Partner",
  initialDomain: "partner.onmicrosoft.com",
  domains: [],
};

/** The vendor's own application in the tenants that it backs up. */
const VENDOR_CLIENT_ID = "7e4a47e0-0000-4000-8000-000000000002";

export interface Sandbox {
  readonly emulator: Emulator;
  readonly connection: Connection;
  /** What the official azuread plugin needs in its environment to reach the same tenant. */
  readonly pluginEnvironment: Readonly<Record<string, string>>;
}

/** The partner's own tenant, by the same application. */
export interface PartnerService {
  readonly service: Microsoft365;
  /** Of our application. */
  readonly clientId: string;
  close(): Promise<void>;
}

interface SandboxOptions {
  readonly directory: string;
  readonly tenant: ReachedTenant;
  /** Names of those that are there from the start. */
  readonly securityGroups?: readonly string[];
  readonly signal: AbortSignal;
  readonly onRequest?: RequestObserver | undefined;
  readonly onWaiting?: WaitingObserver | undefined;
  readonly onUnexpected?: UnexpectedObserver | undefined;
  readonly relations?: RelationMemory | undefined;
  readonly mayWrite?: (() => void) | undefined;
}

/** A tenant of the partner beside those of the customers, with the groups of the settings in it. */
export async function openPracticePartner(
  { tenantId, groups }: NonNullable<Settings["partner"]>,
  options: Omit<SandboxOptions, "tenant" | "securityGroups">,
): Promise<PartnerService> {
  const { emulator, connection } = await startSandbox({
    ...options,
    tenant: { tenant: { id: tenantId, ...PRACTICE_PARTNER } },
    securityGroups: Object.keys(groups),
  });
  const { service } = connection;
  const close = async (): Promise<void> => {
    await service.close();
    await emulator.close();
  };
  return { service, clientId: PRACTICE_CLIENT_ID, close };
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { directory } = options;
  const credentials = await applicationCredentials(directory);
  const emulator = await startEmulator({ directory });
  try {
    return await connectTo(emulator, { ...options, credentials });
  } catch (error) {
    // An emulator that keeps listening would keep the command from ending.
    await emulator.close();
    throw error;
  }
}

async function connectTo(
  emulator: Emulator,
  {
    directory,
    tenant,
    securityGroups,
    signal,
    onRequest,
    onWaiting,
    onUnexpected,
    relations,
    mayWrite,
    credentials,
  }: SandboxOptions & {
    readonly credentials: ApplicationCredentials;
  },
): Promise<Sandbox> {
  addTenant(emulator, tenant, { credentials, securityGroups });
  const { certificatePem, keyPem } = credentials;
  const practice: Microsoft365Options = {
    tenantId: tenant.tenant.id,
    endpoints: emulator.endpoints,
    credential: {
      kind: "client-certificate",
      clientId: PRACTICE_CLIENT_ID,
      certificatePem: `${certificatePem}\n${keyPem}`,
    },
    trustedCertificatesPem: emulator.certificateAuthorityPem,
    signal,
  };
  const { userName: username, password } = backupOperator;
  const backupCredentials = { username, password };
  if (tenant.backup?.vendor === "veeam") {
    // The operator's own work, which our application has no part in.
    const operator = await openMicrosoft365(practice);
    await prepareVendor(operator.backup(backupCredentials), tenant, tenant.backup);
    await operator.close();
  }
  const service = await openMicrosoft365({
    ...practice,
    ...{ onRequest, onWaiting, onUnexpected, relations, mayWrite },
  });
  const pluginEnvironment = {
    ARM_METADATA_HOSTNAME: new URL(emulator.origin).host,
    ARM_TENANT_ID: tenant.tenant.id,
    ARM_CLIENT_ID: PRACTICE_CLIENT_ID,
    ARM_CLIENT_SECRET: credentials.clientSecret,
    SSL_CERT_FILE: authorityFile(directory),
  };
  const connection = { service, backupCredentials, cloudflareToken };
  return { emulator, connection, pluginEnvironment };
}

function addTenant(
  emulator: Emulator,
  tenant: ReachedTenant,
  {
    credentials: { certificatePem, clientSecret },
    securityGroups = [],
  }: {
    readonly credentials: ApplicationCredentials;
    readonly securityGroups: readonly string[] | undefined;
  },
): void {
  emulator.addTenant({
    tenantId: tenant.tenant.id,
    displayName: tenant.tenant.displayName,
    initialDomain: tenant.tenant.initialDomain,
    domains: tenant.tenant.domains,
    subscribedSkus: (tenant.subscriptions ?? []).map(({ sku, count }) => ({
      skuPartNumber: sku,
      enabledUnits: count,
    })),
    securityGroups,
    dnsZones: (tenant.dnsZones ?? []).map(({ records: _, ...zone }) => zone),
    applications: [
      { clientId: PRACTICE_CLIENT_ID, displayName: "Tenantry", certificatePem, clientSecret },
    ],
  });
}

/** The operator's part of the deal: the customer's organisation, and a place that keeps everything. */
async function prepareVendor(
  vendor: RestClient,
  tenant: ReachedTenant,
  backup: Backup,
): Promise<void> {
  const { id: tenantId, initialDomain } = tenant.tenant;
  const organizations = await vendor.all<{ msid: string }>("/v8/Organizations");
  if (!organizations.some(({ msid }) => msid === tenantId)) {
    const connection = {
      useApplicationOnlyAuth: true,
      officeOrganizationName: initialDomain,
      applicationId: VENDOR_CLIENT_ID,
      applicationCertificateThumbprint: "practice",
    };
    await vendor.post("/v8/Organizations", {
      type: "Office365",
      isExchangeOnline: true,
      isSharePointOnline: true,
      exchangeOnlineSettings: connection,
      sharePointOnlineSettings: connection,
    });
  }
  const repositories = await vendor.all<{ name: string }>("/v8/BackupRepositories");
  if (repositories.some(({ name }) => name === backup.location.name)) return;
  const [proxy] = await vendor.all<{ id: string }>("/v8/Proxies");
  const password = "practice";
  const account = await vendor.post<{ id: string }>("/v8/Accounts", {
    ...{ accountType: "amazonS3CompatibleAccount", userName: "practice", password },
  });
  const key = await vendor.post<{ id: string }>("/v8/EncryptionKeys", { password });
  // Only copies in object storage are encrypted.
  await vendor.post("/v8/BackupRepositories", {
    name: backup.location.name,
    proxyId: proxy?.id,
    objectStorage: {
      ...{ type: "AmazonS3Compatible", accountId: account.id, s3Folder: "practice" },
      amazonBucketS3Compatible: { servicePoint: "https://s3.example", name: "practice" },
    },
    objectStorageEncryptionEnabled: true,
    encryptionKeyId: key.id,
    retentionType: "SnapshotBased",
    retentionPeriodType: "Yearly",
    yearlyRetentionPeriod: "Keep",
  });
}
