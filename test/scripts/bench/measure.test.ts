import { expect, test } from "vitest";
import { alternating, median } from "../../../scripts/bench/measure.ts";

test("the median is the middle one, or halfway between the two in the middle", () => {
  expect(median([30, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 10])).toBe(3.5);
  expect(() => median([])).toThrow(RangeError);
});

test("what is compared is measured in turns", async () => {
  const order: string[] = [];
  const work = (name: string) => async () => order.push(name);
  expect(await alternating(2, [work("a"), work("b")])).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(order).toEqual(["a", "b", "a", "b"]);
});
