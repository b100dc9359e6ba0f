/**
 * Whether everything of a tenant can be restored: the newest restore point of each object against the time that it may be
 * old, and what the place of the copies keeps against the contract. What is not known is not said to be kept.
 */
import { SCHEDULES } from "../core/backup-schedules.ts";
import type { CopyKind } from "../core/copy-kinds.ts";
import type { Beside, Directory, Kept } from "../engine/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

/** A daily backup is there within a day, and its run may take half of one; so are more frequent ones. */
const MOST_AGE = 1.5;
const HOUR_MS = 60 * 60 * 1000;
/** By how much the clock of who writes a report may be ahead. */
const MOST_AHEAD_MS = 5 * 60 * 1000;

interface BackupGap {
  readonly kind: CopyKind;
  /** As the tenant file names it. */
  readonly name: string;
  /** UTC; undefined where no restore point that was looked at has it. */
  readonly newest: string | undefined;
}

interface BackupProof {
  /** `report`: nobody looked, the vendor says so. */
  readonly source: "vendor" | "report";
  /** When that was so, UTC; undefined: now. */
  readonly asOf: string | undefined;
  /** The report is older than a backup may be, or of a time to come: nothing in it is known to be so now. */
  readonly isStale: boolean;
  /** Objects with a restore point that is new enough. */
  readonly kept: number;
  /** The oldest of these, UTC. */
  readonly oldest: string | undefined;
  /** Without a restore point that is new enough. */
  readonly gaps: readonly BackupGap[];
  /** Newer than the time that a first backup may take, and without one. */
  readonly awaited: readonly Pick<BackupGap, "kind" | "name">[];
  /** Restore points before this moment were not looked at (UTC). */
  readonly lookedBackTo: string | undefined;
  readonly place: PlaceProof | undefined;
}

interface PlaceProof {
  /** Kept shorter than the contract says; undefined: long enough. */
  readonly tooShort: { readonly keptUntil: string; readonly needed: string } | undefined;
  /** Nothing from before this day is in any copy, although it may be in the tenant. */
  readonly nothingBefore: string | undefined;
  readonly isEncrypted: boolean;
}

export type BackupStanding = {
  /** Somebody has to look; what could not be read is no better than what is missing. */
  readonly isFinding: boolean;
} & (
  | { readonly proof: BackupProof }
  /** Why nothing is proven, without a full stop. */
  | { readonly reason: string }
);

/** Undefined where the file declares no backup. */
export function backupStanding(
  read: Beside["kept"],
  facts: { readonly tenant: Tenant; readonly directory: Directory; readonly now: Date },
): BackupStanding | undefined {
  if (read === undefined) return undefined;
  if (!("found" in read)) return { isFinding: true, reason: read.reason };
  const proof = proofOf(read.found, facts);
  const { gaps, place, isStale } = proof;
  return {
    isFinding:
      isStale ||
      gaps.length > 0 ||
      place?.tooShort !== undefined ||
      place?.nothingBefore !== undefined,
    proof,
  };
}

function proofOf(
  { copies: { copies, place, ...said }, wanted }: Kept,
  {
    tenant,
    directory,
    now,
  }: { readonly tenant: Tenant; readonly directory: Directory; readonly now: Date },
): BackupProof {
  const newestOf = new Map(copies.map(({ kind, key, newest }) => [`${kind} ${key}`, newest]));
  const ageMs = (moment: string): number => now.getTime() - Date.parse(moment);
  // Against now also for a report: what was new enough when somebody wrote it down is not so for ever.
  const mostAgeMs = MOST_AGE * SCHEDULES[tenant.backup?.schedule ?? "daily"] * HOUR_MS;
  const isLate = (moment: string): boolean => ageMs(moment) > mostAgeMs;
  const sought = wanted.map(({ kind, name, keys, created }) => ({
    ...{ kind, name, created },
    newest: keys.flatMap((key) => newestOf.get(`${kind} ${key}`) ?? [])[0],
  }));
  const known = new Set(wanted.flatMap(({ kind, keys }) => keys.map((key) => `${kind} ${key}`)));
  const once = stillThere(directory).flatMap(({ id, name, kinds }) =>
    kinds.flatMap((kind) => {
      const newest = newestOf.get(`${kind} ${id}`) ?? newestOf.get(`${kind} ${name.toLowerCase()}`);
      const isSought = known.has(`${kind} ${id}`) || known.has(`${kind} ${name.toLowerCase()}`);
      return newest === undefined || isSought ? [] : [{ kind, name, newest, created: undefined }];
    }),
  );
  const all = [...sought, ...once];
  const isKept = ({ newest }: { newest: string | undefined }): boolean =>
    newest !== undefined && !isLate(newest);
  const isAwaited = ({ newest, created }: (typeof all)[number]): boolean =>
    newest === undefined && created !== undefined && !isLate(created);
  const kept = all.filter(isKept);
  return {
    ...said,
    isStale: said.asOf !== undefined && (isLate(said.asOf) || ageMs(said.asOf) < -MOST_AHEAD_MS),
    kept: kept.length,
    oldest: kept.flatMap(({ newest }) => newest ?? []).sort()[0],
    gaps: all
      .filter((one) => !isKept(one) && !isAwaited(one))
      .map(({ kind, name, newest }) => ({ kind, name, newest })),
    awaited: all.filter(isAwaited).map(({ kind, name }) => ({ kind, name })),
    place: place && {
      tooShort: tooShort(tenant, place.keptUntil),
      ...{ nothingBefore: place.nothingBefore, isEncrypted: place.isEncrypted },
    },
  };
}

/** What was kept once has to go on being kept while it is in the tenant, also where no file names it. */
function stillThere({ people, groups }: Directory): {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly CopyKind[];
}[] {
  const named = (objects: Directory["people"], kinds: readonly CopyKind[]) =>
    objects.map(({ id, key }) => ({ id: id.toLowerCase(), name: key, kinds }));
  return [
    ...named(people, ["mailbox", "archive", "oneDrive"]),
    ...named(groups, ["group", "team"]),
  ];
}

function tooShort(
  { contract, backup }: Tenant,
  keptUntil: string | undefined,
): PlaceProof["tooShort"] {
  if (keptUntil === undefined || backup?.retention.years !== undefined) return undefined;
  return keptUntil < contract.end ? { keptUntil, needed: contract.end } : undefined;
}
