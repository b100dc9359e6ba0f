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
}

interface SchedulePolicy {
  readonly scheduleEnabled?: boolean | null;
  readonly type?: string | null;
  readonly dailyType?: string | null;
  readonly dailyTime?: string | null;
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
export function keptUntil(repository: Repository): string | undefined {
  const today = calendar.today();
  const { retentionPeriodType, yearlyRetentionPeriod } = repository;
  if (retentionPeriodType === "Daily") {
    return addDays(today, repository.dailyRetentionPeriod ?? 0);
  }
  if (retentionPeriodType === "Monthly") {
    return addMonths(today, repository.monthlyRetentionPeriod ?? 0);
  }
  if (yearlyRetentionPeriod === "Keep") return undefined;
  const years = Number(/\d+/.exec(yearlyRetentionPeriod ?? "")?.[0] ?? 0);
  return addMonths(today, years * 12);
}
