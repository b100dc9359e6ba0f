import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addTerm,
  committedSeats,
  seatsOf,
  withoutSeats,
} from "../../../emulator/partner-center/terms.ts";

const DAY_MS = 24 * 3_600_000;

describe("terms", () => {
  it.each([
    ["2026-01-31T10:00:00.000Z", "P1M", "2026-02-28T10:00:00.000Z"],
    ["2026-12-15T00:00:00.000Z", "P1M", "2027-01-15T00:00:00.000Z"],
    ["2028-02-29T00:00:00.000Z", "P1Y", "2029-02-28T00:00:00.000Z"],
    ["2026-11-02T09:00:00.000Z", "P3Y", "2029-11-02T09:00:00.000Z"],
  ] as const)("run from %s for %s until %s", (start, term, end) => {
    expect(new Date(addTerm(Date.parse(start), term)).toISOString()).toBe(end);
  });

  it("keep every committed seat, however many of the new ones go", () => {
    const batch = fc.record({
      quantity: fc.integer({ min: 1, max: 50 }),
      addedMs: fc.integer({ min: 0, max: 20 * DAY_MS }),
    });
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 6 }), fc.nat(300), (given, wish) => {
        const batches = given.toSorted((one, other) => one.addedMs - other.addedMs);
        const nowMs = 20 * DAY_MS;
        const committed = committedSeats(batches, nowMs);
        const gone = Math.min(wish, seatsOf(batches) - committed);
        const left = withoutSeats(batches, gone);
        expect(seatsOf(left)).toBe(seatsOf(batches) - gone);
        expect(committedSeats(left, nowMs)).toBe(committed);
      }),
    );
  });
});
