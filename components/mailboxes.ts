import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import {
  calendarPermissions,
  mailboxPermissions,
  resourceClass,
  sharedMailbox,
} from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";
import { domainsOf } from "./domains.ts";
import { calendarIn, rightsIn } from "./mailbox-rights.ts";
import type { Holders, MailboxRights } from "./mailbox-rights.ts";

const CalendarPermissions = resourceClass(calendarPermissions);
const SharedMailbox = resourceClass(sharedMailbox);
const MailboxPermissions = resourceClass(mailboxPermissions);

interface MailboxDeclaration extends MailboxRights {
  readonly address: string;
  readonly displayName: string;
  /** Undefined is unmanaged; a new one is shared. */
  readonly type?: "shared" | "room" | "equipment";
  /** Undefined is unmanaged. */
  readonly aliases?: readonly string[];
}

export interface MailboxesArgs extends Holders {
  /** In which aliases are managed. */
  readonly domains: readonly string[];
  /** Of these the ones that are managed from here. */
  readonly managedDomains?: ReadonlyMap<string, pulumi.Resource>;
  readonly mailboxes: readonly MailboxDeclaration[];
}

/** Mailboxes of several people, rooms and equipment, and who may use them: one resource of rights a mailbox, one of its calendar. */
export class MailboxesSection extends TenantComponent {
  constructor(context: Context, args: MailboxesArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Mailboxes", context, dependsOn);
    const domains = [...args.domains];
    for (const { address, displayName, type, aliases, ...declared } of args.mailboxes) {
      const mailbox = new SharedMailbox(
        address,
        {
          // Whoever opens it signs in as themselves.
          ...{ address, displayName, domains, accountEnabled: false },
          ...(type === undefined ? {} : { type }),
          ...(aliases === undefined ? {} : { aliases }),
        },
        this.child("m365", [
          ...dependsOn,
          ...domainsOf([address, ...(aliases ?? [])], args.managedDomains),
        ]),
      );
      const of = { mailboxId: mailbox.objectId, mailbox: address, displayName };
      const rights = rightsIn(declared, args);
      if (rights !== undefined) {
        new MailboxPermissions(
          nameOfList(NOUNS.mailboxPermissions, address),
          { ...of, ...rights.inputs },
          this.child("m365", [mailbox, ...rights.needs]),
        );
      }
      const calendar = calendarIn(declared, args);
      if (calendar === undefined) continue;
      new CalendarPermissions(
        nameOfList(NOUNS.calendarPermissions, address),
        { ...of, permissions: calendar.permissions },
        this.child("m365", [mailbox, ...calendar.needs]),
      );
    }
    this.registerOutputs({});
  }
}
