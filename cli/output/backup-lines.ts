/** What of a tenant can be restored, and what cannot. */
import type { Status } from "../../operations/index.ts";
import { cutNames } from "./cut-names.ts";

type Proof = Extract<NonNullable<Status["backup"]>, { proof: unknown }>["proof"];
type Kind = Proof["gaps"][number]["kind"];

const KINDS: Readonly<Record<Kind, string>> = {
  mailbox: "mailbox of",
  archive: "archive mailbox of",
  oneDrive: "OneDrive of",
  site: "site",
  group: "group",
  team: "team",
};

export function backupLines(backup: Status["backup"]): string[] {
  if (backup === undefined) return [];
  if ("reason" in backup)
    return [`The backup was not read, so nothing is known to be kept: ${backup.reason}.`];
  const { proof } = backup;
  return [...sourceLines(proof), ...keptLines(proof), ...gapLines(proof), ...placeLines(proof)];
}

/** In a few words, for a line among others. */
export function backupWords(backup: Status["backup"]): string[] {
  if (backup?.isFinding !== true) return [];
  if ("reason" in backup) return ["backup not read"];
  const { gaps, isStale } = backup.proof;
  if (isStale) return ["old report of the backup"];
  return gaps.length === 0
    ? ["backup not kept as it has to be"]
    : [`${gaps.length} without a recent backup`];
}

/** What nobody looked at is never said as if somebody had. */
function sourceLines({ source, asOf, isStale }: Proof): string[] {
  if (source === "vendor") return [];
  return [
    `The backup is the word of its operator, in a report of ${asOf ?? ""} (UTC); nobody looked.`,
    ...(isStale
      ? ["That is not of now, so nothing is known to be kept: ask the operator for a new report."]
      : []),
  ];
}

function keptLines({ kept, oldest, awaited }: Proof): string[] {
  const since = oldest === undefined ? "" : `, none older than ${oldest} (UTC)`;
  const names = awaited.map(({ kind, name }) => `${KINDS[kind]} ${name}`);
  return [
    `Backup: ${kept} with a recent restore point${since}.`,
    ...(names.length === 0
      ? []
      : [`New, and to be backed up for the first time: ${cutNames(names)}.`]),
  ];
}

function gapLines({ gaps, lookedBackTo }: Proof): string[] {
  if (gaps.length === 0) return [];
  const never = lookedBackTo === undefined ? "never backed up" : `not since ${lookedBackTo} (UTC)`;
  // All of a kind stand in one line: before the first backup that is everything there is.
  const kinds = Map.groupBy(
    gaps.filter(({ newest }) => newest === undefined),
    ({ kind }) => kind,
  );
  const lines = [
    ...[...kinds].map(
      ([kind, all]) => `  ${KINDS[kind]} ${cutNames(all.map(({ name }) => name))}: ${never}`,
    ),
    ...gaps.flatMap(({ kind, name, newest }) =>
      newest === undefined ? [] : [`  ${KINDS[kind]} ${name}: last on ${newest} (UTC)`],
    ),
  ];
  return [
    "Without a recent backup, so it may be lost:",
    ...lines,
    "Ask the operator of the backup why the job does not read it, and have it run again.",
  ];
}

function placeLines({ place }: Proof): string[] {
  if (place === undefined) return [];
  const { tooShort, nothingBefore, isEncrypted } = place;
  return [
    ...(tooShort === undefined
      ? []
      : [
          `What is backed up today is kept until ${tooShort.keptUntil}; the contract runs until ${tooShort.needed}. Have the operator lengthen the retention.`,
        ]),
    ...(nothingBefore === undefined
      ? []
      : [
          `The copies hold nothing from before ${nothingBefore}: retention there counts from the age of each item. Have the operator keep whole restore points (snapshot-based retention).`,
        ]),
    ...(isEncrypted ? [] : ["The vendor does not say that the copies are encrypted."]),
  ];
}
