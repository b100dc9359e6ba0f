import { expect, it } from "vitest";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

const receptionist = (from: string, to: string): string => contosoWith([from, to]);

it("takes what the address book tells of a person", () => {
  const address = "    city: Amsterdam\n    postalCode: 1012 AB\n    clear: [state]\n";
  const text = receptionist("    officeLocation: Balie\n", `    officeLocation: Balie\n${address}`);
  expect(tenantOf(text).users).toContainEqual(
    expect.objectContaining({
      ...{ officeLocation: "Balie", city: "Amsterdam", postalCode: "1012 AB", clear: ["state"] },
      ...{ businessPhones: ["+31 20 555 0100"], preferredLanguage: "nl-NL" },
    }),
  );
});

it("refuses a language that is not one", () => {
  expectOneProblem(receptionist("nl-NL", "Dutch"), "preferredLanguage: ^Dutch", {
    path: "users[8].preferredLanguage",
    message: "Not a valid language",
  });
});

it("refuses a second business phone, of which Graph keeps one", () => {
  const two = '["+31 20 555 0100", "+31 20 555 0102"]';
  expectOneProblem(receptionist('["+31 20 555 0100"]', two), `businessPhones: ^${two}`, {
    path: "users[8].businessPhones",
  });
});
