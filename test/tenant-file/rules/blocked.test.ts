import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

const pieter = (keys: string): string =>
  contosoWith(["    jobTitle: Vennoot\n", `    jobTitle: Vennoot\n${keys}`]);
const REASON = "    blockedBecause: Uit dienst per 1 november\n";

it("takes the reason of a block, which the program does not declare", () => {
  const text = pieter(`    accountEnabled: false\n${REASON}`);
  expect(tenantOf(text).users?.[1]).toMatchObject({ blockedBecause: "Uit dienst per 1 november" });
});

it.each([
  ["may sign in", "    accountEnabled: true\n"],
  ["may sign in or not", ""],
])("refuses a reason of who %s", (_who, enabled) => {
  expectOneProblem(pieter(`${enabled}${REASON}`), "blockedBecause: ^Uit dienst", {
    path: "users[1].blockedBecause",
    message: "This person is not blocked",
  });
});

it("says only of a value that is not understood that it is not", () => {
  expectOneProblem(pieter(`    accountEnabled: nee\n${REASON}`), "accountEnabled: ^nee", {
    path: "users[1].accountEnabled",
  });
});

it("refuses two words on whether somebody with a first day may sign in", () => {
  const firstDay = "    firstDay: 2026-12-01\n";
  expect(tenantOf(pieter(firstDay)).users?.[1]).toMatchObject({ firstDay: "2026-12-01" });
  expectOneProblem(
    pieter(`${firstDay}    accountEnabled: true\n`),
    "2026-12-01\n    accountEnabled: ^true",
    {
      path: "users[1].accountEnabled",
      message: "firstDay says from when this person may sign in",
    },
  );
});
