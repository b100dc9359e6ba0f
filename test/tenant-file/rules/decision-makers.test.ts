import { expect, it } from "vitest";
import { contoso, contosoWith, expectOneProblem, problemsOf, tenantOf } from "../contoso.ts";

it("refuses more agreements than there are decision makers, deputies not counted", () => {
  expectOneProblem(contosoWith(["required: 1", "required: 3"]), "required: ^3", {
    path: "approval.required",
    allowed: "at most 2; deputies are not counted",
  });
  expect(problemsOf(contosoWith(["required: 1", "required: 2"]))).toEqual([]);
});

it("wants one agreement when nothing is said", () => {
  expect(tenantOf(contosoWith(["  required: 1\n", ""])).approval?.required).toBe(1);
});

it("refuses a deputy for nobody, with the nearest decision maker", () => {
  expectOneProblem(contosoWith(["deputyFor: marieke.", "deputyFor: marike."]), "^marike.devries", {
    path: "approval.decisionMakers[2].deputyFor",
    suggestion: "marieke.devries@contoso.com",
  });
});

it("refuses a deputy for a deputy", () => {
  expectOneProblem(
    contosoWith(["deputyFor: marieke.devries@", "deputyFor: sanne.bakker@"]),
    "deputyFor: ^sanne",
    {
      path: "approval.decisionMakers[2].deputyFor",
    },
  );
});

it("refuses a deputy without a first or last day", () => {
  const text = contosoWith(["      from: 2026-12-21\n      until: 2027-01-04\n", ""]);
  expect(problemsOf(text).map(({ path }) => path)).toEqual([
    "approval.decisionMakers[2].from",
    "approval.decisionMakers[2].until",
  ]);
});

it("leaves it to the policies to refuse a file without approval, decision makers or backup", () => {
  for (const section of ["approval", "backup"]) {
    const text = contoso.replace(new RegExp(`\n${section}:\n[^]*?\n\n`), "\n");
    expect(tenantOf(text)).not.toHaveProperty(section);
  }
  const nobody = contoso.replace(/ {2}decisionMakers:\n[^]*? {2}required: 1/, "  required: 1");
  expect(tenantOf(nobody).approval).not.toHaveProperty("decisionMakers");
  const none = contoso.replace(/ {2}decisionMakers:\n[^]*? {2}required: 1/, "  decisionMakers: []");
  expect(tenantOf(none).approval?.decisionMakers).toEqual([]);
});
