import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import { mailboxType, resourceClass } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { knownAs, TenantComponent } from "./component.ts";
import { domainsOf } from "./domains.ts";
import { User } from "./directory-objects.ts";
import { neededFirst } from "./needed-first.ts";
import { principalsOf } from "./principals.ts";

const MailboxType = resourceClass(mailboxType);

/** Texts that stand in the account as they stand in the file. */
type Detail =
  | ("givenName" | "surname" | "jobTitle" | "department" | "companyName" | "employeeId")
  | ("officeLocation" | "mobilePhone" | "preferredLanguage")
  | ("streetAddress" | "postalCode" | "city" | "state" | "country");

export interface Person extends Readonly<Partial<Record<Detail, string>>> {
  readonly userPrincipalName: string;
  readonly accountEnabled?: boolean;
  readonly displayName: string;
  /** Set for who comes from a directory on premises, which has made the account and masters what is in it. */
  readonly source?: string;
  readonly businessPhones?: readonly string[];
  readonly usageLocation?: string;
  /** User principal name of another person of the list, or of somebody who is not managed. */
  readonly manager?: string;
  readonly clear?: readonly (Detail | "manager")[];
  /** User principal name that the person had before. */
  readonly formerly?: string;
  /** Whether the mailbox is a shared one, and whether that does without a licence; undefined is unmanaged. */
  readonly mailboxType?:
    { readonly type: "shared"; readonly withoutLicense: boolean } | { readonly type: "regular" };
}

export interface PeopleArgs {
  readonly people: readonly Person[];
  /** Makes the first password of a new person; must give the same answer within one preview and its apply. */
  readonly initialPassword: (userPrincipalName: string) => string;
  /** Domains that are managed from here, by name. */
  readonly domains?: ReadonlyMap<string, pulumi.Resource>;
}

/** The people of a tenant, by user principal name. */
export class PeopleSection extends TenantComponent {
  readonly users: ReadonlyMap<string, User>;
  /** Mailboxes that become shared ones: licences go after that. */
  readonly conversions: readonly pulumi.Resource[];
  readonly #people: readonly Person[];

  constructor(context: Context, args: PeopleArgs, dependsOn: readonly pulumi.Resource[]) {
    super("People", context, dependsOn);
    this.#people = args.people;
    const users = new Map<string, User>();
    const conversions: pulumi.Resource[] = [];
    const managersFirst = neededFirst(args.people, {
      name: ({ userPrincipalName }) => userPrincipalName,
      needs: ({ manager }) => (manager === undefined ? [] : [manager]),
    });
    for (const person of managersFirst) {
      const { manager, formerly, source, businessPhones, clear = [], ...rest } = person;
      const { mailboxType: type, ...properties } = rest;
      const [boss] =
        manager === undefined ? [] : principalsOf(manager, users, context.unmanaged.users);
      const user = new User(
        person.userPrincipalName,
        {
          ...properties,
          ...(businessPhones === undefined ? {} : { businessPhones: [...businessPhones] }),
          ...(source === undefined ? madeHere(person, args) : {}),
          ...(boss === undefined ? {} : { managerId: boss.id }),
          ...Object.fromEntries(clear.map((key) => [key === "manager" ? "managerId" : key, ""])),
        },
        {
          ...this.child("azuread", [
            ...dependsOn,
            ...domainsOf([person.userPrincipalName], args.domains),
          ]),
          ...knownAs(formerly),
          // A first password is only for a new person; afterwards it is nobody's business but theirs.
          ignoreChanges: ["password", "forcePasswordChange"],
        },
      );
      users.set(person.userPrincipalName, user);
      if (type?.type === "shared") conversions.push(this.#mailboxOf(person, user, dependsOn));
    }
    this.users = users;
    this.conversions = conversions;
    this.declared(
      args.people
        .filter(({ source }) => source !== undefined)
        .map(({ userPrincipalName }) => userPrincipalName),
    );
  }

  /** Mailboxes that become their person's own again, after what licenses the person: one without a licence goes. */
  returnMailboxes(licensesOf: (userPrincipalName: string) => readonly pulumi.Resource[]): void {
    for (const person of this.#people) {
      const user = this.users.get(person.userPrincipalName);
      if (person.mailboxType?.type === "regular" && user !== undefined)
        this.#mailboxOf(person, user, licensesOf(person.userPrincipalName));
    }
  }

  #mailboxOf(
    { userPrincipalName, displayName, formerly, mailboxType: type }: Person,
    user: User,
    dependsOn: readonly pulumi.Resource[],
  ): pulumi.Resource {
    return new MailboxType(
      nameOfList(NOUNS.userMailboxType, userPrincipalName),
      {
        ...{ userId: user.objectId, userPrincipalName, displayName },
        ...{ type: "regular" as const, ...type },
      },
      {
        ...this.child("m365", [user, ...dependsOn]),
        ...knownAs(formerly && nameOfList(NOUNS.userMailboxType, formerly)),
      },
    );
  }
}

/** What an account has that is made from here. */
const madeHere = ({ userPrincipalName }: Person, { initialPassword }: PeopleArgs) => ({
  mailNickname: userPrincipalName.slice(0, userPrincipalName.indexOf("@")),
  // People sign in with the address that they mail from.
  mail: userPrincipalName,
  password: initialPassword(userPrincipalName),
  forcePasswordChange: true,
});
