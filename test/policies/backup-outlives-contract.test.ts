import { describe, expect, it } from "vitest";
import { backupOutlivesContract } from "../../policies/backup-outlives-contract.ts";
import { backup, CONTRACT, stackWith, tenant, violationsOf } from "./support/stack.ts";

const messages = (retention: object, contract: object = CONTRACT): string[] =>
  violationsOf(backupOutlivesContract, stackWith(backup({ retention }), tenant({ contract })));

describe("m365-backup-outlives-contract", () => {
  it("refuses a retention that ends a day before the contract", () => {
    expect(messages({ until: "2028-12-30" })).toEqual([
      "What is backed up on 1 January 2026 is kept until 30 December 2028; the contract runs until 31 December 2028",
    ]);
  });

  it("refuses too few years and accepts enough, counted from the start of the contract", () => {
    expect(messages({ years: 2 })).toHaveLength(1);
    expect(messages({ years: 3 })).toEqual([]);
  });

  it("counts a year from 29 February to 28 February", () => {
    const contract = { start: "2024-02-29", end: "2025-02-28" };
    expect(messages({ years: 1 }, contract)).toEqual([]);
    expect(messages({ years: 1 }, { ...contract, end: "2025-03-01" })).toHaveLength(1);
  });
});
