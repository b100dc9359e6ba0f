/** The record of one tenant, opened with the ports of an operation. */
import type { VerifiedRecord } from "../approval/index.ts";
import { tenantRecord } from "../state/index.ts";
import type { Ledger, TenantRecord } from "../state/index.ts";
import type { OperationContext, Trust } from "./ports.ts";

/** All that it takes to read a record and to add to it. */
export interface RecordPorts extends Pick<OperationContext, "records" | "heads" | "now"> {
  readonly trust: Pick<Trust, "roots">;
}

export async function recordOf(
  { records, heads, trust, now }: RecordPorts,
  stack: string,
): Promise<TenantRecord> {
  return tenantRecord({ store: records, stack, trustRoots: await trust.roots(), now, heads });
}

/** Read and verified. @throws ExpectedError `record-broken`. */
export const openLedger = async (context: RecordPorts, stack: string): Promise<Ledger> =>
  await (await recordOf(context, stack)).open();

/**
 * For an operation that only plans, which does not judge the record: undefined where nothing is recorded, and where
 * the record does not hold.
 */
export async function recordIfWhole(
  context: RecordPorts,
  stack: string,
): Promise<VerifiedRecord | undefined> {
  const entries = await context.records.list(`${stack}/entries/`);
  if (entries.length === 0) return undefined;
  const verification = await (await recordOf(context, stack)).verify();
  return verification.ok ? verification.record : undefined;
}

/** Where the tenant file stood when it was last applied. */
export const lastCommit = ({ applications }: VerifiedRecord): string | null =>
  applications.findLast(({ predicate }) => predicate.result === "succeeded")?.predicate.commit ??
  null;
