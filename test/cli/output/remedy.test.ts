import { describe, expect, it } from "vitest";
import { wordedFailure } from "../../../cli/output/remedy.ts";

const failure = { code: "tenant-locked", message: "Held.", details: [] };

describe("a remedy in a terminal", () => {
  it("stands in the hint as command lines, and stays as data beside it", () => {
    const worded = wordedFailure({
      ...failure,
      hint: "Break it with {unlock}, then {plan}; {log} tells.",
      remedy: {
        unlock: { tenant: "contoso" },
        plan: { tenant: "contoso", refresh: true, new: false },
        log: { tenant: "contoso", verify: true },
        approve: { tenant: "contoso" },
      },
    });
    expect(worded.hint).toBe(
      'Break it with `tenantry unlock contoso --reason "…"`, then `tenantry plan contoso --refresh`; `tenantry log contoso --verify` tells.',
    );
    expect(Object.keys(worded.remedy)).toEqual(["unlock", "plan", "log"]);
  });

  it("leaves a hint without actions as it is", () => {
    expect(wordedFailure({ ...failure, hint: "Wait.", remedy: {} }).hint).toBe("Wait.");
  });
});
