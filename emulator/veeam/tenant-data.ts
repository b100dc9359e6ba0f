/** What the backup server keeps for one tenant. */
import type { Scope } from "../core/workload.ts";
import {
  accounts,
  encryptionKeys,
  jobs,
  jobSessions,
  organizations,
  repositories,
} from "./model.ts";

/** Ids of the tenant's organization, its jobs with their runs, and the repositories that they write to. */
export function tenantDataOf({ store }: Scope, tenantId: string): string[] {
  return store.find(organizations, "msid", tenantId).flatMap(({ object: organization }) => {
    const ownJobs = store.find(jobs, "organizationId", organization.id);
    const used = new Set(ownJobs.map(({ object }) => object.repositoryId));
    const places = store
      .list(repositories)
      .map(({ object }) => object)
      .filter(({ id, organizationId }) => used.has(id) || organizationId === organization.id);
    const means = places.flatMap(({ encryptionKeyId, objectStorage }) => [
      store.get(encryptionKeys, encryptionKeyId ?? "")?.id,
      store.get(accounts, objectStorage?.accountId ?? "")?.id,
    ]);
    return [
      organization.id,
      ...ownJobs.map(({ object }) => object.id),
      ...store.find(jobSessions, "organizationId", organization.id).map(({ object }) => object.id),
      ...places.map(({ id }) => id),
      ...means.filter((id) => id !== undefined),
    ];
  });
}
