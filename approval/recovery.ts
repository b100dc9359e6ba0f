/**
 * When nobody is left who decides: two of the provider announce who is to, and after seven days two of them register it. Anything
 * that somebody who decides signs in between ends it: they are there. Both stand in the record for ever.
 */
import { DAY_MS } from "../core/calendar.ts";
import { whoMayApprove } from "./authority.ts";
import { countsFrom } from "./ledger.ts";
import type { Fault, RecordedOf, VerifiedRecord } from "./ledger.ts";
import type { StatementOf } from "./statement.ts";

export const RECOVERY_WAIT_DAYS = 7;

export interface OpenRecovery {
  readonly announced: RecordedOf<"recovery">;
  /** From then on it may be registered; UTC. */
  readonly from: string;
}

/** The newest announcement, unless somebody who decides has signed anything since, or another registration followed. */
export function openRecovery(record: VerifiedRecord): OpenRecovery | undefined {
  const announced = record.statements.findLast((one) => one.kind === "recovery");
  if (announced === undefined || isOver(record, announced)) return undefined;
  const since = countsFrom(record, announced, announced.recordedAt);
  const from = new Date(Date.parse(since) + RECOVERY_WAIT_DAYS * DAY_MS).toISOString();
  return { announced, from };
}

function isOver(record: VerifiedRecord, announced: RecordedOf<"recovery">): boolean {
  // As of the announcement: who decided then.
  const keys = whoMayApprove(record, new Date(announced.recordedAt))?.keyIds ?? new Set<string>();
  return record.statements
    .slice(announced.sequence)
    .some((one) => one.kind === "registration" || one.signedBy.some((id) => keys.has(id)));
}

/** What is wrong with a registration that rests on an announcement. */
export function checkRecovery(
  record: VerifiedRecord,
  { digest, predicate }: StatementOf<"registration">,
  recordedAt: string,
): Fault | undefined {
  if (predicate.recovery === undefined) return undefined;
  const open = openRecovery(record);
  if (open?.announced.id !== predicate.recovery || open.announced.digest !== digest) {
    return {
      reason: "reference",
      message:
        "The registration rests on no announcement of these people, or somebody who decides has signed since.",
    };
  }
  // A clock that was wrong then is no beginning of seven days.
  if (record.wrongTimes.has(open.announced.sequence) || recordedAt < open.from) {
    return { reason: "time", message: `It may be registered from ${open.from} on.` };
  }
  return undefined;
}
