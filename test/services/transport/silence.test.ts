import { expect, it } from "vitest";
import { Silence } from "../../../services/transport/silence.ts";
import type { Waiting } from "../../../services/index.ts";
import { nobodysOrigin } from "./support/nobody.ts";
import { endpointsAt, tinyService } from "./support/tiny-service.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

it("tells each try once, lasts a minute, and starts anew after an answer", () => {
  const told: Waiting[] = [];
  const silence = new Silence(new VirtualClock(), (waiting) => told.push(waiting));
  const after = (tries: number, pauseMs = 1000) =>
    silence.mayEnd({ service: "graph", tries, pauseMs });
  expect([after(1), after(1), after(2), after(1, 60_000)]).toEqual([true, true, true, true]);
  expect(told.map(({ nextTry }) => nextTry)).toEqual([2, 3]);
  expect(after(3, 60_001)).toBe(false);
  silence.end();
  expect(after(1)).toBe(true);
  expect(told.at(-1)).toEqual({ service: "graph", nextTry: 2, mostTries: 8 });
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
  expect(told.map(({ nextTry }) => nextTry).slice(0, 5)).toEqual([2, 3, 4, 5, 6]);
  expect(told.every(({ nextTry, mostTries }) => nextTry <= mostTries)).toBe(true);
  // Those who come later do not wait for as long once more.
  const laterAt = clock.now();
  await expect(client.graph.get("/users/2")).rejects.toMatchObject({ code: "connection-failed" });
  expect(clock.now() - laterAt).toBeLessThan(1000);
});
