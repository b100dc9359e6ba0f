/** Before anything is recorded: whether the time that would stand there is the right one. */
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { ageOf } from "../state/index.ts";
import type { TenantSession } from "./ports.ts";

/**
 * An entry of the future would keep everybody else out of the record until that time comes; and what a run that died
 * has made is told from other things by its time.
 * @throws ExpectedError `clock-wrong`; nothing is written then
 */
export async function refuseWrongClock(session: TenantSession): Promise<void> {
  const aheadMs = await session.clockAheadMs();
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return;
  const off = `${ageOf(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead of" : "behind"}`;
  throw new ExpectedError("clock-wrong", `This machine's clock is ${off} Microsoft's.`, {
    hint: "Nothing was written. Set the clock right, then apply again.",
  });
}
