import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf } from "../contoso.ts";

it("refuses a day that does not exist, where it stands", () => {
  expectOneProblem(contosoWith(["end: 2028-12-31", "end: 2027-02-29"]), "^2027-02-29", {
    path: "contract.end",
    message: "Not a valid date",
    received: '"2027-02-29"',
    allowed: "a valid date, as YYYY-MM-DD",
  });
});

it("refuses a contract that ends before it starts", () => {
  expectOneProblem(contosoWith(["end: 2028-12-31", "end: 2025-12-31"]), "^2025-12-31", {
    path: "contract.end",
    allowed: "2026-01-01 or later",
  });
});

it("accepts a contract of one day", () => {
  expect(problemsOf(contosoWith(["end: 2028-12-31", "end: 2026-01-01"]))).toEqual([]);
});

it("refuses a deputy's period that runs backwards", () => {
  expectOneProblem(contosoWith(["until: 2027-01-04", "until: 2026-12-20"]), "^2026-12-20", {
    path: "approval.decisionMakers[2].until",
  });
});

it("refuses somebody who leaves before they start, and a right that ends before it begins", () => {
  const pieter = (keys: string): string =>
    contosoWith(["    jobTitle: Vennoot\n", `    jobTitle: Vennoot\n${keys}`]);
  expectOneProblem(
    pieter("    firstDay: 2027-02-01\n    lastDay: 2027-01-31\n"),
    "lastDay: ^2027-01-31",
    { path: "users[1].lastDay", allowed: "2027-02-01 or later" },
  );
  const right = "{ user: sanne.bakker@contoso.com, from: 2027-02-01, until: 2027-01-31 }";
  expectOneProblem(pieter(`    mailbox: { fullAccess: [${right}] }\n`), "until: ^2027-01-31", {
    path: "users[1].mailbox.fullAccess[0].until",
  });
});
