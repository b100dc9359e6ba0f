/** How a tenant stands: what differs from the state, what was applied last, who holds it. */
import type { Accepted } from "../core/accepted.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { Beside } from "../engine/index.ts";
import type { AgreedEnd, Drift } from "../plan/index.ts";
import { appliedRules } from "./authorize.ts";
import { backupStanding } from "./backup-proof.ts";
import type { BackupStanding } from "./backup-proof.ts";
import { emergencyUses } from "./emergency-use.ts";
import type { EmergencyUses } from "./emergency-use.ts";
import { overdueEnds } from "./ends.ts";
import { waysOn } from "./file-places.ts";
import type { WaysOn } from "./file-places.ts";
import { historyOf } from "./drift-history.ts";
import type { DifferenceHistory } from "./drift-history.ts";
import { interruptedApply } from "./interrupted-apply.ts";
import type { InterruptedApply } from "./interrupted-apply.ts";
import { keepLook, lastDifferences } from "./looks.ts";
import type { Look } from "./looks.ts";
import type { OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";
import { managedSeats } from "./seats.ts";
import type { ManagedSeats } from "./seats.ts";
import { ageOfSynchronisation } from "./synchronisation.ts";
import type { SynchronisationAge } from "./synchronisation.ts";
import { lockStatus } from "./tenant-locks.ts";
import type { LockStatus } from "./tenant-locks.ts";
import { risksBeside } from "./risks.ts";
import type { RisksBeside } from "./risks.ts";
import { unmanagedIn } from "./unmanaged.ts";
import type { UnmanagedKind } from "./unmanaged.ts";
import { withSession } from "./with-session.ts";

export interface StatusRequest {
  readonly stack: string;
}

/** User principal names, sorted. */
type SecondStep = { readonly without: readonly string[] } | { readonly reason: string };

export interface Status {
  readonly stack: string;
  /** Objects that were read back. */
  readonly objects: number;
  readonly drift: readonly (Drift & WaysOn & { readonly history: readonly DifferenceHistory[] })[];
  /** Why the audit log was not read; undefined where it was, or nothing new differs. */
  readonly auditLogNotRead: string | undefined;
  /** Deviations that are there exactly as they were approved. */
  readonly accepted: readonly Accepted[];
  /** Drift again, since their last day is over. */
  readonly ended: readonly Accepted[];
  /** What the tenant has beside what is managed and named; no kind of which there is nothing. */
  readonly unmanaged: readonly UnmanagedKind[];
  /** What gives somebody the tenant or a mailbox, and is not in the tenant file. */
  readonly risks: RisksBeside;
  /** People with access of their own to managed sites and their libraries, which the tenant file does not say. */
  readonly individuals: Beside["individuals"];
  /** Undefined where the tenant is not synchronised from a directory on premises. */
  readonly synchronisation: SynchronisationAge | undefined;
  /** What can be restored; undefined where the tenant file has no backup, or nothing was applied. */
  readonly backup: BackupStanding | undefined;
  /** Undefined where the tenant file does not say which seats are managed. */
  readonly seats: ManagedSeats | undefined;
  /** What is asked of people who sign in; undefined where the tenant file has no rules for that. */
  readonly signIn: Beside["signIn"];
  /** Who may sign in and has registered no second step, or why nobody looked; undefined as above. */
  readonly secondStep: SecondStep | undefined;
  /** Emergency accounts that were used otherwise than meant, or why nobody looked; undefined where the file names none. */
  readonly emergency: EmergencyUses | undefined;
  readonly look: Look;
  readonly lastApply:
    { readonly finishedAt: string; readonly result: string; readonly digest: string } | undefined;
  readonly interruptedApply: InterruptedApply | undefined;
  readonly lock: LockStatus | undefined;
  /** What should have ended, sorted by day, and nobody has carried out. */
  readonly overdue: readonly AgreedEnd[];
  /** Names of what an apply that died may have made; empty while one is under way. */
  readonly openCreations: readonly string[];
}

/** Writes nothing but that it looked. @throws ExpectedError `record-broken`, `read-back-failed`, `interrupted`. */
export async function tenantStatus(
  context: OperationContext,
  { stack }: StatusRequest,
): Promise<Status> {
  const { record } = await openLedger(context, stack);
  const last = record.applications.at(-1);
  const accepted = appliedRules(record)?.accepted ?? [];
  const earlier = await lastDifferences(context, stack);
  const {
    tenant,
    directory,
    risks,
    synchronised,
    kept,
    withoutSecondStep,
    emergencySignIns,
    ids,
    drift,
    history,
    ...found
  } = await withSession(
    context,
    { stack, access: "apply", looksOnly: true, accepted },
    async (session) => {
      context.report({ kind: "reading-back", stack });
      // Where nothing was applied nothing is read, and a wrong credential or tenant id would pass for "no drift".
      await session.clockAheadMs();
      const read = await session.readBack();
      const beside = await session.readBeside(read.ids);
      const asked = { drift: read.drift, earlier, record, now: context.now() };
      const history = await historyOf(session, asked);
      const overdue = await overdueEnds(context, session, record);
      return { overdue, ...read, ...beside, history, tenant: session.tenant };
    },
  );
  const now = context.now();
  const look = await keepLook(context, stack, history.known);
  const lock = await lockStatus(context, stack);
  const begun = (await context.locks(stack).openCreations()).map((urn) => nameOfUrn(urn));
  return {
    stack,
    ...found,
    look,
    backup: backupStanding(kept, { tenant, directory, now }),
    seats: managedSeats(tenant),
    synchronisation: synchronised && ageOfSynchronisation(synchronised, { tenant, now }),
    drift: drift.map((one, at) => ({
      ...{ ...one, ...waysOn(one) },
      history: history.histories[at] ?? [],
    })),
    auditLogNotRead: history.notRead,
    unmanaged: unmanagedIn(directory, { tenant, ids, begun }),
    risks: risksBeside(tenant, { directory, risks }),
    secondStep: withoutSecondStep && secondStepOf(directory, withoutSecondStep),
    emergency: emergencySignIns && emergencyUses(emergencySignIns, { tenant, directory, now }),
    lastApply: last && {
      finishedAt: last.predicate.finishedAt,
      result: last.predicate.result,
      digest: `sha256:${last.digest}`,
    },
    interruptedApply: interruptedApply(record, lock),
    lock,
    openCreations: lock === undefined ? begun : [],
  };
}

function secondStepOf(
  { people }: Beside["directory"],
  read: NonNullable<Beside["withoutSecondStep"]>,
): SecondStep {
  if (!("found" in read)) return { reason: read.reason };
  const without = people.filter(({ id, isBlocked }) => isBlocked !== true && read.found.has(id));
  return { without: without.map(({ key }) => key).sort() };
}
