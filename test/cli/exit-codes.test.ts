import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EXIT } from "../../cli/exit-codes.ts";
import { applyReport, exitOf } from "../../cli/output/ci-report.ts";
import { outcomeOf } from "../../operations/ci/outcomes.ts";

const page = readFileSync(new URL("../../docs/reference/exit-codes.md", import.meta.url), "utf8");

it("has each code in the reference, and no other but those of signals", () => {
  const listed = [...page.matchAll(/^\| (\d+) /gm)].map(([, code]) => Number(code));
  expect(listed.filter((code) => code < 128)).toEqual(
    Object.values(EXIT).toSorted((a, b) => a - b),
  );
});

it.each([
  ["no-approval", EXIT.notApproved],
  ["withdrawn", EXIT.notApproved],
  ["own-change", EXIT.notApproved],
  ["tenant-file-invalid", EXIT.refused],
  ["record-broken", EXIT.refused],
  ["tenant-locked", EXIT.locked],
  ["state-busy", EXIT.locked],
] as const)("of a tenant that ends with %s is %i", (code, exitCode) => {
  const failure = { code, message: "No", hint: "x", remedy: {}, details: [] };
  const about = { stack: "contoso", applied: [], newest: undefined };
  const tenants = [{ ...about, outcome: outcomeOf({ code }), failure }];
  const report = applyReport({ commit: "c".repeat(40), tenants });
  expect(exitOf(report, { whenWaiting: EXIT.notApproved })).toBe(exitCode);
});
