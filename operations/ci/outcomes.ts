/** How a tenant stands in a pipeline. A pipeline must tell what waits for a person from what somebody has to mend. */
import type { Failure } from "../../core/expected-error.ts";

/** `waiting`: for a decision maker; `locked`: for another run. */
export type Outcome =
  "unchanged" | "approved" | "applied" | "waiting" | "locked" | "invalid" | "refused";

/** More approvals, newer ones, or those of other people are all that is missing. */
const WAITING: ReadonlySet<string> = new Set([
  ...["no-registration", "registration-expired", "no-approval", "other-digest", "withdrawn"],
  ...["expired", "not-yet-valid", "own-change", "key-revoked", "no-longer-decision-maker"],
  ...["deputy-outside-period", "consumed", "required-not-met", "second-decision-maker-needed"],
  ...["remainder-not-stated", "remainder-differs", "page-differs"],
]);
const LOCKED: ReadonlySet<string> = new Set([
  ...["tenant-locked", "stack-locked", "state-busy", "record-busy", "lock-changed"],
]);
const INVALID: ReadonlySet<string> = new Set([
  ...["tenant-name-invalid", "tenant-file-misplaced", "tenant-file-invalid", "tenant-unknown"],
  "tenant-folder-gone",
]);

export function outcomeOf({ code }: Pick<Failure, "code">): Outcome {
  if (WAITING.has(code)) return "waiting";
  if (LOCKED.has(code)) return "locked";
  return INVALID.has(code) ? "invalid" : "refused";
}
