import type { Clock } from "./clock.ts";
import { GraphRequestError } from "./errors.ts";
import { hintFor } from "./service-errors.ts";
import type { WaitOptions } from "./types.ts";

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
      throw failure("deadline-exceeded", `Gave up waiting for ${what} after ${seconds} s.`);
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
