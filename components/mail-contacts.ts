import type pulumi from "@pulumi/pulumi";
import { mailContact, resourceClass } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";

const MailContact = resourceClass(mailContact);

export interface MailContactDeclaration {
  readonly email: string;
  readonly displayName: string;
  /** Undefined is unmanaged. */
  readonly hideFromAddressLists?: boolean;
}

/** People outside in the address book, by mail address. */
export class MailContactsSection extends TenantComponent {
  constructor(
    context: Context,
    contacts: readonly MailContactDeclaration[],
    dependsOn: readonly pulumi.Resource[],
  ) {
    super("MailContacts", context, dependsOn);
    for (const contact of contacts) {
      new MailContact(contact.email, { ...contact }, this.child("m365", [...dependsOn]));
    }
    this.registerOutputs({});
  }
}
