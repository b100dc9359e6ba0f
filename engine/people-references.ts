/** Whom the tenant file names where the plan holds ids of people. */
import { assignmentName } from "../core/directory-roles.ts";
import { NOUNS } from "../core/nouns.ts";
import type { Noun } from "../core/nouns.ts";
import { resourceKey } from "../core/urn.ts";
import { personName } from "../plan/index.ts";
import type { Declarations } from "../plan/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

interface NamesPeople {
  readonly manager?: string;
  readonly owners?: readonly string[];
  readonly sponsors?: readonly string[];
  readonly holder?: string;
}

export function peopleReferences({
  users = [],
  guests = [],
  groups = [],
  roles = [],
}: Tenant): Declarations["people"] {
  const names = new Map(
    users.map(({ userPrincipalName, displayName }) => [
      userPrincipalName,
      personName(displayName, userPrincipalName),
    ]),
  );
  const named = (people: string | readonly string[] = []): string[] =>
    [people].flat().map((person) => names.get(person) ?? person);
  const entry = (noun: Noun, name: string, object: NamesPeople) => {
    const keys = Object.entries(noun.people ?? {});
    const people = Object.fromEntries(keys.map(([path, key]) => [path, named(object[key])]));
    return [resourceKey(noun.type, name), people] as const;
  };
  return new Map([
    ...users.map((user) => entry(NOUNS.user, user.userPrincipalName, user)),
    ...guests.map((guest) => entry(NOUNS.guest, guest.email, guest)),
    ...roles.flatMap(({ role, users: holders }) =>
      holders.map(({ user: holder }) =>
        entry(NOUNS.roleAssignment, assignmentName(holder, role), { holder }),
      ),
    ),
    ...groups.flatMap((group) =>
      [NOUNS.group, NOUNS.mailGroup].map((noun) => entry(noun, group.name, group)),
    ),
  ]);
}
