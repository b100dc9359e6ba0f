/** Where the copies go: the operator's side, which is never made or changed here. */
import { addMonths, calendar } from "../../core/calendar.ts";
import type { RestClient } from "../../services/index.ts";
import { RefusedError } from "../kit/refusal.ts";
import { keptUntil, organizationNamed, repositories } from "./veeam.ts";
import type { Organization, Repository } from "./veeam.ts";

/** What a backup asks of the operator. */
export interface WantedPlace {
  /** Initial domain of the tenant. */
  readonly organization: string;
  readonly operator: string;
  readonly location: { readonly name: string };
  /** A day (YYYY-MM-DD), or a number of years. */
  /** Given: the copies have to be encrypted. */
  readonly keyHeldBy?: string | undefined;
  readonly retention: { readonly until?: string | undefined; readonly years?: number | undefined };
}

export interface Place {
  readonly organization: Organization;
  readonly repository: Repository;
}

export const idsOf = ({ organization, repository }: Place) => ({
  organizationId: organization.id,
  repositoryId: repository.id,
});

/** The operator's side. @throws RefusedError for what is missing there */
export async function findPlace(
  vendor: RestClient,
  { organization: name, location, operator }: Omit<WantedPlace, "retention">,
): Promise<Place> {
  const [organization, all] = await Promise.all([
    organizationNamed(vendor, name),
    repositories(vendor),
  ]);
  if (organization === undefined) {
    throw new RefusedError({
      code: "backup-organization-missing",
      message: `The backup server does not know the organisation ${name}`,
      hint: `Ask ${operator} to add it; that takes their own application in the tenant.`,
    });
  }
  const repository = all.find((entry) => entry.name === location.name);
  if (repository === undefined) {
    throw new RefusedError({
      code: "backup-location-missing",
      message: `The backup server has no repository called ${location.name}`,
      hint: `Ask ${operator} for the repository, or correct backup.location.name in the tenant file.`,
    });
  }
  return { organization, repository };
}

/** The same, and it keeps backups long enough. @throws RefusedError */
export async function requirePlace(vendor: RestClient, wanted: WantedPlace): Promise<Place> {
  const { location, operator, retention } = wanted;
  const place = await findPlace(vendor, wanted);
  const { repository } = place;
  if (repository.retentionType === "ItemLevel" && keptUntil(repository) !== undefined) {
    throw new RefusedError({
      code: "backup-retention-by-item",
      message: `The repository ${location.name} keeps each item for a time that counts from its own age: what is older than that is never backed up`,
      hint: `Ask ${operator} for a repository with snapshot-based retention, which keeps whole restore points.`,
    });
  }
  if (wanted.keyHeldBy !== undefined && repository.objectStorageEncryptionEnabled !== true) {
    throw new RefusedError({
      code: "backup-not-encrypted",
      message: `The repository ${location.name} does not encrypt what is kept in it`,
      hint: `Ask ${operator} for an encrypted repository with the key of ${wanted.keyHeldBy}; Veeam encrypts in object storage.`,
    });
  }
  const kept = keptUntil(repository);
  const needed = retention.until ?? addMonths(calendar.today(), (retention.years ?? 0) * 12);
  if (kept !== undefined && kept < needed) {
    throw new RefusedError({
      code: "backup-retention-too-short",
      message: `The repository ${location.name} keeps a backup made today until ${kept}, it has to be kept until ${needed}`,
      hint: `Ask ${operator} to lengthen the retention of the repository.`,
    });
  }
  return place;
}
