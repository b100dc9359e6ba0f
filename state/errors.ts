/**
 * What can go wrong with the state without anybody's fault in this code:
 * - `state-unusable`: the place cannot be opened, is damaged, or lies on a network disk;
 * - `state-read-only`: something was to be written where only reading is possible;
 * - `state-newer`: a newer version of this program has changed the tables;
 * - `state-full`: the disk has no room left; what was answered before is kept;
 * - `state-busy`: another process holds the database for longer than anything here takes;
 * - `journal-refused`: an entry that this version cannot replay exactly as the engine would;
 * - `lease-held`: somebody else is at work on this stack;
 * - `lease-lost`: the lease was taken over or broken, so nothing of its holder is stored any more.
 */
export type StateErrorCode =
  | "state-unusable"
  | "state-read-only"
  | "state-newer"
  | "state-full"
  | "state-busy"
  | "journal-refused"
  | "lease-held"
  | "lease-lost";

interface StateFailure {
  readonly code: StateErrorCode;
  readonly message: string;
  /** What to do next, one sentence. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** An expected failure of the state, the record or the locks. */
export class StateError extends Error {
  override readonly name = "StateError";
  readonly code: StateErrorCode;
  readonly hint: string;

  constructor(failure: StateFailure) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause });
    this.code = failure.code;
    this.hint = failure.hint;
  }
}
