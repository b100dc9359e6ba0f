/** An apply that did not come to its end, in one line with what to do: before it reads as drift or as a plan. */
import type { VerifiedRecord } from "../approval/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { isStranded, locksOf } from "./tenant-locks.ts";
import { openRecord, recordStore } from "./trust.ts";

export interface Unfinished {
  readonly what: string;
  readonly next: string;
}

export interface AboutTenant {
  readonly stack: string;
  readonly lock: "free" | "held" | "stranded";
}

/** Undefined when the last apply succeeded, when there was none, and while one is under way. */
export function unfinishedApply(
  { openStart, applications }: VerifiedRecord,
  { stack, lock }: AboutTenant,
): Unfinished | undefined {
  if (lock === "held") return undefined;
  const resume = `\`tenantry apply ${stack}\``;
  if (openStart !== undefined) {
    const unlock = lock === "stranded" ? `\`tenantry unlock ${stack} --reason "…"\`, then ` : "";
    return {
      what: `The apply of ${openStart.predicate.startedAt} (UTC) broke off, and nobody recorded how far it came.`,
      next: `Go on with ${unlock}${resume}: it finds that out first.`,
    };
  }
  const last = applications.at(-1)?.predicate;
  if (last === undefined || last.result === "succeeded") return undefined;
  const { finishedAt, remaining } = last;
  return remaining === null
    ? {
        what: `The apply of ${finishedAt} (UTC) stopped before its end.`,
        next: `What is left needs an approval of its own: \`tenantry plan ${stack}\`.`,
      }
    : {
        what: `The apply of ${finishedAt} (UTC) stopped before its end; ${remaining.changes} changes are left.`,
        next: `Go on with ${resume}: the approval still holds, as long as the tenant file is the same.`,
      };
}

/** The same for a command that only plans, which does not judge the record: what does not hold says nothing here. */
export async function unfinishedApplyOf(
  workspace: Workspace,
  stack: string,
): Promise<Unfinished | undefined> {
  const entries = await recordStore(workspace).list(`${stack}/entries/`);
  if (entries.length === 0) return undefined;
  const verification = await (await openRecord(workspace, stack)).verify();
  if (!verification.ok) return undefined;
  const held = await locksOf(workspace, stack).current();
  const lock = held === undefined ? "free" : isStranded(held) ? "stranded" : "held";
  return unfinishedApply(verification.record, { stack, lock });
}
