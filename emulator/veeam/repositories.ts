/** Backup repositories: where backups go and how long they are kept. */
import type { Call, Scope } from "../core/workload.ts";
import { conflict, invalid } from "./errors.ts";
import {
  accounts,
  encryptionKeys,
  jobs,
  repositories,
  type Repository,
  type RepositorySettings,
} from "./model.ts";
import { parameter, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";
import { isProxy, requireObject } from "./storage.ts";

const RETENTION_PROPERTY = {
  Daily: "dailyRetentionPeriod",
  Monthly: "monthlyRetentionPeriod",
  Yearly: "yearlyRetentionPeriod",
} as const;

const STATE_OF_A_SOUND_REPOSITORY = {
  isOutdated: false,
  isOutOfSync: false,
  isIndexed: true,
  isMigrationLocked: false,
  isOutOfOrder: false,
  isLongTerm: false,
};

/** Properties that only a request has; an answer never repeats them. */
const REQUEST_ONLY = ["ignoreProxyPoolApplianceAccessValidation", "attachUsedRepository", "id"];

/** @throws ServiceFailure 400 for a part that is missing or leads nowhere, 409 for a name in use */
function repositoryOf(call: Call, id: string): Repository {
  const request = call.body as RepositorySettings;
  const { name } = request;
  if (!name) throw invalid("name: required");
  if (call.store.find(repositories, "name", name).some(({ object }) => object.id !== id)) {
    throw conflict(`A backup repository named '${name}' exists already.`);
  }
  checkPlace(call, request);
  checkRetention(request);
  const kept = Object.entries(request).filter(([key]) => !REQUEST_ONLY.includes(key));
  return { ...(Object.fromEntries(kept) as unknown as RepositorySettings), id, name };
}

function checkPlace(scope: Scope, request: RepositorySettings): void {
  if (request.proxyPoolId) throw invalid("proxyPoolId: the server has no proxy pool");
  if (!request.proxyId) throw invalid("proxyId or proxyPoolId: required");
  if (!isProxy(request.proxyId)) throw invalid(`proxyId: no proxy '${request.proxyId}'`);
  const storage = request.objectStorage;
  if (!storage) {
    if (!request.path) throw invalid("path: required for a repository without object storage");
    return;
  }
  if (!storage.type) throw invalid("objectStorage.type: required");
  if (!storage.accountId || scope.store.get(accounts, storage.accountId) === undefined) {
    throw invalid(`objectStorage.accountId: no account '${storage.accountId ?? ""}'`);
  }
  if (storage.enableImmutability === true && !storage.immutabilityPeriodDays) {
    throw invalid("objectStorage.immutabilityPeriodDays: required with enableImmutability");
  }
  checkEncryption(scope, request);
}

function checkEncryption(scope: Scope, request: RepositorySettings): void {
  if (request.objectStorageEncryptionEnabled !== true) return;
  const keyId = request.encryptionKeyId ?? "";
  if (scope.store.get(encryptionKeys, keyId) === undefined) {
    throw invalid(`encryptionKeyId: no encryption key '${keyId}'`);
  }
}

function checkRetention(request: RepositorySettings): void {
  if (!request.retentionType) throw invalid("retentionType: required");
  const type = request.retentionPeriodType;
  if (!type) throw invalid("retentionPeriodType: required");
  const property = RETENTION_PROPERTY[type as keyof typeof RETENTION_PROPERTY];
  if (!request[property]) throw invalid(`${property}: required with retentionPeriodType ${type}`);
}

function toAnswer(repository: Repository): Record<string, unknown> {
  return { ...repository, ...STATE_OF_A_SOUND_REPOSITORY };
}

function requireRepository(call: Call): Repository {
  const id = parameter(call, "repositoryId");
  return requireObject(call, repositories, { kind: "Backup repository", id });
}

export const repositoryOperations: OperationTable = {
  "GET /v8/BackupRepositories": (call) => {
    const wanted = ["proxyId", "organizationId"] as const;
    const found = call.store
      .list(repositories)
      .map(({ object }) => object)
      .filter((repository) =>
        wanted.every(
          (key) => (call.query.get(key) ?? repository[key] ?? null) === (repository[key] ?? null),
        ),
      );
    return page(call, found.map(toAnswer));
  },
  "POST /v8/BackupRepositories": (call) =>
    toAnswer(call.store.insert(repositories, repositoryOf(call, call.newId()), call.nowMs)),
  "GET /v8/BackupRepositories/{repositoryId}": (call) => toAnswer(requireRepository(call)),
  "PUT /v8/BackupRepositories/{repositoryId}": (call) => {
    call.store.replace(repositories, repositoryOf(call, requireRepository(call).id));
  },
  "DELETE /v8/BackupRepositories/{repositoryId}": (call) => {
    const { id, name } = requireRepository(call);
    if (call.store.find(jobs, "repositoryId", id).length > 0) {
      throw conflict(`Backup repository '${name}' is used by a backup job.`);
    }
    call.store.remove(repositories, id);
  },
};
