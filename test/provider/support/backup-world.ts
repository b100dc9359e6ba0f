/** A world with a backup server of somebody else's, who has connected the tenant and made a repository. */
import { backupOperator } from "../../../emulator/veeam/index.ts";
import type { RestClient } from "../../../services/index.ts";
import { startSharePointWorld } from "./sharepoint-world.ts";
import type { World, WorldOptions } from "./world.ts";

export interface BackupWorld {
  readonly world: World;
  readonly vendor: RestClient;
}

const connection = {
  useApplicationOnlyAuth: true,
  officeOrganizationName: "contoso.onmicrosoft.com",
  applicationId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  applicationCertificateThumbprint: "00",
};

export async function startBackupWorld(
  options: WorldOptions & { retention?: Record<string, unknown>; isEncrypted?: boolean } = {},
): Promise<BackupWorld> {
  const { retention, isEncrypted = false, ...worldOptions } = options;
  const world = await startSharePointWorld({
    ...worldOptions,
    backup: (service) =>
      service.backup({ username: backupOperator.userName, password: backupOperator.password }),
  });
  const vendor = world.context.backup();
  const secret = { password: "only-for-tests" };
  const account = await vendor.post<{ id: string }>(
    "/v8/Accounts",
    { ...secret, accountType: "amazonS3CompatibleAccount", userName: "storage" },
    { idempotent: true },
  );
  const key = await vendor.post<{ id: string }>("/v8/EncryptionKeys", secret, {
    idempotent: true,
  });
  const [proxy] = await vendor.all<{ id: string }>("/v8/Proxies");
  await vendor.post(
    "/v8/BackupRepositories",
    {
      name: "Datacentrum Noord",
      proxyId: proxy?.id,
      ...(isEncrypted
        ? {
            objectStorage: {
              ...{ type: "AmazonS3Compatible", accountId: account.id, s3Folder: "contoso" },
              amazonBucketS3Compatible: { servicePoint: "https://s3.example.nl", name: "backup" },
            },
            ...{ objectStorageEncryptionEnabled: true, encryptionKeyId: key.id },
          }
        : { path: "D:\\backup" }),
      retentionType: "SnapshotBased",
      ...(retention ?? { retentionPeriodType: "Yearly", yearlyRetentionPeriod: "Years3" }),
    },
    { idempotent: true },
  );
  world.writes();
  return { world, vendor };
}

/** What the operator does once for every new customer. */
export async function connectTenant({ vendor, world }: BackupWorld): Promise<void> {
  await vendor.post("/v8/Organizations", {
    type: "Office365",
    isExchangeOnline: true,
    isSharePointOnline: true,
    exchangeOnlineSettings: connection,
    sharePointOnlineSettings: connection,
  });
  world.writes();
}
