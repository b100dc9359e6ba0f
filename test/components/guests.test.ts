import { expect, it } from "vitest";
import { GuestsSection } from "../../components/guests.ts";
import type { GuestDeclaration } from "../../components/guests.ts";
import { PeopleSection } from "../../components/people.ts";
import { declaredIn, named, objectIdOf, outline } from "./support/declared.ts";

const piet: GuestDeclaration = { email: "piet@partner.example", displayName: "Piet" };

const declareGuests = (guests: readonly GuestDeclaration[]) =>
  declaredIn((context) => {
    const anna = { userPrincipalName: "anna@contoso.com", displayName: "Anna" };
    const people = new PeopleSection(context, { people: [anna], initialPassword: () => "x" }, []);
    const unmanaged = { users: new Map([["eva@contoso.com", "id of Eva"]]), groups: new Map() };
    new GuestsSection({ ...context, unmanaged }, { guests, people }, []);
  });

it("are named after their addresses, in one component, with nothing that the file leaves out", async () => {
  const declared = await declareGuests([piet]);
  expect(outline(declared).filter((line) => line.includes("guests"))).toEqual([
    "- > tenantry:index:Guests contoso-guests",
    "contoso-guests > m365:directory:Guest piet@partner.example",
  ]);
  expect(named(declared, "piet@partner.example").inputs).toEqual(piet);
});

it("have sponsors by id, after those who are managed from here", async () => {
  const sponsors = ["anna@contoso.com", "eva@contoso.com"];
  const declared = await declareGuests([{ ...piet, sponsors, until: "2027-06-30" }]);
  const { inputs, dependsOn } = named(declared, "piet@partner.example");
  const ids = [objectIdOf("anna@contoso.com"), "id of Eva"];
  expect(inputs).toMatchObject({ sponsors: ids, until: "2027-06-30" });
  expect(dependsOn).toContain("anna@contoso.com");
});
