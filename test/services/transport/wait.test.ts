import { describe, expect, it } from "vitest";
import { waitUntil } from "../../../services/transport/wait.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

describe("waiting until something is there", () => {
  it("looks at once, then less and less often", async () => {
    const clock = new VirtualClock(0);
    const looks: number[] = [];
    const probe = () => {
      looks.push(clock.now());
      return Promise.resolve(looks.length === 5 ? "there" : undefined);
    };
    await expect(waitUntil(probe, { what: "it", intervalMs: 1000, clock })).resolves.toBe("there");
    expect(looks).toEqual([0, 1000, 2500, 4750, 8125]);
  });

  it("says what it waited for when the time is over", async () => {
    const clock = new VirtualClock(0);
    const wait = { what: "the site to be provisioned", deadlineMs: 60_000, clock };
    await expect(waitUntil(() => Promise.resolve(undefined), wait)).rejects.toMatchObject({
      code: "deadline-exceeded",
      message: "Gave up waiting for the site to be provisioned after 60 s.",
    });
    expect(clock.now()).toBeLessThanOrEqual(60_000);
  });

  it("ends with the error of the look, or with the signal", async () => {
    const clock = new VirtualClock(0);
    const broken = waitUntil(() => Promise.reject(new Error("broken")), { what: "it", clock });
    await expect(broken).rejects.toThrow("broken");
    const stop = new AbortController();
    const probe = () => {
      stop.abort(new Error("Ctrl-C"));
      return Promise.resolve(undefined);
    };
    const stopped = waitUntil(probe, { what: "it", clock, signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  });
});
