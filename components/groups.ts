import type pulumi from "@pulumi/pulumi";
import type { Context } from "./component.ts";
import { knownAs, TenantComponent } from "./component.ts";
import { Group } from "./directory-objects.ts";
import type { GuestsSection } from "./guests.ts";
import { declareMembership, nestedGroupOf } from "./memberships.ts";
import { neededFirst } from "./needed-first.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";
import type { DeclaredGroup, Principal } from "./principals.ts";

export interface GroupDeclaration {
  /** mailNickname, unique in the tenant. */
  readonly name: string;
  readonly displayName: string;
  /** Set for a group from a directory on premises, which masters what is in it. */
  readonly source?: string;
  readonly type: "security" | "microsoft365" | "distribution" | "mailSecurity";
  readonly description?: string;
  readonly clear?: readonly "description"[];
  /** User principal names; undefined is unmanaged. */
  readonly owners?: readonly string[];
  readonly members?: readonly string[];
  /** Names of groups; undefined is unmanaged. */
  readonly memberGroups?: readonly string[];
  /** Who belongs to it, in place of `members`: a rule of Entra ID. */
  readonly membershipRule?: string;
  /** mailNickname that the group had before. */
  readonly formerly?: string;
}

/** Groups that the directory makes (azuread) and who belongs to them (m365): one membership resource a group, however large. */
export class GroupsSection extends TenantComponent {
  readonly groups: ReadonlyMap<string, DeclaredGroup>;

  constructor(
    context: Context,
    args: {
      readonly groups: readonly GroupDeclaration[];
      readonly people: PeopleSection | undefined;
      readonly guests: GuestsSection | undefined;
    },
    dependsOn: readonly pulumi.Resource[],
  ) {
    super("Groups", context, dependsOn);
    const personOf = (name: string): Principal[] =>
      principalsOf(name, args.people?.users, context.unmanaged.users);
    const memberOf = (name: string): Principal[] => [
      ...personOf(name),
      ...principalsOf(name, args.guests?.guests, new Map()),
    ];
    const groups = new Map<string, DeclaredGroup>();
    for (const group of innerFirst(args.groups)) {
      const {
        name,
        formerly,
        type,
        owners,
        members,
        memberGroups,
        membershipRule,
        clear = [],
        ...declared
      } = group;
      const types = typesOf(group);
      // Where it comes from is for who reads the file.
      const { source: _source, ...properties } = declared;
      const made = new Group(
        name,
        {
          ...properties,
          mailNickname: name,
          securityEnabled: true,
          mailEnabled: type === "microsoft365",
          ...(types.length === 0 ? {} : { types }),
          ...(membershipRule === undefined
            ? {}
            : { dynamicMembership: { enabled: true, rule: membershipRule } }),
          ...(owners === undefined ? {} : { owners: owners.flatMap(personOf).map(({ id }) => id) }),
          ...(clear.includes("description") ? { description: "" } : {}),
        },
        { ...this.child("azuread", dependsOn), ...knownAs(formerly) },
      );
      const { displayName } = properties;
      const membership = declareMembership(
        { name, displayName, formerly, resource: made },
        {
          ...{ members, memberGroups, memberOf },
          groupOf: (inner) => nestedGroupOf(inner, groups, context.unmanaged.groups),
          child: (needs) => this.child("m365", needs),
        },
      );
      const ready = membership === undefined ? [made] : [made, membership];
      groups.set(name, { group: made, displayName, members: members ?? [], ready });
    }
    this.groups = groups;
    this.declared(args.groups.filter(({ source }) => source !== undefined).map(({ name }) => name));
  }
}

/** Groups after those that they contain. */
export const innerFirst = (groups: readonly GroupDeclaration[]): readonly GroupDeclaration[] =>
  neededFirst(groups, {
    name: ({ name }) => name,
    needs: ({ memberGroups = [] }) => memberGroups,
  });

const typesOf = ({ type, membershipRule }: GroupDeclaration): string[] => [
  ...(membershipRule === undefined ? [] : ["DynamicMembership"]),
  ...(type === "microsoft365" ? ["Unified"] : []),
];
