import { expect, test } from "vitest";
import { knownOnly, UnknownValueError } from "../../policies/known-values.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";

/** Pulumi's marker of an array that is not known before apply. */
const UNKNOWN_ARRAY = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";

test("gives what is known, beside something that is not", () => {
  const properties = knownOnly({ name: "x", list: [{ sku: "SPB" }], id: UNKNOWN });
  expect(properties.name).toBe("x");
  expect(properties.list).toEqual([{ sku: "SPB" }]);
});

test.each([
  ["at the top", { id: UNKNOWN }, "id is not known yet"],
  ["of another kind", { id: UNKNOWN_ARRAY }, "id is not known yet"],
  ["in an object in a list", { id: [{ inner: UNKNOWN }] }, "id.0.inner is not known yet"],
])("throws when an unknown is read: %s", (_, properties, message) => {
  const guarded = knownOnly(properties);
  expect(() => JSON.stringify(guarded)).toThrow(new UnknownValueError(message.split(" ")[0] ?? ""));
  expect(() => JSON.stringify(guarded)).toThrow(message);
});

test("leaves properties without any unknown as they are", () => {
  const properties = { name: "x" };
  expect(knownOnly(properties)).toBe(properties);
});
