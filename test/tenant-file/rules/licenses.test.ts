import { describe, expect, it } from "vitest";
import { contoso, contosoWith, expectOneProblem, problemsOf, warningsOf } from "../contoso.ts";

describe("licences", () => {
  it("are refused when their product was not bought", () => {
    expectOneProblem(contosoWith(["[VISIOCLIENT]", "[VISIOCLIENT, SPE_E3]"]), "^SPE_E3", {
      path: "users[1].licenses[1]",
      message: "This licence was not bought",
      allowed: "SPB, EXCHANGESTANDARD, VISIOCLIENT",
    });
    expectOneProblem(
      contosoWith(["licenses: [SPB]", "licenses: [SPB, POWER_BI_PRO]"]),
      "^POWER_BI",
      {
        path: "groups[0].licenses[1]",
      },
    );
  });

  it("are refused when more people hold them, through a group, than were bought", () => {
    expectOneProblem(contosoWith(["count: 9", "count: 8"]), "count: ^8", {
      path: "subscriptions[0].count",
      received: "8",
      allowed: "at least 9, or fewer people with this licence",
    });
  });

  it("count a person once who has them directly and through a group", () => {
    expect(problemsOf(contosoWith(["[VISIOCLIENT]", "[VISIOCLIENT, SPB]"]))).toEqual([]);
  });

  it("add up direct ones and those through a group", () => {
    expectOneProblem(
      contosoWith(["licenses: [EXCHANGESTANDARD] # mail", "licenses: [SPB] # mail"]),
      "count: ^9",
      {
        allowed: "at least 10, or fewer people with this licence",
      },
    );
  });

  it("are not counted when buying is not managed here", () => {
    const text = contoso.replace(/\nsubscriptions:\n[^]*?\n\n/, "\n");
    expect(text.length).toBeLessThan(contoso.length);
    expect(problemsOf(text)).toEqual([]);
  });

  it("of a Business product beyond what one tenant may have are a warning", () => {
    expect(warningsOf(contosoWith(["count: 9", "count: 300"]))).toEqual([]);
    expect(warningsOf(contosoWith(["count: 9", "count: 301"]))).toMatchObject([
      {
        path: "subscriptions[0].count",
        received: "301",
        allowed: expect.stringContaining("300") as string,
      },
    ]);
  });

  it("are all refused when none were bought", () => {
    const text = contoso.replace(/\nsubscriptions:\n[^]*?\n\n/, "\nsubscriptions: []\n");
    expect(problemsOf(text)).toHaveLength(5);
  });
});

describe("parts of licences that are switched off", () => {
  it("are those of the licences beside them", () => {
    const both = "licenses: [EXCHANGESTANDARD] # mail only";
    expectOneProblem(
      contosoWith([both, "licenses: [EXCHANGESTANDARD]\n    disabledPlans: [TEAMS1]"]),
      "^TEAMS1",
      {
        message: "None of these licences has this part",
        received: '"TEAMS1"',
        allowed: "EXCHANGE_S_STANDARD",
      },
    );
  });

  it("are known by the names that people have for them", () => {
    expect(problemsOf(contosoWith(["[YAMMER_ENTERPRISE]", "[Viva Engage]"]))).toMatchObject([
      { path: "groups[0].disabledPlans[0]", suggestion: "YAMMER_ENTERPRISE" },
    ]);
  });
});
