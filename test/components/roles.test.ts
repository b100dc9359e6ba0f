import { expect, it } from "vitest";
import { assignmentIn, assignmentName, GLOBAL_ADMINISTRATOR } from "../../core/directory-roles.ts";
import { PeopleSection } from "../../components/people.ts";
import { RolesSection } from "../../components/roles.ts";
import { aPerson, drafted } from "./support/inventory.ts";
import { declaredIn, named, objectIdOf } from "./support/declared.ts";

const READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const ANNA = "anna@contoso.com";
const FAR = "far@contoso.com";

it("are one assignment a person and role, after the person, under the name that they had before", async () => {
  const declared = await declaredIn((context) => {
    const people = new PeopleSection(
      context,
      { people: [{ userPrincipalName: ANNA, displayName: "Anna" }], initialPassword: () => "x" },
      [],
    );
    new RolesSection(
      { ...context, unmanaged: { users: new Map([[FAR, "id of Far"]]), groups: new Map() } },
      {
        roles: [{ role: READER, users: [{ user: ANNA, until: "2027-01-01" }, { user: FAR }] }],
        ...{ people, formerNames: new Map([[ANNA, "ans@contoso.com"]]) },
      },
      [],
    );
  });
  const anna = named(declared, assignmentName(ANNA, READER));
  expect(anna.inputs).toEqual({ principalObjectId: objectIdOf(ANNA), roleId: READER });
  expect(anna.dependsOn).toContain(ANNA);
  expect(named(declared, assignmentName(FAR, READER)).inputs).toEqual({
    ...{ principalObjectId: "id of Far", roleId: READER },
  });
});

it("have names that say whose they are, and nothing else has", () => {
  const name = assignmentName("anna-role-x@contoso.com", READER);
  expect(assignmentIn(name)).toEqual({ user: "anna-role-x@contoso.com", roleId: READER });
  expect(assignmentIn("anna@contoso.com-mailbox-permissions")).toBeUndefined();
});

it("are taken over where they may be assigned; otherwise only protected", () => {
  const [ann, bob] = [aPerson("ann"), aPerson("bob")];
  const global = {
    ...{ displayName: "Global Administrator", isGlobalAdministrator: true },
    ...{ templateId: GLOBAL_ADMINISTRATOR, holders: [ann.id, "an application"] },
  };
  const other = {
    ...{
      displayName: "Of its own",
      isGlobalAdministrator: false,
      templateId: READER.replace("f", "a"),
    },
    ...{ holders: [bob.id], assignments: new Map([[bob.id, "b"]]) },
  };
  const people = [ann, bob];
  const assignments = new Map([
    [ann.id, "a"],
    ["an application", "c"],
  ]);
  const managed = drafted({ people, roles: [{ ...global, assignments }, other] });
  expect(managed.draft.tenant.globalAdministrators).toBeUndefined();
  expect(managed.draft.roles).toEqual([
    { role: "Global Administrator", users: [{ user: "ann@contoso.com" }] },
    { role: other.templateId, users: [{ user: "bob@contoso.com" }] },
  ]);
  expect(managed.remarks.entries.get("Global Administrator")).toEqual([
    "1 more, not users of this file: left as they are.",
  ]);
  const protectedOnly = drafted({ people, roles: [global] });
  expect(protectedOnly.draft.roles).toBeUndefined();
  expect(protectedOnly.draft.tenant.globalAdministrators).toEqual(["ann@contoso.com"]);
});
