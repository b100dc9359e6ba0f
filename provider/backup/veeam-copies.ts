/**
 * Newest restore points as Veeam has them, object by object.
 *
 * A restore point lists what it has (`ProtectedUsers?restorePointId=` and the like); what its run says it failed to read
 * (`ProcessedObjects`) does not count in it. Not verified: whether an object that failed is listed all the same, and whether
 * `isDeleted` speaks of the point as a whole. Both are read so that nothing counts as kept that may not be.
 * @see https://helpcenter.veeam.com/references/vbo365/8/rest (OpenAPI of v8, checked 2026-11-28)
 */
import type { CopyKind } from "../../core/copy-kinds.ts";
import type { RestClient } from "../../services/index.ts";
import type { Copies, CopiesPlace, CopiesReader, Copy } from "./copies.ts";
import { findPlace } from "./place.ts";
import type { WantedPlace } from "./place.ts";
import { keptUntil, oldestItemOf } from "./veeam.ts";
import type { Repository } from "./veeam.ts";

/** So many restore points are looked through, the newest first: with a daily backup more than a week. */
const MOST_POINTS = 10;
const PAGE_SIZE = 1000;

interface RestorePoint {
  readonly id: string;
  readonly jobId: string;
  readonly backupTime: string;
  readonly isDeleted?: boolean;
  readonly isRetrieved?: boolean;
}

interface JobSession {
  readonly id: string;
  readonly jobId: string;
  readonly creationTime: string;
  readonly endTime?: string | null;
}

interface Processed {
  readonly id: string;
  readonly status: "Success" | "Warning" | "Failed";
}

interface Protected {
  readonly id: string;
  /** Object id at Microsoft. */
  readonly msid?: string | null;
}

interface ProtectedUser extends Protected {
  readonly mailboxes?: readonly { readonly isArchive?: boolean }[];
  readonly oneDrives?: readonly unknown[];
}

interface ProtectedSite extends Protected {
  readonly url: string;
}

type Holding = Pick<Copy, "kind" | "key">;

/** @param place where the copies have to be: what lies elsewhere is no proof */
export const veeamCopies = (
  vendor: RestClient,
  place: Omit<WantedPlace, "retention">,
): CopiesReader => ({
  read: async () => {
    const { organization, repository } = await findPlace(vendor, place);
    const query = new URLSearchParams({
      ...{ organizationId: organization.id, repositoryId: repository.id },
      ...{ orderAsc: "false", limit: String(PAGE_SIZE) },
    });
    const all = await vendor.all<RestorePoint>(`/v8/RestorePoints?${query.toString()}`);
    const points = all
      .filter(({ isDeleted, isRetrieved }) => isDeleted !== true && isRetrieved !== true)
      .sort((one, other) => Date.parse(other.backupTime) - Date.parse(one.backupTime));
    const looked = points.slice(0, MOST_POINTS);
    const failed = await failedIn(vendor, looked);
    const held = await Promise.all(
      looked.map((point, at) => heldIn(vendor, point, failed[at] ?? new Set())),
    );
    const newest = new Map<string, Copy>();
    for (const [at, point] of looked.entries()) {
      for (const holding of held[at] ?? []) {
        const name = `${holding.kind} ${holding.key}`;
        if (newest.has(name)) continue;
        newest.set(name, { ...holding, newest: new Date(point.backupTime).toISOString() });
      }
    }
    return {
      source: "vendor",
      asOf: undefined,
      copies: [...newest.values()],
      lookedBackTo: points.length > looked.length ? looked.at(-1)?.backupTime : undefined,
      place: placeOf(repository),
    } satisfies Copies;
  },
});

async function heldIn(
  vendor: RestClient,
  point: RestorePoint,
  failed: ReadonlySet<string>,
): Promise<Holding[]> {
  const listed = <T>(collection: string): Promise<T[]> =>
    vendor.all<T>(
      `/v8/${collection}?restorePointId=${encodeURIComponent(point.id)}&limit=${PAGE_SIZE}`,
    );
  const [users, groups, sites, teams] = await Promise.all([
    listed<ProtectedUser>("ProtectedUsers"),
    listed<Protected>("ProtectedGroups"),
    listed<ProtectedSite>("ProtectedSites"),
    listed<Protected>("ProtectedTeams"),
  ]);
  const whole = <T extends Protected>(objects: readonly T[]): T[] =>
    objects.filter(({ id }) => !failed.has(id));
  const ofMicrosoft = (kind: CopyKind, { msid }: Protected): Holding[] =>
    msid === undefined || msid === null ? [] : [{ kind, key: msid.toLowerCase() }];
  return [
    ...whole(users).flatMap((user) => [
      ...(user.mailboxes ?? []).flatMap(({ isArchive }) =>
        ofMicrosoft(isArchive === true ? "archive" : "mailbox", user),
      ),
      ...((user.oneDrives ?? []).length > 0 ? ofMicrosoft("oneDrive", user) : []),
    ]),
    ...whole(groups).flatMap((group) => ofMicrosoft("group", group)),
    ...whole(sites).map(({ url }): Holding => ({ kind: "site", key: url.toLowerCase() })),
    ...whole(teams).flatMap((team) => ofMicrosoft("team", team)),
  ];
}

/** The vendor's ids of what the runs that made the points say they could not read, in the order of the points. */
async function failedIn(
  vendor: RestClient,
  points: readonly RestorePoint[],
): Promise<ReadonlySet<string>[]> {
  const oldest = points.at(-1);
  if (oldest === undefined) return [];
  const from = new Date(Date.parse(oldest.backupTime) - LONGEST_RUN_MS).toISOString();
  const query = new URLSearchParams({ endTimeLowerBound: from, limit: String(PAGE_SIZE) });
  const sessions = await vendor.all<JobSession>(`/v8/JobSessions?${query.toString()}`);
  return await Promise.all(
    points.map(async ({ jobId, backupTime }) => {
      const at = Date.parse(backupTime);
      const made = sessions.filter(
        (session) =>
          session.jobId === jobId &&
          Date.parse(session.creationTime) <= at &&
          (typeof session.endTime !== "string" || at <= Date.parse(session.endTime)),
      );
      const processed = await Promise.all(
        made.map(({ id }) =>
          vendor.all<Processed>(`/v8/JobSessions/${id}/ProcessedObjects?limit=${PAGE_SIZE}`),
        ),
      );
      return new Set(processed.flat().flatMap(({ id, status }) => (status === "Failed" ? id : [])));
    }),
  );
}

/** A first full run of a large tenant takes days. */
const LONGEST_RUN_MS = 7 * 24 * 60 * 60 * 1000;

const placeOf = (repository: Repository): CopiesPlace => ({
  keptUntil: keptUntil(repository),
  nothingBefore: repository.retentionType === "ItemLevel" ? oldestItemOf(repository) : undefined,
  isEncrypted: repository.objectStorageEncryptionEnabled === true,
});
