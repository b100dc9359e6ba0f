/**
 * What the product cannot settle by itself, said on the record by somebody of the provider who looked: times of entries
 * that a clock which ran ahead has written, and what an apply that died may have made and nobody declares any more.
 */
import { headOf, signAcknowledgement } from "../approval/index.ts";
import type { Predicates, VerifiedRecord } from "../approval/index.ts";
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { Ledger } from "../state/index.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { appliedRules } from "./authorize.ts";
import { requireRightTime } from "./check-clock.ts";
import { creationsLeft } from "./creations-left.ts";
import type { OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";
import { takeLock } from "./tenant-locks.ts";
import { withSession } from "./with-session.ts";

export interface AcknowledgementRequest {
  readonly stack: string;
  /** What was looked at and found; undefined: only say what there is to look at. */
  readonly reason: string | undefined;
}

type Found = Pick<Predicates["acknowledgement"], "wrongTimes" | "creations">;

export interface Acknowledged {
  /** Numbers of the entries whose times count no more. */
  readonly entries: readonly number[];
  /** Names of the objects that are not asked about any more. */
  readonly creations: readonly string[];
}

/** @throws ExpectedError `nothing-to-acknowledge`, `reason-needed` (with what there is), `clock-wrong`, `clock-unknown`, `tenant-locked`. */
export async function acknowledge(
  context: OperationContext,
  { stack, reason }: AcknowledgementRequest,
): Promise<Acknowledged> {
  const opened = await openLedger(context, stack);
  const wrongTimes = timesToCome(opened.record, context.now());
  const creations = await leftIn(context, stack, opened.record);
  const given = requireReason(opened.record, { stack, reason, found: { wrongTimes, creations } });
  let ledger = opened;
  if (wrongTimes.length > 0) {
    // By a clock that is behind every new entry is in the future.
    await requireRightTime(context);
    const found = { wrongTimes, creations: [] };
    ledger = await record(context, ledger, { stack, reason: given, ...found });
  }
  if (creations.length > 0) await giveUp(context, ledger, { stack, reason: given, creations });
  return {
    entries: wrongTimes.map(({ sequence }) => sequence),
    creations: creations.map((urn) => nameOfUrn(urn)),
  };
}

const timesToCome = ({ statements, wrongTimes }: VerifiedRecord, now: Date): Found["wrongTimes"] =>
  statements
    .filter(({ sequence, recordedAt }) => {
      const isToCome = Date.parse(recordedAt) > now.getTime() + CLOCK_TOLERANCE_MS;
      return isToCome && !wrongTimes.has(sequence);
    })
    .map(({ sequence, hash }) => ({ sequence, hash }));

/** What the file declares is looked for by its apply; to forget that it was begun could make it twice. */
async function leftIn(
  context: OperationContext,
  stack: string,
  verified: VerifiedRecord,
): Promise<Found["creations"]> {
  if ((await context.locks(stack).openCreations()).length === 0) return [];
  const rules = appliedRules(verified);
  return await withSession(context, { stack, access: "preview" }, async (session) => {
    const { plan } = await session.plan({ appliedRules: rules });
    return [...(await creationsLeft(context, plan))];
  });
}

/** Under the lock, since an apply that is under way has creations begun as well. */
async function giveUp(
  context: OperationContext,
  opened: Ledger,
  said: { readonly stack: string; readonly reason: string; readonly creations: string[] },
): Promise<void> {
  const { stack, creations } = said;
  const tenantId = await tenantIdOf(context, stack);
  const purpose = "say what was looked at";
  const { lock, ledger } = await takeLock(context, { stack, tenantId, purpose, ledger: opened });
  try {
    await record(context, ledger, { ...said, wrongTimes: [] });
    for (const urn of creations) await lock.intents?.withdraw(urn);
  } finally {
    await lock.release();
  }
}

async function record(
  context: OperationContext,
  ledger: Ledger,
  said: Found & { readonly stack: string; readonly reason: string },
): Promise<Ledger> {
  const { email, key } = await context.trust.applier();
  const predicate = {
    ...said,
    tenantId: await tenantIdOf(context, said.stack),
    seen: headOf(ledger.record),
    acknowledgedBy: { email, keyId: key.keyId },
    acknowledgedAt: context.now().toISOString(),
  };
  return await ledger.append(signAcknowledgement(predicate, key));
}

async function tenantIdOf({ workspace }: OperationContext, stack: string): Promise<string> {
  const { stacksDirectory } = workspace;
  return (await loadTenant({ stacksDirectory, tenant: stack })).tenant.id;
}

/** @throws ExpectedError `nothing-to-acknowledge`, `reason-needed` */
function requireReason(
  { statements }: VerifiedRecord,
  {
    stack,
    reason,
    found: { wrongTimes, creations },
  }: { readonly stack: string; readonly reason: string | undefined; readonly found: Found },
): string {
  const details = [
    ...wrongTimes.map(
      ({ sequence }) =>
        `entry ${sequence} says ${statements[sequence - 1]?.recordedAt ?? ""} (UTC), which is to come`,
    ),
    ...creations.map((urn) => `${nameOfUrn(urn)} was being created when an apply died`),
  ];
  if (details.length === 0) {
    throw new ExpectedError("nothing-to-acknowledge", `${stack} has nothing to look at.`, {
      hint: "{status} shows how it stands.",
      remedy: { status: { tenant: stack } },
    });
  }
  if (reason !== undefined) return reason;
  throw new ExpectedError("reason-needed", `${stack} has something to look at.`, {
    hint: "Look at them, then give what you found as the reason, which is recorded: {acknowledge}.",
    remedy: { acknowledge: { tenant: stack } },
    details,
  });
}
