import { quote } from "../reading/show.ts";
import { groupsOf, itemsOf, sitesOf, usersOf, type Rule } from "./facts.ts";

/** What is to be removed is no longer declared. */
export const removedThingsAreNotDeclared: Rule = (facts) => {
  const declared = { user: usersOf(facts), group: groupsOf(facts), site: sitesOf(facts) };
  return itemsOf(facts.tenant.remove, ["remove"]).flatMap(({ path, value }) =>
    (["user", "group", "site"] as const).flatMap((kind) => {
      const name = value[kind];
      if (name === undefined || !declared[kind].names.has(name)) return [];
      return [
        {
          path: [...path, kind],
          message: `This ${kind} is still declared in the section ${declared[kind].section}`,
          received: quote(name),
          allowed: `a ${kind} that has left the section`,
        },
      ];
    }),
  );
};
