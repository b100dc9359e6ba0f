import { describe, expect, it } from "vitest";
import { AT_TERMINAL } from "../../core/interruption.ts";
import { signalForChild } from "../../engine/cancellation.ts";

describe("the signal for the engine's process", () => {
  it("fires when only this process was told to stop", () => {
    const interrupted = new AbortController();
    const { signal } = signalForChild(interrupted.signal);
    expect(signal.aborted).toBe(false);
    interrupted.abort();
    expect(signal.aborted).toBe(true);
    expect(signalForChild(interrupted.signal).signal.aborted).toBe(true);
  });

  it("stays quiet after a Ctrl-C at the terminal, which has told the engine itself", () => {
    let nowMs = 0;
    const interrupted = new AbortController();
    const { signal, started } = signalForChild(interrupted.signal, () => nowMs);
    nowMs = 60_000;
    started();
    interrupted.abort(AT_TERMINAL);
    // Reports of what it had started before it heard may still be on their way.
    nowMs += 500;
    started();
    nowMs += 60_000;
    expect(signal.aborted).toBe(false);
  });

  it("fires when the engine goes on starting things, because it came too late for the Ctrl-C", () => {
    let nowMs = 0;
    const interrupted = new AbortController();
    interrupted.abort(AT_TERMINAL);
    const { signal, started } = signalForChild(interrupted.signal, () => nowMs);
    nowMs = 501;
    expect(signal.aborted).toBe(false);
    started();
    expect(signal.aborted).toBe(true);
  });
});
