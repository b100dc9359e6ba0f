/** What has to be so in the end, read through a server as anybody reads it. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { sandboxTrust } from "../../../operations/local/sandbox-trust.ts";
import { keyStore, recordStore, tenantRecord } from "../../../state/index.ts";
import type { StateDatabase } from "../../../state/index.ts";
import { stackOfTenant } from "../../../state/stacks/stack-name.ts";
import { leaseNameOf } from "../../../state/stacks/updates.ts";
import { openServerDatabase } from "../../../state/remote/server-database.ts";
import type { Servers } from "./servers.ts";
import { madeInTenant, madeSoFar, PEOPLE } from "./session.ts";

interface Ended {
  readonly names: readonly string[];
  readonly folder: string;
  readonly servers: Servers;
  /** Hash of each value that a runner was told is kept, by its key. */
  readonly stored: ReadonlyMap<string, string>;
}

/** @returns what is not as it has to be */
export async function verified({ names, folder, servers, stored }: Ended): Promise<string[]> {
  const database = openServerDatabase(servers.fronts[0]?.url ?? "", {
    known: servers.watcher,
    platformToken: () => Promise.resolve(undefined),
  });
  const records = recordStore(database);
  const keys = keyStore(join(folder, "keys"));
  const trustRoots = await sandboxTrust({ isProtected: false, ...keys }).roots();
  const problems: string[] = [];
  for (const [key, hash] of stored) {
    const value = await records.get(key);
    const isKept = value !== undefined && hashOf(value) === hash;
    if (!isKept) problems.push(`${key} was kept, and is ${value === undefined ? "lost" : "other"}`);
  }
  for (const tenant of names) {
    const record = tenantRecord({
      ...{ store: records, stack: tenant, trustRoots, now: () => new Date() },
      heads: { read: async () => undefined, write: async () => undefined },
    });
    const verification = await record.verify();
    if (!verification.ok) {
      problems.push(`${tenant}: the record breaks at entry ${verification.break.sequence}`);
      continue;
    }
    const { applications, openStart } = verification.record;
    const ends = applications.filter(({ predicate }) => predicate.result === "succeeded").length;
    if (ends !== 1) problems.push(`${tenant}: applied to its end ${ends} times`);
    if (openStart !== undefined) problems.push(`${tenant}: an apply has no end`);
    problems.push(...(await stateProblems(database, { tenant, folder })));
  }
  return problems;
}

async function stateProblems(
  database: StateDatabase,
  { tenant, folder }: { readonly tenant: string; readonly folder: string },
): Promise<string[]> {
  const problems: string[] = [];
  const made = madeInTenant(join(folder, "tenants", tenant))
    .toSorted()
    .join();
  if (made !== PEOPLE.join()) problems.push(`${tenant}: has ${made}`);
  const inState = await madeSoFar(database, tenant);
  if (inState.size !== PEOPLE.length) problems.push(`${tenant}: ${inState.size} in the state`);
  const stack = stackOfTenant(tenant);
  const held = await database.run("currentLease", leaseNameOf(stack));
  if (held !== undefined) problems.push(`${tenant}: is still locked`);
  const begun = await database.run("openCreations", stack);
  if (begun.length > 0) problems.push(`${tenant}: ${begun.length} creations are left`);
  return problems;
}

const hashOf = (value: Uint8Array): string => createHash("sha256").update(value).digest("hex");
