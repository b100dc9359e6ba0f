/**
 * Time that passes also while the machine sleeps. No single clock does that everywhere: Node's monotonic clock stands
 * still in suspended Linux, and the wall clock can be set back. So three are asked and the one that ran fastest counts:
 * the monotonic clock, the time since the machine started (CLOCK_BOOTTIME on Linux, the start time on macOS,
 * GetTickCount64 on Windows, all with sleep) and the wall clock. An error is then always one to the safe side.
 */
import { uptime } from "node:os";

/** Milliseconds since the call. */
export function stopwatch(): () => number {
  const clocks = [() => performance.now(), () => uptime() * 1000, () => Date.now()];
  const starts = clocks.map((clock) => [clock, clock()] as const);
  return () => Math.max(...starts.map(([clock, start]) => clock() - start));
}
