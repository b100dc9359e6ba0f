import type { Finding } from "../diagnostic.ts";
import { quote } from "../reading/show.ts";
import { groupsOf, itemsOf, sitesOf, unmanagedOf, usersOf, type Rule } from "./facts.ts";

const KINDS = ["user", "group", "site"] as const;

/** What is let go of is no longer declared, nor removed. */
export const releasedThingsAreNotDeclared: Rule = (facts) => {
  const declared = { user: usersOf(facts), group: groupsOf(facts), site: sitesOf(facts) };
  const removals = itemsOf(facts.tenant.remove, ["remove"]);
  return itemsOf(facts.tenant.release, ["release"]).flatMap(({ path, value }): Finding[] => {
    if (typeof value === "string") {
      if (facts.leftOut.has(value)) return [];
      const message = "This section is still in the file";
      return [{ path, message, received: quote(value), allowed: "a section that was taken out" }];
    }
    return KINDS.flatMap((kind): Finding[] => {
      const name = value[kind];
      if (name === undefined) return [];
      const at = { path: [...path, kind], received: quote(name) };
      if (declared[kind].names.has(name)) {
        const { section } = declared[kind];
        const message = `This ${kind} is still declared in the section ${section}`;
        return [{ ...at, message, allowed: `a ${kind} that has left the section` }];
      }
      if (!removals.some((removal) => removal.value[kind] === name)) return [];
      return [{ ...at, message: `This ${kind} is to be removed too`, allowed: "one of the two" }];
    });
  });
};

/**
 * A backup that covers all goes by the file: whoever is let go of stays in it by name. What else in the file refers to
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
  return KINDS.flatMap((kind) =>
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
