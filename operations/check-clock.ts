/** Before anything is recorded: whether the time that would stand there is the right one. */
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { ageOf } from "../state/index.ts";
import type { OperationContext, TenantSession } from "./ports.ts";

/**
 * An entry of the future would keep everybody else out of the record until that time comes; and what a run that died
 * has made is told from other things by its time.
 * @throws ExpectedError `clock-wrong`; nothing is written then
 */
export async function refuseWrongClock(session: TenantSession): Promise<void> {
  refuseFar(await session.clockAheadMs());
}

/**
 * The same for what is signed without a way to the tenant. Where Microsoft cannot be asked, the newest commit tells of
 * a clock that is behind, and nothing of one that is ahead.
 * @throws ExpectedError `clock-wrong`; nothing is signed then
 */
export async function refuseWrongTime({ clocks, now, signal }: ClockPorts): Promise<void> {
  const there = await clocks.atMicrosoft(signal);
  if (there !== undefined) {
    refuseFar(now().getTime() - there.getTime());
    return;
  }
  const committed = await clocks.newestCommit();
  const behindMs = (committed?.getTime() ?? 0) - now().getTime();
  if (behindMs <= CLOCK_TOLERANCE_MS) return;
  const behind = `${ageOf(behindMs)} behind the newest commit`;
  throw new ExpectedError("clock-wrong", `This machine's clock is ${behind}.`, {
    hint: "Nothing was written. Set the clock right; if the commit's time is the wrong one, try again with a network, where Microsoft's clock counts.",
  });
}

/** The same where it has to be certain. @throws ExpectedError `clock-wrong`, `clock-unknown` */
export async function requireRightTime({ clocks, now, signal }: ClockPorts): Promise<void> {
  const there = await clocks.atMicrosoft(signal);
  if (there === undefined) {
    throw new ExpectedError("clock-unknown", "Microsoft could not be asked for the time.", {
      hint: "Nothing was written. Try again with a network: whether another time is wrong is only certain then.",
    });
  }
  refuseFar(now().getTime() - there.getTime());
}

type ClockPorts = Pick<OperationContext, "clocks" | "now" | "signal">;

function refuseFar(aheadMs: number): void {
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return;
  const off = `${ageOf(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead of" : "behind"}`;
  throw new ExpectedError("clock-wrong", `This machine's clock is ${off} Microsoft's.`, {
    hint: "Nothing was written. Set the clock right, then run the same command again.",
  });
}
