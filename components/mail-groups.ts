import type pulumi from "@pulumi/pulumi";
import { distributionGroup, resourceClass } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { knownAs, TenantComponent } from "./component.ts";
import { innerFirst } from "./groups.ts";
import type { GroupDeclaration } from "./groups.ts";
import type { GuestsSection } from "./guests.ts";
import { declareMembership, nestedGroupOf } from "./memberships.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";
import type { DeclaredGroup, Principal } from "./principals.ts";

const DistributionGroup = resourceClass(distributionGroup);

export interface MailGroupsArgs {
  readonly groups: readonly GroupDeclaration[];
  readonly people: PeopleSection | undefined;
  readonly guests: GuestsSection | undefined;
  /** What gives a person a licence, and so a mailbox: Exchange takes nobody without one. */
  readonly licensesOf: (userPrincipalName: string) => readonly pulumi.Resource[];
}

/** Distribution lists and security groups with mail, after the licences of the people in them. */
export class MailGroupsSection extends TenantComponent {
  readonly groups: ReadonlyMap<string, DeclaredGroup>;

  constructor(context: Context, args: MailGroupsArgs, dependsOn: readonly pulumi.Resource[]) {
    super("MailGroups", context, dependsOn);
    const personOf = (name: string): Principal[] =>
      principalsOf(name, args.people?.users, context.unmanaged.users).map(({ id, needs }) => ({
        id,
        needs: [...needs, ...args.licensesOf(name)],
      }));
    const memberOf = (name: string): Principal[] => [
      ...personOf(name),
      ...principalsOf(name, args.guests?.guests, new Map()),
    ];
    const child = (needs: readonly pulumi.Resource[]) => this.child("m365", needs);
    const groups = new Map<string, DeclaredGroup>();
    for (const declared of innerFirst(args.groups)) {
      const { name, displayName, type, description, clear = [], members, formerly } = declared;
      const owners = declared.owners?.flatMap(personOf);
      const made = new DistributionGroup(
        name,
        {
          ...{ mailNickname: name, displayName },
          type: type === "distribution" ? "Distribution" : "Security",
          ...(description === undefined ? {} : { description }),
          ...(clear.includes("description") ? { description: "" } : {}),
          ...(owners && { owners: owners.map(({ id }) => id) }),
        },
        {
          ...child([...dependsOn, ...(owners ?? []).flatMap(({ needs }) => needs)]),
          ...knownAs(formerly),
        },
      );
      const membership = declareMembership(
        { name, displayName, formerly, resource: made },
        {
          ...{ members, memberGroups: declared.memberGroups, memberOf, child },
          groupOf: (inner) => nestedGroupOf(inner, groups, context.unmanaged.groups),
        },
      );
      const ready = membership === undefined ? [made] : [made, membership];
      groups.set(name, { group: made, displayName, members: members ?? [], ready });
    }
    this.groups = groups;
    this.declared(args.groups.filter(({ source }) => source !== undefined).map(({ name }) => name));
  }
}
