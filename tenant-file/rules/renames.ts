import { quote } from "../reading/show.ts";
import { groupsOf, itemsOf, usersOf, type Declared, type Facts, type Placed } from "./facts.ts";
import type { Rule } from "./facts.ts";

/**
 * A former name belongs to nobody else any more. Where two names are exchanged the engine would pass over both in
 * silence, and everything else about the two would be crossed.
 */
export const formerNamesAreFree: Rule = (facts) => {
  const { users, groups } = facts.tenant;
  return [
    ...taken(itemsOf(users, ["users"]), { declared: usersOf(facts), facts }),
    ...taken(itemsOf(groups, ["groups"]), { declared: groupsOf(facts), facts }),
  ];
};

function taken(
  objects: readonly Placed<{ readonly formerly?: string | undefined }>[],
  { declared, facts }: { readonly declared: Declared; readonly facts: Facts },
): ReturnType<Rule> {
  const removed = new Set(
    itemsOf(facts.tenant.remove, ["remove"]).map(({ value }) => value.user ?? value.group),
  );
  const seen = new Set<string>();
  return objects.flatMap(({ path, value: { formerly } }) => {
    if (formerly === undefined) return [];
    const message = declared.names.has(formerly)
      ? `Another ${declared.noun} in this file has this name now`
      : removed.has(formerly)
        ? `This ${declared.noun} is also being removed`
        : seen.has(formerly)
          ? `Another ${declared.noun} also had this name before`
          : undefined;
    seen.add(formerly);
    if (message === undefined) return [];
    const allowed = "a name that is no longer used; swap two names in two changes";
    return [{ path: [...path, "formerly"], message, received: quote(formerly), allowed }];
  });
}
