/** What to do after an answer, or after none: pure decisions, so that they can be read as a table. */
import { mayBeTooEarly, meaningOf, type ServiceError } from "./service-errors.ts";

export type Verdict =
  /** The answer goes to the caller. */
  | "return"
  /** An error for the caller. */
  | "fail"
  /** Nothing was done: send again later. */
  | "retry"
  /** Unknown whether it was done. */
  | "unknown"
  /** The token was refused: get another one, once. */
  | "renew-token"
  /** An earlier attempt whose answer was lost did it: look for the result. */
  | "done-before";

export interface RetryTraits {
  /** It makes something go away. */
  removes: boolean;
  /** It updates the object with its key, or makes it (`Prefer: create-if-missing`). */
  upserts: boolean;
  /** Sending twice does the same as sending once. */
  idempotent: boolean;
  justCreated: boolean;
}

const NOT_DONE = new Set([408, 429, 503]);
const PERHAPS_DONE = new Set([500, 502, 504]);

/** Whether a gateway or the service gave up on a request that may have been carried out. */
export function mayHaveBeenDone(status: number): boolean {
  return PERHAPS_DONE.has(status);
}

/**
 * `lostBefore`: an earlier attempt was sent and its outcome never became known, so "it exists already" and
 * "it is gone already" are the answers to be expected.
 */
export function judgeAnswer(
  answer: { status: number; error: ServiceError },
  traits: RetryTraits,
  lostBefore: boolean,
): Verdict {
  const { status, error } = answer;
  if (status >= 200 && status < 300) return "return";
  if (NOT_DONE.has(status)) return "retry";
  if (mayHaveBeenDone(status)) return traits.idempotent ? "retry" : "unknown";
  if (status === 401) return "renew-token";
  if (status === 409 && error.code === "Directory_ConcurrencyViolation") return "retry";
  const meaning = meaningOf(status, error);
  if (lostBefore) {
    if (traits.removes && meaning === "not-found") return "return";
    // An upsert meets its own object on a replica that cannot see it yet.
    if (meaning === "already-exists") return traits.upserts ? "retry" : "done-before";
  }
  if (traits.justCreated && mayBeTooEarly(status, error)) return "retry";
  return "fail";
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** Between half and all of 1, 2, 4 … 60 s; `tries` is the number of attempts so far. */
export function backoffMs(tries: number, random: () => number): number {
  const full = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return full * (0.5 + random() / 2);
}

/**
 * `Retry-After` in milliseconds: seconds (also fractions) or a date. No time, or a date that is over by our clock,
 * says nothing: sending again at once is what nobody asks for.
 */
export function retryAfterMs(headers: Record<string, string>, nowMs: number): number | undefined {
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - nowMs : seconds * 1000;
  return ms > 0 ? ms : undefined;
}
