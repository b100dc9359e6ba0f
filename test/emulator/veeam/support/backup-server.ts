/** The emulated backup server, spoken to with plain fetch. */
import { backupOperator } from "../../../../emulator/veeam/index.ts";
import type { Response } from "undici";
import type { EmulatorOptions } from "../../../../emulator/index.ts";
import { startTestEmulator, type TestEmulator } from "../../support/emulator.ts";
import { pickText } from "../../support/pick.ts";

export const NO_SUCH_ID = "99999999-9999-4999-8999-999999999999";

const HOUR_MS = 60 * 60_000;

interface Reply {
  status: number;
  headers: Response["headers"];
  /** Parsed JSON, or undefined without a body. */
  body: unknown;
}

interface RawOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

export interface BackupServer {
  emulator: TestEmulator;
  /** Without a sign-in of its own: the headers are all that is sent. */
  raw: (method: string, path: string, options?: RawOptions) => Promise<Reply>;
  /** With an access token. */
  call: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

export async function startBackupServer(
  options: Partial<EmulatorOptions> = {},
): Promise<BackupServer> {
  return await backupServerAt(await startTestEmulator(options));
}

export async function backupServerAt(emulator: TestEmulator): Promise<BackupServer> {
  const raw: BackupServer["raw"] = async (method, path, given = {}) => {
    const response = await emulator.fetch(`${emulator.endpoints.backup}${path}`, {
      method,
      headers: {
        ...(given.body === undefined ? {} : { "content-type": "application/json" }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : (JSON.parse(text) as unknown),
    };
  };
  const signIn = async () => {
    const { body } = await raw("POST", "/v8/token", { body: passwordGrant });
    return { authorization: `Bearer ${pickText(body, "access_token")}` };
  };
  let headers = await signIn();
  let signedInAt = emulator.clock.now();
  return {
    emulator,
    raw,
    call: async (method, path, body) => {
      // A token does not live as long as some tests let time pass.
      if (emulator.clock.now() - signedInAt > HOUR_MS) {
        headers = await signIn();
        signedInAt = emulator.clock.now();
      }
      return await raw(method, path, { headers, ...(body === undefined ? {} : { body }) });
    },
  };
}

export const passwordGrant = {
  grant_type: "password",
  username: backupOperator.userName,
  password: backupOperator.password,
  disable_antiforgery_token: true,
};

const connection = {
  useApplicationOnlyAuth: true,
  officeOrganizationName: "contoso.onmicrosoft.com",
  applicationId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  applicationCertificateThumbprint: "00",
};

export const organizationRequest = {
  type: "Office365",
  isExchangeOnline: true,
  isSharePointOnline: true,
  isTeamsOnline: true,
  exchangeOnlineSettings: connection,
  sharePointOnlineSettings: connection,
};

/** An S3 compatible repository outside Microsoft, with its account and proxy. */
export async function repositoryRequest(server: BackupServer, name = "Rotterdam") {
  const { body: proxies } = await server.call("GET", "/v8/Proxies");
  const { body: account } = await server.call("POST", "/v8/Accounts", {
    accountType: "amazonS3CompatibleAccount",
    userName: "storage",
    password: "only-for-tests",
    description: "Storage",
  });
  return {
    name,
    proxyId: pickText(proxies, "results.0.id"),
    retentionType: "SnapshotBased",
    retentionPeriodType: "Yearly",
    yearlyRetentionPeriod: "Keep",
    objectStorage: {
      type: "AmazonS3Compatible",
      accountId: pickText(account, "id"),
      s3Folder: "contoso",
      amazonBucketS3Compatible: { servicePoint: "https://s3.example.nl", name: "backup" },
    },
  };
}

/** Organization and repository for jobs. */
export async function prepare(
  server: BackupServer,
): Promise<{ organizationId: string; repositoryId: string }> {
  const organization = await server.call("POST", "/v8/Organizations", organizationRequest);
  const repository = await server.call(
    "POST",
    "/v8/BackupRepositories",
    await repositoryRequest(server),
  );
  return {
    organizationId: pickText(organization.body, "id"),
    repositoryId: pickText(repository.body, "id"),
  };
}
