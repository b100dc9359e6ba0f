import { describe, expect, it } from "vitest";
import { AT_TERMINAL, signalForChild } from "../../cli/interruption.ts";

describe("the signal for the engine's process", () => {
  it("fires when only this process was told to stop", () => {
    const interrupted = new AbortController();
    const signal = signalForChild(interrupted.signal);
    expect(signal.aborted).toBe(false);
    interrupted.abort();
    expect(signal.aborted).toBe(true);
    expect(signalForChild(interrupted.signal).aborted).toBe(true);
  });

  it("stays quiet after a Ctrl-C at the terminal, which has told the engine itself", () => {
    const interrupted = new AbortController();
    const signal = signalForChild(interrupted.signal);
    interrupted.abort(AT_TERMINAL);
    expect(signal.aborted).toBe(false);
  });
});
