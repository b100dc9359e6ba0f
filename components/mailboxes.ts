import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import { mailboxPermissions, resourceClass, sharedMailbox } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";

const SharedMailbox = resourceClass(sharedMailbox);
const MailboxPermissions = resourceClass(mailboxPermissions);

interface Right {
  /** User principal name. */
  readonly user: string;
  readonly automapping?: boolean;
  readonly reason?: string;
  /** Calendar day. */
  readonly until?: string;
}

interface MailboxDeclaration {
  readonly address: string;
  readonly displayName: string;
  readonly aliases?: readonly string[];
  /** Undefined is unmanaged. */
  readonly fullAccess?: readonly Right[];
  readonly sendAs?: readonly Right[];
  readonly sendOnBehalf?: readonly Right[];
}

export interface MailboxesArgs {
  /** In which aliases are managed. */
  readonly domains: readonly string[];
  readonly mailboxes: readonly MailboxDeclaration[];
  readonly people: PeopleSection | undefined;
  readonly licensesOf: (userPrincipalName: string) => readonly pulumi.Resource[];
}

/** Shared mailboxes and who may use them: one resource of rights a mailbox. */
export class MailboxesSection extends TenantComponent {
  constructor(context: Context, args: MailboxesArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Mailboxes", context, dependsOn);
    const domains = [...args.domains];
    for (const { address, displayName, aliases, ...declared } of args.mailboxes) {
      const mailbox = new SharedMailbox(
        address,
        {
          // Whoever opens it signs in as themselves.
          ...{ address, displayName, domains, accountEnabled: false },
          ...(aliases === undefined ? {} : { aliases }),
        },
        this.child("m365", dependsOn),
      );
      const lists = Object.entries<readonly Right[]>(declared);
      if (lists.length === 0) continue;
      const needs = lists.flatMap(([, rights]) =>
        rights.flatMap(({ user }) => [
          ...principalsOf(user, args.people?.users, new Map()).flatMap((person) => person.needs),
          ...args.licensesOf(user),
        ]),
      );
      new MailboxPermissions(
        nameOfList(NOUNS.mailboxPermissions, address),
        {
          ...{ mailboxId: mailbox.objectId, mailbox: address, displayName },
          ...Object.fromEntries(lists.map(([kind, rights]) => [kind, rights.map(declaredRight)])),
        },
        this.child("m365", [mailbox, ...needs]),
      );
    }
    this.registerOutputs({});
  }
}

const declaredRight = ({ user, automapping, ...agreed }: Right) => ({
  userPrincipalName: user,
  ...(automapping === undefined ? {} : { autoMapping: automapping }),
  ...agreed,
});
