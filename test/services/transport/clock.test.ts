import { describe, expect, it } from "vitest";
import { systemClock } from "../../../services/transport/clock.ts";

describe("the system's clock", () => {
  it("sleeps until the signal at the latest", async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(600_000, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(sleep).rejects.toThrow("stopped");
    await expect(systemClock.sleep(0, stop.signal)).rejects.toThrow("stopped");
    await expect(systemClock.sleep(0)).resolves.toBeUndefined();
  });
});
