import { describe, expect, it } from "vitest";
import { wordedFailure } from "../../../cli/output/remedy.ts";

const failure = { code: "tenant-locked", message: "Held.", details: [] };

describe("a remedy in a terminal", () => {
  it("is worded as command lines in the hint, and kept as data beside it", () => {
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

  it("is worded in the language of the command line, English", () => {
    const message = { nl: "Bezet.", en: "Held." };
    const hint = { nl: "Wacht, dan {plan}.", en: "Wait, then {plan}." };
    expect(
      wordedFailure({ ...failure, message, hint, remedy: { plan: { tenant: "contoso" } } }),
    ).toMatchObject({ message: "Held.", hint: "Wait, then `tenantry plan contoso`." });
  });

  it("leaves a hint without actions as it is", () => {
    expect(wordedFailure({ ...failure, hint: "Wait.", remedy: {} }).hint).toBe("Wait.");
  });
});
