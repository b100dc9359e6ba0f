/** What the backup vendor has of a tenant, for a take-over: the one job that covers it as a whole. Only reads. */
import { isRequestError } from "../../services/index.ts";
import type { RestClient } from "../../services/index.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import { isRunning, leftOut } from "./backup-policy.ts";
import { jobs, organizationNamed, repositories } from "./veeam.ts";

export interface InventoriedBackup {
  /** Of the job. */
  readonly id: string;
  readonly repository: string;
  /** How long the repository keeps a backup; undefined for ever. */
  readonly years: number | undefined;
  /** User principal names and addresses of sites, in lower case, that the job leaves out. */
  readonly leftOut: ReadonlySet<string>;
}

type Found = { readonly found: InventoriedBackup } | { readonly reason: string };

/** The backup, or why none can be taken over, without a full stop. */
export async function readBackup(connection: Connection, initialDomain: string): Promise<Found> {
  if (connection.backupCredentials === undefined) {
    return { reason: "no account at the backup vendor is set, so nothing of it was read" };
  }
  try {
    return await readJob(readingContext(connection).backup(), initialDomain);
  } catch (error) {
    if (!isRequestError(error)) throw error;
    return { reason: `the backup server could not be read: ${error.message.replace(/\.$/, "")}` };
  }
}

async function readJob(vendor: RestClient, initialDomain: string): Promise<Found> {
  const organization = await organizationNamed(vendor, initialDomain);
  if (organization === undefined) {
    return { reason: `the backup server does not know ${initialDomain}` };
  }
  const all = await jobs(vendor);
  const running = all.filter((job) => job.organizationId === organization.id && isRunning(job));
  const [job] = running;
  if (job === undefined || running.length > 1) {
    const several = `${running.length} daily jobs of the whole organisation: leave one running`;
    return { reason: `the backup server has ${job ? several : "no daily job of all of it"}` };
  }
  const repository = (await repositories(vendor)).find(({ id }) => id === job.repositoryId);
  if (repository === undefined) return { reason: "the backup server does not show its repository" };
  const { retentionPeriodType, yearlyRetentionPeriod: period } = repository;
  const years = Number(/^Years?(\d+)$/.exec(period ?? "")?.[1] ?? 0);
  if (retentionPeriodType !== "Yearly" || (years === 0 && period !== "Keep")) {
    return { reason: `${repository.name} keeps backups for less than a year` };
  }
  return {
    found: {
      ...{ id: job.id, repository: repository.name, leftOut: await leftOut(vendor, job) },
      years: years === 0 ? undefined : years,
    },
  };
}
