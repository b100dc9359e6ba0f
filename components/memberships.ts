import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import { groupMembership, resourceClass } from "../provider/index.ts";
import { knownAs } from "./component.ts";
import { principalsOf } from "./principals.ts";
import type { DeclaredGroup, Principal } from "./principals.ts";

const GroupMembership = resourceClass(groupMembership);

interface NestedGroup extends Principal {
  readonly groupName: string;
  readonly displayName?: string;
}

/** A group that others may contain: once everybody is in it, so that who moves from one to the other stays in both. */
export function nestedGroupOf(
  groupName: string,
  declared: ReadonlyMap<string, DeclaredGroup>,
  unmanaged: ReadonlyMap<string, string>,
): NestedGroup[] {
  const managed = declared.get(groupName);
  if (managed !== undefined) {
    const { group, displayName, ready } = managed;
    return [{ id: group.objectId, needs: ready, groupName, displayName }];
  }
  return principalsOf(groupName, undefined, unmanaged).map((one) => ({ ...one, groupName }));
}

/** Who belongs to a group, of whichever kind: one resource however many there are; none where nobody manages it. */
export function declareMembership(
  group: {
    readonly name: string;
    readonly displayName: string;
    readonly formerly?: string | undefined;
    readonly resource: pulumi.Resource & { readonly objectId: pulumi.Output<string> };
  },
  {
    members,
    memberGroups,
    memberOf,
    groupOf,
    child,
  }: {
    /** Undefined is unmanaged. */
    readonly members: readonly string[] | undefined;
    readonly memberGroups: readonly string[] | undefined;
    readonly memberOf: (name: string) => readonly Principal[];
    readonly groupOf: (name: string) => readonly NestedGroup[];
    /** Options of a child of the component. */
    readonly child: (dependsOn: readonly pulumi.Resource[]) => pulumi.CustomResourceOptions;
  },
): pulumi.Resource | undefined {
  if (members === undefined && memberGroups === undefined) return undefined;
  const { name, displayName, formerly, resource } = group;
  const nested = memberGroups?.flatMap(groupOf);
  const principals = [...(members ?? []).flatMap(memberOf), ...(nested ?? [])];
  return new GroupMembership(
    nameOfList(NOUNS.groupMembership, name),
    {
      groupId: resource.objectId,
      groupName: name,
      groupDisplayName: displayName,
      ...(members && {
        members: members.flatMap((userPrincipalName) =>
          memberOf(userPrincipalName).map(({ id }) => ({ id, userPrincipalName })),
        ),
      }),
      ...(nested && { memberGroups: nested.map(({ needs: _, ...named }) => named) }),
    },
    {
      ...child([resource, ...principals.flatMap(({ needs }) => needs)]),
      ...knownAs(formerly && nameOfList(NOUNS.groupMembership, formerly)),
    },
  );
}
