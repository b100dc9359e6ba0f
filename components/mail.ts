import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import {
  groupMail,
  mailboxSettings,
  resourceClass,
  userCalendarPermissions,
  userMail,
  userMailboxPermissions,
} from "../provider/index.ts";
import type { Context } from "./component.ts";
import { knownAs, TenantComponent } from "./component.ts";
import { domainsOf } from "./domains.ts";
import type { GuestsSection } from "./guests.ts";
import { calendarIn, rightsIn } from "./mailbox-rights.ts";
import { exchangeInputs, graphInputs } from "./own-mailbox.ts";
import type { OwnMailbox } from "./own-mailbox.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";
import type { DeclaredGroup, Principal } from "./principals.ts";

const GroupMail = resourceClass(groupMail);
const MailboxSettings = resourceClass(mailboxSettings);
const UserCalendarPermissions = resourceClass(userCalendarPermissions);
const UserMail = resourceClass(userMail);
const UserMailboxPermissions = resourceClass(userMailboxPermissions);

interface Declaration {
  readonly displayName: string;
  /** Addresses besides the primary one; undefined is unmanaged. */
  readonly aliases?: readonly string[];
  readonly formerly?: string;
}

export interface GroupMailDeclaration extends Declaration {
  readonly name: string;
  readonly hideFromAddressLists?: boolean;
  /** User principal names, mail addresses of guests, names of groups. */
  readonly senders?: "anyone" | "inside" | readonly string[];
}

interface UserMailDeclaration extends Declaration {
  readonly userPrincipalName: string;
  readonly mailbox?: OwnMailbox;
}

export interface MailArgs {
  /** In which aliases are managed. */
  readonly domains: readonly string[];
  /** Of these the ones that are managed from here. */
  readonly managedDomains?: ReadonlyMap<string, pulumi.Resource>;
  /** Of the tenant, as two letters: its days begin and end there. */
  readonly country: string;
  readonly users: readonly UserMailDeclaration[];
  readonly groups: readonly GroupMailDeclaration[];
  readonly people: PeopleSection | undefined;
  readonly guests: GuestsSection | undefined;
  /** Of every kind. */
  readonly declaredGroups: ReadonlyMap<string, DeclaredGroup>;
  readonly licensesOf: (userPrincipalName: string) => readonly pulumi.Resource[];
}

/** Whether the file says anything that is declared here of the group. */
export const hasMailKeys = ({
  aliases,
  hideFromAddressLists,
  senders,
}: Omit<GroupMailDeclaration, "name" | "displayName">): boolean =>
  [aliases, hideFromAddressLists, senders].some((key) => key !== undefined);

/** What people and groups have of mail: addresses, their mailboxes, and who may send to a group. */
export class MailSection extends TenantComponent {
  constructor(context: Context, args: MailArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Mail", context, dependsOn);
    const domains = [...args.domains];
    for (const declared of args.users) this.#declareUser(declared, args, dependsOn);
    for (const { name, displayName, formerly, ...declared } of args.groups) {
      const group = args.declaredGroups.get(name);
      if (group === undefined) continue;
      const { aliases, hideFromAddressLists, senders } = declared;
      const named = typeof senders === "object" ? senders : [];
      const principals = new Map(
        named.map((sender) => [sender, senderOf(sender, args, context)] as const),
      );
      new GroupMail(
        nameOfList(NOUNS.groupMail, name),
        {
          ...{ groupId: group.group.objectId, groupName: name, groupDisplayName: displayName },
          domains,
          ...(aliases === undefined ? {} : { aliases }),
          ...(hideFromAddressLists === undefined ? {} : { hideFromAddressLists }),
          ...(senders === undefined
            ? {}
            : {
                requireSenderAuthentication: senders !== "anyone",
                acceptMessagesOnlyFrom: [...principals].flatMap(([sender, found]) =>
                  found.map(({ id }) => ({ id, name: sender })),
                ),
              }),
        },
        {
          ...this.child("m365", [
            ...group.ready,
            ...[...principals.values()].flat().flatMap(({ needs }) => needs),
            ...domainsOf(aliases ?? [], args.managedDomains),
            ...dependsOn,
          ]),
          ...knownAs(formerly && nameOfList(NOUNS.groupMail, formerly)),
        },
      );
    }
    this.registerOutputs({});
  }

  #declareUser(
    { userPrincipalName, displayName, aliases, mailbox = {}, formerly }: UserMailDeclaration,
    args: MailArgs,
    dependsOn: readonly pulumi.Resource[],
  ): void {
    const user = args.people?.users.get(userPrincipalName);
    if (user === undefined) return;
    const base = { userId: user.objectId, userPrincipalName, displayName };
    const options = (noun: NamedList, needs: readonly pulumi.Resource[] = []) => ({
      ...this.child("m365", [
        ...[user, ...args.licensesOf(userPrincipalName)],
        ...[...needs, ...dependsOn],
      ]),
      ...knownAs(formerly && nameOfList(noun, formerly)),
    });
    const own = { ...(aliases === undefined ? {} : { aliases }), ...exchangeInputs(mailbox) };
    if (Object.keys(own).length > 0) {
      new UserMail(
        nameOfList(NOUNS.userMail, userPrincipalName),
        { ...base, domains: [...args.domains], ...own },
        options(NOUNS.userMail, domainsOf(aliases ?? [], args.managedDomains)),
      );
    }
    const settings = graphInputs(mailbox, args.country);
    if (Object.keys(settings).length > 0) {
      new MailboxSettings(
        nameOfList(NOUNS.userMailboxSettings, userPrincipalName),
        { ...base, ...settings },
        options(NOUNS.userMailboxSettings),
      );
    }
    const of = { mailboxId: user.objectId, mailbox: userPrincipalName, displayName };
    const rights = rightsIn(mailbox, args);
    if (rights !== undefined) {
      new UserMailboxPermissions(
        nameOfList(NOUNS.userMailboxPermissions, userPrincipalName),
        { ...of, ...rights.inputs },
        options(NOUNS.userMailboxPermissions, rights.needs),
      );
    }
    const calendar = calendarIn(mailbox, args);
    if (calendar === undefined) return;
    new UserCalendarPermissions(
      nameOfList(NOUNS.userCalendar, userPrincipalName),
      { ...of, permissions: calendar.permissions },
      options(NOUNS.userCalendar, calendar.needs),
    );
  }
}

type NamedList = Parameters<typeof nameOfList>[0];

/** Of groups only those with mail are senders; the file names no others here. */
function senderOf(name: string, args: MailArgs, { unmanaged }: Context): Principal[] {
  const { people, guests, declaredGroups, licensesOf } = args;
  if (!name.includes("@")) {
    const group = declaredGroups.get(name);
    if (group !== undefined) return [{ id: group.group.objectId, needs: group.ready }];
    return principalsOf(name, undefined, unmanaged.groups);
  }
  const persons = principalsOf(name, people?.users, unmanaged.users);
  return [
    ...persons.map(({ id, needs }) => ({ id, needs: [...needs, ...licensesOf(name)] })),
    ...principalsOf(name, guests?.guests, new Map()),
  ];
}
