/** What a decision maker finds in the portal: what waits, and what became of the rest. */
import type { Decision, RecordedOf } from "../approval/index.ts";
import { decisionsOn } from "./decision-refusals.ts";
import { isPending } from "./plan-to-decide.ts";
import { planStore } from "./plan-store.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { RecordPorts } from "./records.ts";
import { openLedger } from "./records.ts";

const MOST_SETTLED = 20;

export interface WaitingProposal {
  readonly kept: KeptPlan;
  /** Oldest first. */
  readonly decisions: readonly RecordedOf<"decision">[];
}

export interface SettledProposal {
  /** `sha256:…`. */
  readonly digest: string;
  readonly decisions: readonly Decision[];
  /** How the newest apply of it ended; undefined where there was none. */
  readonly application: RecordedOf<"application"> | undefined;
}

export interface Proposals {
  /** Newest first. */
  readonly waiting: readonly WaitingProposal[];
  /** Decided or applied, newest first. */
  readonly settled: readonly SettledProposal[];
}

export async function listProposals(ports: RecordPorts, stack: string): Promise<Proposals> {
  const { record } = await openLedger(ports, stack);
  const about = { record, now: ports.now() };
  const kept = (await planStore(ports, stack).proposals()).filter((one) => isPending(one, about));
  const waiting = kept
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .map((one) => ({ kept: one, decisions: decisionsOn(one, record) }));
  const open = new Set(kept.map(({ digest }) => digest));
  const decided = record.statements.filter((one) => one.kind === "decision").toReversed();
  const digests = [...new Set(decided.map(({ digest }) => `sha256:${digest}`))];
  const settled = digests
    .filter((digest) => !open.has(digest))
    .slice(0, MOST_SETTLED)
    .map((digest) => ({
      digest,
      decisions: decided.filter((one) => `sha256:${one.digest}` === digest).toReversed(),
      application: record.applications.findLast((one) => `sha256:${one.digest}` === digest),
    }));
  return { waiting, settled };
}
