/**
 * Thirty days of what happens in every tenant make no drift, whatever the days are; what others change in between is found,
 * each on its day, and nothing else. Against the emulator over HTTPS, by the reading of `status` without the engine: that
 * is in test/e2e/ordinary-noise.test.ts.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { NOISE } from "./support/ordinary-days.ts";
import { CHANGES } from "./support/outside-changes.ts";
import { watchedFirm } from "./support/watched-firm.ts";

const SEED = Number(process.env.TENANTRY_NOISE_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.TENANTRY_NOISE_RUNS ?? 1);
const DAYS = 30;
/** Days between two looks on which nothing was found. */
const QUIET = 5;

const day = fc.record({
  noise: fc.shuffledSubarray(Object.keys(NOISE), { minLength: 1, maxLength: 3 }),
  at: fc.nat(999),
});
const month = fc.record({
  days: fc.array(day, { minLength: DAYS, maxLength: DAYS }),
  changes: fc.shuffledSubarray(Object.keys(CHANGES), { minLength: 3, maxLength: 3 }),
  first: fc.nat(DAYS / 3 - 1),
});

type Month = typeof month extends fc.Arbitrary<infer T> ? T : never;

it(
  `a month of ordinary days makes no drift, and hides none (seed ${SEED})`,
  { timeout: RUNS * 120_000 },
  async () => {
    const run = async ({ days, changes, first }: Month): Promise<void> => {
      const firm = await watchedFirm();
      const expected: string[] = [];
      let since: string[] = [];
      for (const [number, { noise, at }] of days.entries()) {
        for (const what of noise) {
          since.push(`day ${number + 1}: ${what}`);
          await NOISE[what]?.(firm, number * 1000 + at);
        }
        const change =
          number % 10 === first ? CHANGES[changes[(number - first) / 10] ?? ""] : undefined;
        await change?.happens(firm);
        if (change !== undefined) expected.push(change.found);
        if (change === undefined && number % QUIET !== QUIET - 1) continue;
        expect(await firm.look(), since.join("\n")).toEqual(expected.toSorted());
        since = [];
      }
    };
    await fc.assert(fc.asyncProperty(month, run), {
      ...{ seed: SEED, numRuns: RUNS, endOnFailure: true },
    });
  },
);
