/** How a tenant stands: what differs from the state, what was applied last, who holds it. */
import { isInTenant } from "../core/nouns.ts";
import { locksOf } from "./tenant-locks.ts";
import type { OperationContext } from "./context.ts";
import { driftOf } from "./drift.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { HeldLock } from "../state/index.ts";
import { Session } from "../engine/index.ts";
import { openRecord } from "./trust.ts";
import { unfinishedApplyOf } from "./interrupted-apply.ts";
import type { Unfinished } from "./interrupted-apply.ts";

export interface Standing {
  readonly stack: string;
  readonly objects: number;
  /** One line per object that differs from what was applied. */
  readonly drift: readonly string[];
  readonly lastApply:
    { readonly finishedAt: string; readonly result: string; readonly digest: string } | undefined;
  /** Of an apply that did not come to its end. */
  readonly unfinished: Unfinished | undefined;
  readonly lock: HeldLock | undefined;
}

/** Writes nothing. */
export async function standingOfTenant(
  { workspace, signal, terminal, onRequest }: OperationContext,
  stack: string,
): Promise<Standing> {
  const open = await openRecord(workspace, stack);
  const verification = await open.verify();
  if (!verification.ok) {
    throw new ExpectedError("record-broken", `The record breaks: ${verification.break.message}`, {
      hint: "Find out what was changed before anything is applied again.",
    });
  }
  const last = verification.record.applications.at(-1);
  const session = await Session.open({ workspace, stack, signal, onRequest, access: "apply" });
  try {
    terminal.note(`Reading ${stack} back …`);
    const run = await session.readBack();
    const drift = driftOf(run);
    return {
      stack,
      objects: run.events.filter(({ resOutputsEvent: event }) =>
        isInTenant(event?.metadata.type ?? ""),
      ).length,
      drift,
      lastApply: last && {
        finishedAt: last.predicate.finishedAt,
        result: last.predicate.result,
        digest: `sha256:${last.digest}`,
      },
      unfinished: await unfinishedApplyOf(workspace, stack),
      lock: await locksOf(workspace, stack).current(),
    };
  } finally {
    await session.close();
  }
}
