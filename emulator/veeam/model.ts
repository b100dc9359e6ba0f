/** What the backup server keeps. Secrets are not among it: they are checked for presence and dropped. */
import { defineCollection, type StoredObject } from "../core/store.ts";

export interface Account extends StoredObject {
  accountType: string;
  userName: string;
  description: string;
  organizationId?: string | null;
}

export interface EncryptionKey extends StoredObject {
  description: string;
  organizationId?: string | null;
}

export interface ConnectionSettings {
  useApplicationOnlyAuth?: boolean | null;
  officeOrganizationName?: string;
  applicationId?: string | null;
}

export interface OrganizationSettings {
  type?: string;
  region?: string;
  description?: string | null;
  isExchangeOnline?: boolean | null;
  isSharePointOnline?: boolean | null;
  isTeamsOnline?: boolean | null;
  isTeamsChatsOnline?: boolean | null;
  exchangeOnlineSettings?: ConnectionSettings;
  sharePointOnlineSettings?: ConnectionSettings;
}

export interface Organization extends StoredObject, OrganizationSettings {
  /** The tenant's initial domain. */
  name: string;
  /** Tenant id. */
  msid: string;
}

export interface RepositorySettings {
  name?: string;
  path?: string;
  proxyId?: string | null;
  proxyPoolId?: string | null;
  organizationId?: string | null;
  retentionType: string | null;
  retentionPeriodType?: string | null;
  dailyRetentionPeriod?: number | null;
  monthlyRetentionPeriod?: number | null;
  yearlyRetentionPeriod?: string | null;
  objectStorageEncryptionEnabled?: boolean | null;
  encryptionKeyId?: string | null;
  objectStorage?: {
    accountId?: string | null;
    type?: string;
    enableImmutability?: boolean | null;
    immutabilityPeriodDays?: number | null;
  } | null;
}

export interface Repository extends StoredObject, RepositorySettings {
  name: string;
}

export interface JobItem {
  id: string;
  type: string;
  user?: { id?: string };
  group?: { id?: string };
  site?: { id: string };
}

export interface SchedulePolicy {
  scheduleEnabled?: boolean | null;
  type?: string | null;
  dailyType?: string | null;
  /** `HH:mm:ss`, UTC on the emulated server. */
  dailyTime?: string;
  periodicallyEvery?: string | null;
}

export interface Job extends StoredObject {
  name: string;
  description: string;
  backupType: string;
  organizationId: string;
  repositoryId: string;
  isEnabled: boolean;
  schedulePolicy: SchedulePolicy;
  eTag: number;
  /** Runs by schedule start after this moment; those before it are stored. Milliseconds since 1970-01-01 UTC. */
  scheduledFromMs: number;
  selectedItems: JobItem[];
  excludedItems: JobItem[];
}

export interface JobSession extends StoredObject {
  jobId: string;
  repositoryId: string;
  organizationId: string;
  full: boolean;
  /** What the job took at that time. */
  taken: Pick<Job, "backupType" | "selectedItems" | "excludedItems">;
  /** Milliseconds since 1970-01-01 UTC. */
  startedMs: number;
  /** Set when the run was stopped before its end. */
  stoppedMs?: number;
}

/** Something that goes wrong in runs that start from `fromMs` on and before `untilMs`; milliseconds since 1970-01-01 UTC. */
export interface Trouble extends StoredObject {
  fromMs: number;
  untilMs: number;
  /** Microsoft's id of what cannot be read; the whole run fails where none is named. */
  msid?: string;
}

export const troubles = defineCollection<Trouble>("veeam.trouble");
export const accounts = defineCollection<Account>("veeam.account");
export const encryptionKeys = defineCollection<EncryptionKey>("veeam.encryption-key");
export const organizations = defineCollection<Organization>("veeam.organization", {
  msid: (organization) => organization.msid,
});
export const repositories = defineCollection<Repository>("veeam.repository", {
  name: (repository) => repository.name,
});
export const jobs = defineCollection<Job>("veeam.job", {
  name: (job) => job.name,
  organizationId: (job) => job.organizationId,
  repositoryId: (job) => job.repositoryId,
});
export const jobSessions = defineCollection<JobSession>("veeam.job-session", {
  jobId: (session) => session.jobId,
  organizationId: (session) => session.organizationId,
});
