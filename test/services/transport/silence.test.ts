import { expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../../services/transport/clock.ts";
import { Silence } from "../../../services/transport/silence.ts";
import type { ServiceName, Waiting } from "../../../services/index.ts";
import { graphError, endpointsAt, tinyService } from "./support/tiny-service.ts";
import { nobodysOrigin } from "./support/nobody.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

it("tells each try once, lasts a minute, and starts anew after an answer", () => {
  const told: Waiting[] = [];
  const silence = new Silence(new VirtualClock(), (waiting) => told.push(waiting));
  const after = (tries: number, pauseMs = 1000) =>
    silence.mayEnd({ service: "graph", tries, pauseMs });
  expect([after(1), after(1), after(2), after(1, 60_000)]).toEqual([true, true, true, true]);
  expect(told).toMatchObject([{ nextTry: 2 }, { nextTry: 3 }]);
  expect(after(3, 60_001)).toBe(false);
  silence.end();
  expect(after(1)).toBe(true);
  expect(told.at(-1)).toEqual({
    ...{ service: "graph", reason: "no-answer", nextTry: 2, mostTries: 8 },
  });
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

it("tells again what lasts some seconds longer than what was told", async () => {
  const told: Waiting[] = [];
  const clock = new VirtualClock();
  const silence = new Silence(clock, (waiting) => told.push(waiting));
  const asked = (seconds: number) => {
    silence.askedToWait("sharepoint", seconds * 1000);
  };
  for (const seconds of [4.9, 5, 9.9, 10.1]) asked(seconds);
  expect(told).toMatchObject([{ seconds: 5 }, { seconds: 11 }]);
  await clock.sleep(11_000);
  asked(6);
  expect(told.at(-1)).toEqual({ service: "sharepoint", reason: "throttled", seconds: 6 });
});

it("tells after a while that a service took a request and says nothing", async () => {
  const told: Waiting[] = [];
  const delays = [14, 16, 40];
  const { client, clock } = await tinyService(
    async () => {
      await clock.forServer().sleep((delays.shift() ?? 0) * 1000);
      return { body: { id: "1" } };
    },
    { onWaiting: (waiting) => told.push(waiting) },
  );
  await client.graph.get("/users/1", { batch: false });
  expect(told).toEqual([]);
  await client.graph.get("/users/2", { batch: false });
  const once = { service: "graph", reason: "no-answer-yet", seconds: 15 };
  expect(told).toEqual([once]);
  await client.graph.get("/users/3", { batch: false });
  expect(told).toEqual([once, once]);
});

it("is silent while others are answered, and when nothing is on its way", async () => {
  const told: Waiting[] = [];
  const clock = new VirtualClock();
  const silence = new Silence(clock, (waiting) => told.push(waiting));
  const answered = (service: ServiceName, seconds: number) =>
    silence.untilAnswered(service, () => clock.sleep(seconds * 1000));
  const long = answered("exchange", 34);
  await answered("graph", 10);
  await answered("graph", 10);
  await long;
  await expect(
    silence.untilAnswered("graph", () => Promise.reject(new Error("lost"))),
  ).rejects.toThrow("lost");
  await clock.sleep(60_000);
  expect(told).toEqual([]);
  await Promise.all([answered("exchange", 16), answered("graph", 20)]);
  await Promise.all([answered("graph", 10), answered("backup", 26)]);
  const inAll = { reason: "no-answer-yet", seconds: 15 };
  expect(told).toEqual([
    { service: "exchange", ...inAll },
    { service: "backup", ...inAll },
  ]);
});

it("leaves no timer that would keep the process alive", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const silence = new Silence(systemClock);
  const answer = silence.untilAnswered("graph", () => Promise.resolve("answer"));
  expect(vi.getTimerCount()).toBe(1);
  await answer;
  expect(vi.getTimerCount()).toBe(0);
});
