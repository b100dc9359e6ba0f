import type { RecordedOf, VerifiedRecord } from "../approval/index.ts";

/** Every decision that was not withdrawn, oldest first. */
export function standingDecisions({
  statements,
}: Pick<VerifiedRecord, "statements">): RecordedOf<"decision">[] {
  const withdrawn = new Set(
    statements.flatMap((one) => (one.kind === "withdrawal" ? [one.predicate.withdraws] : [])),
  );
  return statements.filter(
    (one): one is RecordedOf<"decision"> => one.kind === "decision" && !withdrawn.has(one.id),
  );
}
