/**
 * The backup vendor's objects that a policy touches (Veeam Backup for Microsoft 365, REST v8).
 * @see https://helpcenter.veeam.com/references/vbo365/8/rest (checked 2026-11)
 */
import { isRequestError } from "../../services/index.ts";
import type { RestClient } from "../../services/index.ts";
import { addDays, addMonths, calendar } from "../../core/calendar.ts";

/** Most items of a page; collections are read to their end anyhow. */
const PAGE_SIZE = 1000;

export interface Organization {
  readonly id: string;
  /** Initial domain of the tenant. */
  readonly name: string;
}

export interface Repository {
  readonly id: string;
  readonly name: string;
  readonly retentionPeriodType?: string | null;
  readonly dailyRetentionPeriod?: number | null;
  readonly monthlyRetentionPeriod?: number | null;
  /** `Year1`, `Years2` … `Years25`, or `Keep` for ever. */
  readonly yearlyRetentionPeriod?: string | null;
  /** `ItemLevel`, or `SnapshotBased`. */
  readonly retentionType?: string | null;
  readonly objectStorageEncryptionEnabled?: boolean | null;
}

interface SchedulePolicy {
  readonly scheduleEnabled?: boolean | null;
  readonly type?: string | null;
  readonly dailyType?: string | null;
  readonly dailyTime?: string | null;
  readonly periodicallyEvery?: string | null;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly backupType: string;
  readonly organizationId: string;
  readonly repositoryId: string;
  readonly isEnabled: boolean;
  readonly schedulePolicy: SchedulePolicy;
}

/** Something that a job leaves out. */
export interface ExcludedItem {
  readonly id: string;
  readonly type: string;
  readonly user?: { readonly id?: string };
  readonly site?: OrganizationSite | { readonly id: string };
}

interface OrganizationUser {
  readonly id: string;
  readonly name: string;
}

/** A site with everything that the vendor demands where a site is named. */
interface OrganizationSite {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly isCloud: boolean;
  readonly isPersonal: boolean;
}

const sameText = (left: string, right: string): boolean =>
  left.toLowerCase() === right.toLowerCase();

export async function organizationNamed(
  vendor: RestClient,
  name: string,
): Promise<Organization | undefined> {
  const all = await vendor.all<Organization>(`/v8/Organizations?limit=${PAGE_SIZE}`);
  return all.find((entry) => sameText(entry.name, name));
}

export async function organizationWithId(
  vendor: RestClient,
  id: string,
): Promise<Organization | undefined> {
  const all = await vendor.all<Organization>(`/v8/Organizations?limit=${PAGE_SIZE}`);
  return all.find((entry) => entry.id === id);
}

export const repositories = (vendor: RestClient): Promise<Repository[]> =>
  vendor.all<Repository>(`/v8/BackupRepositories?limit=${PAGE_SIZE}`);

export const jobs = (vendor: RestClient): Promise<Job[]> =>
  vendor.all<Job>(`/v8/Jobs?limit=${PAGE_SIZE}`);

export async function jobNamed(vendor: RestClient, name: string): Promise<Job | undefined> {
  return (await jobs(vendor)).find((job) => sameText(job.name, name));
}

export const excludedItems = (vendor: RestClient, jobId: string): Promise<ExcludedItem[]> =>
  vendor.all<ExcludedItem>(`/v8/Jobs/${jobId}/ExcludedItems?limit=${PAGE_SIZE}`);

/** What the vendor knows of the tenant, by user principal name and by site URL, both in lower case. */
export interface Directory {
  readonly mailboxes: ReadonlyMap<string, OrganizationUser>;
  readonly sites: ReadonlyMap<string, OrganizationSite>;
}

export async function directoryOf(vendor: RestClient, organizationId: string): Promise<Directory> {
  const path = `/v8/Organizations/${organizationId}`;
  const [users, sites] = await Promise.all([
    vendor.all<OrganizationUser>(`${path}/Users?limit=${PAGE_SIZE}`),
    vendor.all<OrganizationSite>(`${path}/Sites?limit=${PAGE_SIZE}`),
  ]);
  return {
    mailboxes: new Map(users.map((user) => [user.name.toLowerCase(), user])),
    sites: new Map(sites.map((site) => [site.url.toLowerCase(), site])),
  };
}

/** A missing job is not an error: it no longer backs anything up. */
export async function jobWithId(vendor: RestClient, id: string): Promise<Job | undefined> {
  try {
    return await vendor.get<Job>(`/v8/Jobs/${id}`);
  } catch (error) {
    if (isRequestError(error, "not-found")) return undefined;
    throw error;
  }
}

/** The day until which a backup made today is kept, YYYY-MM-DD; undefined where it is kept for ever. */
export const keptUntil = (repository: Repository): string | undefined =>
  today(periodOf(repository), 1);

/**
 * The day before which an item is too old to be copied at all where items are kept one by one, YYYY-MM-DD; undefined
 * where everything is kept for ever.
 * @see https://helpcenter.veeam.com/docs/vbo365/guide/retention_policy.html (item-level retention; a stored copy of version 6, seen 2026-11-28)
 */
export const oldestItemOf = (repository: Repository): string | undefined =>
  today(periodOf(repository), -1);

type Period = { readonly days: number } | { readonly months: number };

function periodOf(repository: Repository): Period | undefined {
  const { retentionPeriodType: type, yearlyRetentionPeriod: years } = repository;
  if (type === "Daily") return { days: repository.dailyRetentionPeriod ?? 0 };
  if (type === "Monthly") return { months: repository.monthlyRetentionPeriod ?? 0 };
  return years === "Keep" ? undefined : { months: 12 * Number(/\d+/.exec(years ?? "")?.[0] ?? 0) };
}

function today(period: Period | undefined, direction: 1 | -1): string | undefined {
  if (period === undefined) return undefined;
  const day = calendar.today();
  return "days" in period
    ? addDays(day, direction * period.days)
    : addMonths(day, direction * period.months);
}
