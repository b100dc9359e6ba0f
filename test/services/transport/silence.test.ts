import { expect, it, vi } from "vitest";
import { systemClock } from "../../../services/transport/clock.ts";
import { Silence } from "../../../services/transport/silence.ts";
import type { Waiting } from "../../../services/index.ts";
import { graphError, endpointsAt, tinyService } from "./support/tiny-service.ts";
import { nobodysOrigin } from "./support/nobody.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

it("tells each try once, lasts a minute, and starts anew after an answer", () => {
  const told: Waiting[] = [];
  const clock = new VirtualClock();
  const silence = new Silence(clock, (waiting) => told.push(waiting));
  const after = (tries: number, pauseMs = 1000) =>
    silence.mayEnd({ service: "graph", tries, sentAt: clock.now(), pauseMs, wasClosed: false });
  expect([after(1), after(1), after(2), after(1, 60_000)]).toEqual([true, true, true, true]);
  expect(told).toMatchObject([{ nextTry: 2 }, { nextTry: 3 }]);
  expect(after(3, 60_001)).toBe(false);
  silence.end();
  expect(after(1)).toBe(true);
  expect(told.at(-1)).toEqual({
    ...{ service: "graph", reason: "no-answer", nextTry: 2, mostTries: 8 },
  });
});

it("counts from when the request went that got no answer, or from the last answer after it", async () => {
  const clock = new VirtualClock();
  const silence = new Silence(clock);
  const hung = {
    service: "graph",
    tries: 1,
    sentAt: clock.now(),
    pauseMs: 1000,
    wasClosed: false,
  } as const;
  await clock.sleep(90_000);
  silence.end();
  await clock.sleep(30_000);
  expect(silence.mayEnd(hung)).toBe(true);
  await clock.sleep(30_000);
  expect(silence.mayEnd(hung)).toBe(false);
});

it("tells of a request that hangs, once for many, and of none while others get answers", async () => {
  vi.useFakeTimers();
  try {
    const told: Waiting[] = [];
    const silence = new Silence(systemClock, (waiting) => told.push(waiting));
    const send = (tries: number) =>
      silence.whileSent({ service: "graph", tries }, () => systemClock.sleep(20_000));
    const first = [send(1), send(1), send(2)];
    await vi.advanceTimersByTimeAsync(14_999);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toMatchObject([{ nextTry: 1 }, { nextTry: 2 }]);
    const second = send(3);
    await vi.advanceTimersByTimeAsync(10_000);
    silence.end();
    await vi.advanceTimersByTimeAsync(20_000);
    await Promise.all([...first, second]);
    expect(told).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

it("goes on where somebody takes the connections and closes them: there is a network", async () => {
  const told: Waiting[] = [];
  const { client, clock } = await tinyService(() => "cut", {
    onWaiting: (waiting) => told.push(waiting),
  });
  const startedAt = clock.now();
  await expect(client.graph.get("/users/1")).rejects.toMatchObject({ code: "deadline-exceeded" });
  expect(clock.now() - startedAt).toBeGreaterThan(120_000);
  expect(told[0]).toMatchObject({ reason: "no-answer", nextTry: 2 });
});

it("ends each call of a client within two minutes where nobody is, and says so at once", async () => {
  const told: Waiting[] = [];
  const { client, clock } = await tinyService(() => ({}), {
    endpoints: endpointsAt(await nobodysOrigin()),
    onWaiting: (waiting) => told.push(waiting),
  });
  const startedAt = clock.now();
  await expect(client.graph.get("/users/1")).rejects.toMatchObject({ code: "connection-failed" });
  expect(clock.now() - startedAt).toBeLessThan(120_000);
  const tries = told.map((waiting) => (waiting.reason === "no-answer" ? waiting.nextTry : 0));
  expect(tries.slice(0, 5)).toEqual([2, 3, 4, 5, 6]);
  expect(Math.max(...tries)).toBeLessThanOrEqual(8);
  // Those who come later do not wait for as long once more.
  const laterAt = clock.now();
  await expect(client.graph.get("/users/2")).rejects.toMatchObject({ code: "connection-failed" });
  expect(clock.now() - laterAt).toBeLessThan(1000);
});

it("tells what a service asks to wait once for many calls, and short pauses not at all", async () => {
  const told: Waiting[] = [];
  const pauses = [30, 30, 30, 2, 4.5];
  const { client } = await tinyService(
    () => {
      const seconds = pauses.shift();
      if (seconds === undefined) return { body: { id: "1" } };
      const headers = { "retry-after": String(seconds) };
      return { status: 429, headers, body: graphError("TooManyRequests") };
    },
    { onWaiting: (waiting) => told.push(waiting) },
  );
  await Promise.all(["1", "2", "3"].map((id) => client.graph.get(`/users/${id}`)));
  expect(pauses).toEqual([]);
  expect(told).toEqual([{ service: "graph", reason: "throttled", seconds: 30 }]);
});

it("tells when the quota is used up, and when a service has trouble for long", async () => {
  const told: Waiting[] = [];
  const troubles = [503, 503, 503, 503];
  const { client } = await tinyService(
    () => {
      const status = troubles.shift();
      return status === undefined
        ? { body: { id: "1" } }
        : { status, body: graphError("UnknownError") };
    },
    {
      onWaiting: (waiting) => told.push(waiting),
      limits: { directoryUnitsPer10Seconds: 4 },
    },
  );
  await client.graph.get("/users/1");
  expect(told.map(({ reason }) => reason)).toContain("not-ready");
  for (let user = 0; user < 4; user++) await client.graph.get(`/users/${user}`);
  expect(told.at(-1)).toMatchObject({ service: "graph", reason: "quota" });
});

it("tells again what lasts some seconds longer than what was told", async () => {
  const told: Waiting[] = [];
  const clock = new VirtualClock();
  const silence = new Silence(clock, (waiting) => told.push(waiting));
  const asked = (seconds: number) => {
    silence.willWait({ service: "sharepoint", reason: "throttled", waitMs: seconds * 1000 });
  };
  for (const seconds of [4.9, 5, 9.9, 10.1]) asked(seconds);
  expect(told).toMatchObject([{ seconds: 5 }, { seconds: 11 }]);
  await clock.sleep(11_000);
  asked(6);
  expect(told.at(-1)).toEqual({ service: "sharepoint", reason: "throttled", seconds: 6 });
});
