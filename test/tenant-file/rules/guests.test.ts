import { describe, expect, it } from "vitest";
import { contoso, contosoWith, expectOneProblem, tenantOf, warningsOf } from "../contoso.ts";

const TESS = "tess.verbeek@softwarehuis.example";

describe("the guests of a file", () => {
  it("are people of other organisations, known by their mail addresses", () => {
    const [guest] =
      tenantOf(contosoWith([`email: ${TESS}`, `email: ${TESS.toUpperCase()}`])).guests ?? [];
    expect(guest).toMatchObject({ email: TESS, sponsors: ["daan.visser@contoso.com"] });
  });

  it("may be in groups, and own none", () => {
    expect(tenantOf(contoso).groups?.[1]?.members).toContain(TESS);
    const owned = contosoWith(["    owners: [daan.visser@contoso.com]", `    owners: [${TESS}]`]);
    expectOneProblem(owned, `owners: [^${TESS}]`, {
      path: "groups[1].owners[0]",
      message: "No such user in this file",
    });
  });

  it("have sponsors of the file", () => {
    const text = contosoWith(["sponsors: [daan.visser@", "sponsors: [tess.visser@"]);
    expectOneProblem(text, "sponsors: [^tess.visser@", {
      path: "guests[0].sponsors[0]",
      message: "No such user in this file",
    });
  });

  it("are not of the tenant itself", () => {
    const text = contosoWith(
      [`email: ${TESS}`, "email: tess@contoso.com"],
      [`      - ${TESS}\n`, ""],
    );
    expectOneProblem(text, "email: ^tess@", {
      path: "guests[0].email",
      message: "This is an address of this tenant itself",
    });
  });

  it("and contacts are not of the tenant itself", () => {
    const contact = "  - email: kantoor@contoso.com\n    displayName: Kantoor\n";
    const text = contosoWith(["sites:\n", `mailContacts:\n${contact}\nsites:\n`]);
    expectOneProblem(text, "email: ^kantoor@", {
      path: "mailContacts[0].email",
      message: "This is an address of this tenant itself",
    });
  });

  it("are removed by name", () => {
    const removal = `  - guest: ${TESS}\n    reason: Klaar\n    data: Niets\n`;
    expectOneProblem(`${contoso}${removal}`, `guest: ^${TESS}`, {
      message: "This guest is still declared in the section guests",
    });
  });

  it("have a last day, or validate warns of what plan will refuse", () => {
    const text = contosoWith([/    until: 2027-06-30.*\n/.exec(contoso)?.[0] ?? "", ""]);
    expect(warningsOf(text)).toMatchObject([
      { path: "guests[0].until", message: `${TESS} has no last day; plan will refuse this` },
    ]);
  });
});
