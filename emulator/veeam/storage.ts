/** What a repository stands on: cloud accounts, encryption keys, proxies. */
import type { Collection, StoredObject } from "../core/store.ts";
import type { Call, Scope } from "../core/workload.ts";
import { invalid, notFound } from "./errors.ts";
import { accounts, encryptionKeys, type Account, type EncryptionKey } from "./model.ts";
import { parameter, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";

/** The one proxy of the emulated backup server; the same id on every emulator. */
const PROXY = {
  type: "Local",
  id: "6f5b9c1e-2f0d-4b1a-9c55-0c2b6f3a7d10",
  hostName: "backup-proxy",
  fqdn: "backup-proxy.emulator.invalid",
  description: "Built-in proxy of the emulator",
  port: 9193,
  status: "Online",
  maintenanceModeState: "Disabled",
  operatingSystem: "Linux",
  role: ["Processor"],
};

export function isProxy(id: string): boolean {
  return id === PROXY.id;
}

/** The stored object of a path parameter, or 404. */
export function requireObject<T extends StoredObject>(
  scope: Scope,
  collection: Collection<T>,
  wanted: { kind: string; id: string },
): T {
  const object = scope.store.get(collection, wanted.id);
  if (object === undefined) throw notFound(wanted.kind, wanted.id);
  return object;
}

interface AccountRequest {
  accountType?: string | null;
  userName?: string;
  password?: string;
  description?: string;
  organizationId?: string | null;
}

/** Passwords are checked for presence and then dropped: nothing of the emulator needs them. */
function accountOf(id: string, request: AccountRequest): Account {
  const { accountType, userName, password, description = "", organizationId } = request;
  if (!accountType) throw invalid("accountType: required");
  if (!userName) throw invalid("userName: required");
  if (!password) throw invalid("password: required");
  return { id, accountType, userName, description, ...(organizationId && { organizationId }) };
}

function requireAccount(call: Call): Account {
  return requireObject(call, accounts, { kind: "Account", id: parameter(call, "accountId") });
}

function requireKey(call: Call): EncryptionKey {
  return requireObject(call, encryptionKeys, {
    kind: "Encryption key",
    id: parameter(call, "keyId"),
  });
}

/** Filters of a list that is given whole, each equal to the property of its name. */
function matches(call: Call, object: object): boolean {
  return [...call.query].every(([name, value]) => Reflect.get(object, name) === value);
}

export const storageOperations: OperationTable = {
  "GET /v8/Accounts": (call) =>
    call.store
      .list(accounts)
      .map(({ object }) => object)
      .filter((account) => matches(call, account)),
  "POST /v8/Accounts": (call) =>
    call.store.insert(accounts, accountOf(call.newId(), call.body as AccountRequest), call.nowMs),
  "GET /v8/Accounts/{accountId}": requireAccount,
  "PUT /v8/Accounts/{accountId}": (call) => {
    call.store.replace(accounts, accountOf(requireAccount(call).id, call.body as AccountRequest));
  },
  "DELETE /v8/Accounts/{accountId}": (call) => {
    call.store.remove(accounts, requireAccount(call).id);
  },
  "GET /v8/EncryptionKeys": (call) =>
    call.store
      .list(encryptionKeys)
      .map(({ object }) => object)
      .filter((key) => matches(call, key)),
  "POST /v8/EncryptionKeys": (call) => {
    const { password, description = "", organizationId } = call.body as AccountRequest;
    if (!password) throw invalid("password: required");
    const key = { id: call.newId(), description, ...(organizationId && { organizationId }) };
    return call.store.insert(encryptionKeys, key, call.nowMs);
  },
  "GET /v8/EncryptionKeys/{keyId}": requireKey,
  "DELETE /v8/EncryptionKeys/{keyId}": (call) => {
    call.store.remove(encryptionKeys, requireKey(call).id);
  },
  "GET /v8/Proxies": (call) => page(call, [PROXY]),
  "GET /v8/Proxies/{proxyId}": (call) => {
    const id = parameter(call, "proxyId");
    if (!isProxy(id)) throw notFound("Proxy", id);
    return PROXY;
  },
};
