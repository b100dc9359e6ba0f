import { expect, it } from "vitest";
import { startTestEmulator } from "../support/emulator.ts";

it.each([
  [
    "$select=id&$select=mail",
    "Query option '$select' was specified more than once, but it must be specified at most once.",
  ],
  [
    "$top=1&TOP=2",
    "Query option '$top' was specified more than once, but it must be specified at most once.",
  ],
  ["$orderby=displayName sideways", "Syntax error at position 12 in 'displayName sideways'."],
  [
    "$expand=manager($levels=0)",
    "The value '0' of $levels is neither a positive number nor 'max'.",
  ],
])("a query that says %s is refused", async (query, message) => {
  const emulator = await startTestEmulator();
  const { status, body } = await emulator.graph("GET", `/users?${query}`);
  expect([status, body.error.code, body.error.message]).toEqual([400, "BadRequest", message]);
});
