import { describe, expect, it } from "vitest";
import { PeopleSection } from "../../components/people.ts";
import type { Person } from "../../components/people.ts";
import { initialPasswords } from "../../components/initial-password.ts";
import { declaredIn, named, objectIdOf, outline } from "./support/declared.ts";

const anna: Person = { userPrincipalName: "anna@contoso.com", displayName: "Anna" };
const bert: Person = {
  userPrincipalName: "bert@contoso.com",
  displayName: "Bert",
  jobTitle: "Adviseur",
  usageLocation: "NL",
  manager: "anna@contoso.com",
};

const declarePeople = (people: readonly Person[], initialPassword = initialPasswords()) =>
  declaredIn((context) => {
    new PeopleSection(context, { people, initialPassword }, []);
  });

describe("the people of a tenant", () => {
  it("are users named after their addresses, in one component, on the explicit provider", async () => {
    const declared = await declarePeople([anna, bert]);
    expect(outline(declared)).toEqual([
      "- > tenantry:index:People contoso-people",
      "contoso-people > azuread:index/user:User anna@contoso.com",
      "contoso-people > azuread:index/user:User bert@contoso.com",
    ]);
    expect(named(declared, "anna@contoso.com").provider).toBe("azuread");
  });

  it("declare what the file says and nothing of what it leaves out", async () => {
    const { inputs } = named(await declarePeople([anna]), "anna@contoso.com");
    expect(Object.keys(inputs).sort()).toEqual([
      "displayName",
      "forcePasswordChange",
      "mail",
      "mailNickname",
      "password",
      "userPrincipalName",
    ]);
    expect(inputs).toMatchObject({ mail: "anna@contoso.com", mailNickname: "anna" });
  });

  it("declare of who comes from on premises neither address nor password, nor anything else from there", async () => {
    const person: Person = { ...anna, source: "on-premises", usageLocation: "NL" };
    const { inputs } = named(await declarePeople([person]), "anna@contoso.com");
    expect(Object.keys(inputs).sort()).toEqual([
      "displayName",
      "usageLocation",
      "userPrincipalName",
    ]);
  });

  it("empty what the file says is to be empty, and may sign in or not where it says so", async () => {
    const person: Person = { ...anna, accountEnabled: false, clear: ["jobTitle", "manager"] };
    const { inputs } = named(await declarePeople([person]), "anna@contoso.com");
    expect(inputs).toMatchObject({ accountEnabled: false, jobTitle: "", managerId: "" });
    expect(inputs).not.toHaveProperty("clear");
  });

  it("have what the address book tells of them", async () => {
    const details = { officeLocation: "Balie", postalCode: "1012 AB", preferredLanguage: "nl-NL" };
    const person: Person = { ...anna, ...details, businessPhones: ["+31 20 555 0100"] };
    const { inputs } = named(await declarePeople([person]), "anna@contoso.com");
    expect(inputs).toMatchObject({ ...details, businessPhones: ["+31 20 555 0100"] });
  });

  it("are the same resource under another name", async () => {
    const renamed = { ...anna, formerly: "anna.old@contoso.com" };
    const { aliases, inputs } = named(await declarePeople([renamed]), "anna@contoso.com");
    expect(aliases).toEqual(["anna.old@contoso.com"]);
    expect(inputs).not.toHaveProperty("formerly");
  });

  it("may have a manager who is not managed from here", async () => {
    const declared = await declaredIn((context) => {
      const unmanaged = { users: new Map([["anna@contoso.com", "id of Anna"]]), groups: new Map() };
      const people = { people: [bert], initialPassword: initialPasswords() };
      new PeopleSection({ ...context, unmanaged }, people, []);
    });
    expect(named(declared, "bert@contoso.com").inputs.managerId).toBe("id of Anna");
  });

  it("wait for their manager and refer to the manager's id, in whatever order the file has them", async () => {
    const { inputs, dependsOn } = named(await declarePeople([bert, anna]), "bert@contoso.com");
    expect(inputs.managerId).toBe(objectIdOf("anna@contoso.com"));
    expect(inputs).toMatchObject({ jobTitle: "Adviseur", usageLocation: "NL" });
    expect(dependsOn).toContain("anna@contoso.com");
  });

  it("get a first password each, as a secret only, that nothing later compares", async () => {
    const declared = await declarePeople([anna, bert]);
    const [first, second] = ["anna@contoso.com", "bert@contoso.com"].map((name) =>
      named(declared, name),
    );
    expect(first?.secretInputs).toEqual(["password"]);
    expect(first?.additionalSecretOutputs).toContain("password");
    expect(first?.ignoreChanges).toEqual(["password", "forcePasswordChange"]);
    expect(first?.inputs.forcePasswordChange).toBe(true);
    expect(first?.inputs.password).toMatch(/^.{24}$/);
    expect(first?.inputs.password).not.toBe(second?.inputs.password);
  });
});
