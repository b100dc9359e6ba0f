/** Administrator roles: who holds the one that can do anything, wherever the file says it. */
import { GLOBAL_ADMINISTRATOR } from "../../core/directory-roles.ts";
import type { Tenant } from "../tenant-schema.ts";
import {
  itemsOf,
  suggestSparingly,
  unmanagedOf,
  unresolvedHolders,
  usersOf,
  withUnmanaged,
} from "./facts.ts";
import type { Rule } from "./facts.ts";

/** User principal names; undefined where the file does not say. */
export const globalAdministratorsOf = ({
  tenant,
  roles = [],
}: Pick<Tenant, "tenant" | "roles">): readonly string[] | undefined =>
  roles.find(({ role }) => role === GLOBAL_ADMINISTRATOR)?.users.map(({ user }) => user) ??
  tenant.globalAdministrators;

/** Said twice, the two could differ. */
export const globalAdministratorsAreSaidOnce: Rule = ({ tenant: { tenant, roles } }) => {
  const isManaged = roles?.some((one) => one?.role === GLOBAL_ADMINISTRATOR) === true;
  if (!isManaged || tenant?.globalAdministrators === undefined) return [];
  return [
    {
      path: ["tenant", "globalAdministrators"],
      at: "key",
      message: "The section roles says already who has this role",
      allowed: "one of the two: here the role is only protected, under roles it is given too",
    },
  ];
};

export const rolesAreOfUsers: Rule = (facts) => {
  const users = withUnmanaged(usersOf(facts), unmanagedOf(facts).user);
  const suggest = suggestSparingly();
  return itemsOf(facts.tenant.roles, ["roles"]).flatMap(({ path, value }) =>
    unresolvedHolders(itemsOf(value.users, [...path, "users"]), users, suggest),
  );
};
