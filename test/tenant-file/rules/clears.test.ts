import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

const cleared = (keys: string): string =>
  contosoWith(["    jobTitle: Vennoot\n", `    jobTitle: Vennoot\n    clear: [${keys}]\n`]);

it("takes the keys that are to be empty", () => {
  expect(tenantOf(cleared("mobilePhone")).users?.[1]).toMatchObject({ clear: ["mobilePhone"] });
});

it("refuses to empty a key that has a value", () => {
  expectOneProblem(cleared("mobilePhone, jobTitle"), "clear: [mobilePhone, ^jobTitle]", {
    path: "users[1].clear[1]",
    message: "This key also has a value",
  });
});

it("refuses to empty what Microsoft does not take back", () => {
  expectOneProblem(cleared("usageLocation"), "clear: [^usageLocation]", {
    path: "users[1].clear[0]",
  });
});
