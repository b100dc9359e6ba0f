/** `npm run torture -- fleet 500 --runners 20` is the large one; docs/pipelines.md has its figures. */
import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { fleet } from "../../scripts/torture/fleet.ts";

it("twenty tenants on four runners are each applied once, though runners and servers die", async () => {
  const seed = randomInt(1, 2 ** 32);
  const told = [`seed ${seed}`];
  const { problems, figures } = await fleet({
    ...{ tenants: 20, runners: 4, seed, times: { lifetime: 4_000, grace: 1_000 } },
    report: (line) => told.push(line),
  });
  process.stdout.write(`${told.join("\n")}\n${JSON.stringify(figures)}\n`);
  expect(problems, told.join("\n")).toEqual([]);
  expect(figures["runners killed"]).toBeGreaterThan(0);
  expect(figures["servers killed"]).toBe(2);
  expect(figures["guessed tokens refused as too many"]).toBeGreaterThan(0);
});
