/** Members of a group as they are declared: by id, or by name where the id is not known yet. */
import { z } from "zod";
import { address } from "../kit/zod-shapes.ts";

export const member = z.strictObject({
  id: z.string().min(1).optional().describe("Object id of the person; found by name if left out."),
  userPrincipalName: address.describe("What people know the person by; the id says who it is."),
});

export type Member = z.output<typeof member>;

export const memberGroup = z.strictObject({
  id: z.string().min(1).describe("Object id of the group."),
  groupName: z.string().min(1).describe("Mail nickname of the group."),
  displayName: z.string().optional().describe("What people call the group."),
});

export type MemberGroup = z.output<typeof memberGroup>;

/** Members used to be declared by their names. */
export const asMember = (entry: unknown): unknown =>
  typeof entry === "string" ? { userPrincipalName: entry } : entry;

interface Named {
  readonly id?: string | undefined;
  readonly name: string;
}

/** By id; by name where one of the two has none. */
export const isSame = (one: Named, other: Named): boolean =>
  one.id === undefined || other.id === undefined ? one.name === other.name : one.id === other.id;

const named = ({ id, userPrincipalName: name }: Member): Named => ({ id, name });

export const holds = (members: readonly Member[], one: Member): boolean =>
  members.some((member) => isSame(named(member), named(one)));

export const without = (members: readonly Member[], others: readonly Member[]): Member[] =>
  members.filter((one) => !holds(others, one));

/** Ids of the groups of the one list that the other does not have. */
export const idsWithout = (
  groups: readonly MemberGroup[],
  others: readonly MemberGroup[],
): string[] => groups.map(({ id }) => id).filter((id) => !others.some((one) => one.id === id));
