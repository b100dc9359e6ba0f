import { personName } from "../plan/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

/** Names of the people whom the tenant file names in a property that holds ids in the plan. */
export function declaredPeople(tenant: Tenant, urn: string, path: string): readonly string[] {
  const name = urn.split("::").at(-1);
  const users = tenant.users ?? [];
  const people =
    path === "managerId"
      ? users.find(({ userPrincipalName }) => userPrincipalName === name)?.manager
      : path === "owners"
        ? tenant.groups?.find((group) => group.name === name)?.owners
        : undefined;
  return [people ?? []].flat().map((userPrincipalName) => {
    const person = users.find((user) => user.userPrincipalName === userPrincipalName);
    return person === undefined
      ? userPrincipalName
      : personName(person.displayName, userPrincipalName);
  });
}
