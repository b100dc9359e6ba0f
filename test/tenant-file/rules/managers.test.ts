import { it } from "vitest";
import { contosoWith, expectOneProblem } from "../contoso.ts";

it("refuses people who manage each other in a circle, once, at the first of them", () => {
  const text = contosoWith([
    "jobTitle: Directeur",
    "jobTitle: Directeur\n    manager: emma.smit@contoso.com",
  ]);
  expectOneProblem(text, "jobTitle: Directeur\n    manager: ^emma", {
    path: "users[0].manager",
    message:
      "These people manage each other in a circle: marieke.devries@contoso.com → emma.smit@contoso.com → " +
      "daan.visser@contoso.com → pieter.jansen@contoso.com → marieke.devries@contoso.com",
  });
});

it("refuses somebody who is their own manager", () => {
  const text = contosoWith([
    "jobTitle: Vennoot\n    department: Directie\n    usageLocation: NL\n    manager: marieke.devries",
    "jobTitle: Vennoot\n    department: Directie\n    usageLocation: NL\n    manager: pieter.jansen",
  ]);
  expectOneProblem(
    text,
    "Vennoot\n    department: Directie\n    usageLocation: NL\n    manager: ^pieter",
    {
      path: "users[1].manager",
    },
  );
});
