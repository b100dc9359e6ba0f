import { expect, it } from "vitest";
import { MailContactsSection } from "../../components/mail-contacts.ts";
import { parseTenant } from "../../tenant-file/load.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import { declaredIn, named, outline } from "./support/declared.ts";
import { drafted } from "./support/inventory.ts";

const lessor = { email: "kantoor@verhuurder.example", displayName: "Verhuurder" };

it("are named after their addresses, in one component, with nothing that the file leaves out", async () => {
  const declared = await declaredIn((context) => {
    new MailContactsSection(context, [lessor], []);
  });
  expect(outline(declared)).toContain(
    `contoso-mailcontacts > m365:exchange:MailContact ${lessor.email}`,
  );
  expect(named(declared, lessor.email).inputs).toEqual(lessor);
});

it("are taken over as a person would write them, but for those that the file cannot say", () => {
  const contact = (id: string, email: string, hideFromAddressLists = false) => ({
    ...{ id, inputs: { email, displayName: "Verhuurder", hideFromAddressLists } },
  });
  const contacts = [
    contact("id-2", "zaal@verhuurder.example", true),
    contact("id-1", lessor.email),
    contact("id-3", "oud@contoso.com"),
  ];
  const mail = { mailboxes: new Map(), groups: new Map(), contacts };
  const { draft, remarks, counts, left } = drafted({ mail });
  const text = tenantFileText(draft, remarks);
  expect(text).toContain(`mailContacts:
  - email: kantoor@verhuurder.example
    displayName: Verhuurder
  - email: zaal@verhuurder.example
    displayName: Verhuurder
    hideFromAddressLists: true
`);
  expect(parseTenant(text, "tenant.yaml")).toHaveProperty("tenant");
  expect(counts.contacts).toEqual({ found: 3, managed: 2 });
  expect(left).toMatchObject([
    { kind: "contact", name: "oud@contoso.com", reason: "an address of the tenant itself" },
  ]);
});
