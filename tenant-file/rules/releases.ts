import type { Finding } from "../diagnostic.ts";
import { quote } from "../reading/show.ts";
import { groupsOf, itemsOf, sitesOf, unmanagedOf, usersOf, type Rule } from "./facts.ts";

/**
 * A backup that covers all follows the file: whoever is released stays in it by name. What else in the file refers to
 * them is found by its references.
 */
export const releasedThingsKeepTheirBackup: Rule = (facts) => {
  const { covers } = facts.tenant.backup ?? {};
  const known = unmanagedOf(facts);
  const declared = { user: usersOf(facts).names, site: sitesOf(facts).names };
  return itemsOf(facts.tenant.release, ["release"]).flatMap(({ path, value }) => {
    if (typeof value === "string") return [];
    return (["user", "site"] as const).flatMap((kind) => {
      const name = value[kind];
      const isCovered = (kind === "user" ? covers?.mailboxes : covers?.sites) === "all";
      if (name === undefined || !isCovered || known[kind].has(name)) return [];
      if (declared[kind].has(name)) return [];
      return [
        {
          path: [...path, kind],
          message: "The backup covers everybody in this file and would lose this one",
          received: quote(name),
          allowed: `a ${kind} that is named under unmanaged.${kind}s`,
        },
      ];
    });
  });
};

/** Nothing is managed and unmanaged at once. */
export const unmanagedThingsAreNotDeclared: Rule = (facts) => {
  const { unmanaged } = facts.tenant;
  const placed = {
    user: itemsOf(unmanaged?.users, ["unmanaged", "users"]).map(({ path, value }) => ({
      path: [...path, "userPrincipalName"],
      name: value.userPrincipalName,
    })),
    group: itemsOf(unmanaged?.groups, ["unmanaged", "groups"]).map(({ path, value }) => ({
      path: [...path, "name"],
      name: value.name,
    })),
    site: itemsOf(unmanaged?.sites, ["unmanaged", "sites"]).map(({ path, value }) => ({
      path,
      name: value,
    })),
  };
  const declared = { user: usersOf(facts), group: groupsOf(facts), site: sitesOf(facts) };
  return (["user", "group", "site"] as const).flatMap((kind) =>
    placed[kind].flatMap(({ path, name }): Finding[] => {
      if (name === undefined || !declared[kind].names.has(name)) return [];
      return [
        {
          path,
          message: `This ${kind} is declared in the section ${declared[kind].section}`,
          received: quote(name),
          allowed: `a ${kind} that is not managed from here`,
        },
      ];
    }),
  );
};
