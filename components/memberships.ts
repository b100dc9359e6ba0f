import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import { groupMembership, resourceClass } from "../provider/index.ts";
import { knownAs } from "./component.ts";
import type { Principal } from "./principals.ts";

const GroupMembership = resourceClass(groupMembership);

/** Who belongs to a group, of whichever kind: one resource however many there are. */
export function declareMembership(
  group: {
    readonly name: string;
    readonly displayName: string;
    readonly formerly?: string | undefined;
    readonly resource: pulumi.Resource & { readonly objectId: pulumi.Output<string> };
  },
  {
    members,
    memberOf,
    child,
  }: {
    readonly members: readonly string[];
    readonly memberOf: (name: string) => readonly Principal[];
    /** Options of a child of the component. */
    readonly child: (dependsOn: readonly pulumi.Resource[]) => pulumi.CustomResourceOptions;
  },
): pulumi.Resource {
  const { name, displayName, formerly, resource } = group;
  return new GroupMembership(
    nameOfList(NOUNS.groupMembership, name),
    {
      groupId: resource.objectId,
      groupName: name,
      groupDisplayName: displayName,
      members: members.flatMap((userPrincipalName) =>
        memberOf(userPrincipalName).map(({ id }) => ({ id, userPrincipalName })),
      ),
    },
    {
      ...child([resource, ...members.flatMap(memberOf).flatMap(({ needs }) => needs)]),
      ...knownAs(formerly && nameOfList(NOUNS.groupMembership, formerly)),
    },
  );
}
