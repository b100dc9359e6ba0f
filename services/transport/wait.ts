import type { Clock } from "./clock.ts";
import { GraphRequestError } from "./errors.ts";
import { hintFor } from "./service-errors.ts";

export interface WaitOptions {
  /** What is waited for, for the error: "the site to be provisioned". */
  what: string;
  /** In milliseconds; 5 minutes unless told. */
  deadlineMs?: number;
  /** Before the second look, in milliseconds, growing by half each time up to ten times as much. */
  intervalMs?: number;
  signal?: AbortSignal;
}

/**
 * Looks until `probe` gives something other than `undefined`, and returns that.
 * Errors of `probe` end the wait. Rejects with code `deadline-exceeded` or `cancelled`.
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined>,
  { what, deadlineMs = 300_000, intervalMs = 1000, clock, signal }: WaitOptions & { clock: Clock },
): Promise<T> {
  const endsAt = clock.now() + deadlineMs;
  for (let pauseMs = intervalMs; ; pauseMs = Math.min(pauseMs * 1.5, intervalMs * 10)) {
    const found = await probe();
    if (found !== undefined) return found;
    if (clock.now() + pauseMs > endsAt) {
      const seconds = Math.round(deadlineMs / 1000);
      throw failure("deadline-exceeded", `Waited ${seconds} s for ${what}, in vain.`);
    }
    try {
      await clock.sleep(pauseMs, signal);
    } catch (cause) {
      if (signal?.aborted !== true) throw cause;
      throw failure("cancelled", `Stopped waiting for ${what}: the run was cancelled.`, cause);
    }
  }
}

function failure(
  code: "cancelled" | "deadline-exceeded",
  message: string,
  cause?: unknown,
): GraphRequestError {
  const hint = hintFor(code, "graph");
  return new GraphRequestError({
    code,
    message,
    hint,
    service: "graph",
    method: "GET",
    path: "",
    cause,
  });
}
