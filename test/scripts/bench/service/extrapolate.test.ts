import { expect, test } from "vitest";
import { company } from "../../../../scripts/bench/company.ts";
import { extrapolated } from "../../../../scripts/bench/service/extrapolate.ts";
import type { Cost } from "../../../../scripts/bench/service/protocol.ts";

const cost = (requests: number, seconds: number): Cost => ({
  requests,
  seconds,
  writes: 0,
  throttled: 0,
});

test("each kind grows with what causes its requests", () => {
  // 20 people in 3 groups of 20; 40 people in a group of 40 and 4 of 20.
  const companies = { from: company(20), to: company(40) };
  const one = { apply: cost(1, 0.1), read: cost(1, 0.1) };
  const byKind = {
    subscription: one,
    users: { apply: cost(60, 6), read: cost(20, 2) },
    groups: { apply: cost(6, 0.6), read: cost(3, 0.3) },
    licenses: { apply: cost(40, 4), read: cost(20, 2) },
    memberships: { apply: cost(66, 6.6), read: cost(3, 0.3) },
  };
  const apply = extrapolated({ byKind }, companies, "apply");
  expect(apply.requests).toBe(1 + 120 + 10 + 80 + 132);
  expect(apply.seconds).toBeCloseTo(0.1 + 12 + 1 + 8 + 13.2);
  expect(extrapolated({ byKind }, companies, "read").requests).toBe(1 + 40 + 5 + 40 + 5);
});
