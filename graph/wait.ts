import type { Clock } from "./clock.ts";
import { GraphRequestError } from "./errors.ts";

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
      throw new GraphRequestError({
        code: "deadline-exceeded",
        message: `Waited ${Math.round(deadlineMs / 1000)} s for ${what}, in vain.`,
        hint: "Run again later: what was done so far is kept.",
        service: "graph",
        method: "GET",
        path: "",
      });
    }
    await clock.sleep(pauseMs, signal);
  }
}
