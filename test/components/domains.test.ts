import { expect, it } from "vitest";
import { DomainsSection } from "../../components/domains.ts";
import { MailSection } from "../../components/mail.ts";
import { MailboxesSection } from "../../components/mailboxes.ts";
import { PeopleSection } from "../../components/people.ts";
import { declaredIn, named, outline } from "./support/declared.ts";

const declared = () =>
  declaredIn((context) => {
    const { domains } = new DomainsSection(
      context,
      [{ name: "fabrikam.com", supportedServices: ["Email"], isDefault: true }],
      [],
    );
    const people = ["anna@contoso.com", "dirk@fabrikam.com"].map((userPrincipalName) => ({
      ...{ userPrincipalName, displayName: userPrincipalName },
    }));
    new PeopleSection(context, { people, domains, initialPassword: () => "x" }, []);
  });

it("are named after themselves, and have to be verified", async () => {
  const found = await declared();
  expect(outline(found).filter((line) => line.includes("omain"))).toEqual([
    "- > tenantry:index:Domains contoso-domains",
    "contoso-domains > m365:directory:Domain fabrikam.com",
  ]);
  expect(named(found, "fabrikam.com").inputs).toEqual({
    ...{ name: "fabrikam.com", isVerified: true },
    ...{ supportedServices: ["Email"], isDefault: true },
  });
});

it("are waited for by those who have names in them, and by nobody else", async () => {
  const found = await declared();
  expect(named(found, "dirk@fabrikam.com").dependsOn).toContain("fabrikam.com");
  expect(named(found, "anna@contoso.com").dependsOn).not.toContain("fabrikam.com");
});

it("are waited for by who has an alias in them, and so go after it", async () => {
  const aliases = (name: string) => ({ displayName: name, aliases: [`${name}@fabrikam.com`] });
  const found = await declaredIn((context) => {
    const { domains: managedDomains } = new DomainsSection(context, [{ name: "fabrikam.com" }], []);
    const anna = { userPrincipalName: "anna@contoso.com", displayName: "Anna" };
    const people = new PeopleSection(context, { people: [anna], initialPassword: () => "x" }, []);
    const domains = ["contoso.com", "fabrikam.com"];
    const others = { domains, managedDomains, people, licensesOf: () => [] };
    new MailSection(
      context,
      {
        ...{ ...others, country: "NL", guests: undefined },
        ...{ declaredGroups: new Map(), groups: [] },
        users: [{ ...anna, ...aliases("a") }],
      },
      [],
    );
    const mailboxes = [{ address: "info@contoso.com", ...aliases("i") }];
    new MailboxesSection(context, { ...others, mailboxes }, []);
  });
  for (const name of ["anna@contoso.com-mail-settings", "info@contoso.com"])
    expect(named(found, name).dependsOn, name).toContain("fabrikam.com");
});
