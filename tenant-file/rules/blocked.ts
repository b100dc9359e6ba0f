import type { Finding } from "../diagnostic.ts";
import { show } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** From the first day on the person may sign in, and not before it: a second word about it would be another one. */
export const firstDaysSayWhoSignsIn: Rule = ({ tenant: { users } }) =>
  itemsOf(users, ["users"]).flatMap(({ path, value }): Finding[] =>
    value.firstDay === undefined || !("accountEnabled" in value)
      ? []
      : [
          {
            path: [...path, "accountEnabled"],
            message: "firstDay says from when this person may sign in",
            received: show(value.accountEnabled),
            allowed: "one of the two keys",
          },
        ],
  );

/** A reason is that of a block: without one it would look as if somebody could not sign in who can. */
export const reasonsAreOfTheBlocked: Rule = ({ tenant: { users } }) =>
  itemsOf(users, ["users"]).flatMap(({ path, value }): Finding[] => {
    if (!("blockedBecause" in value) || value.accountEnabled === false) return [];
    // Where it was not understood, that is another problem.
    if ("accountEnabled" in value && value.accountEnabled === undefined) return [];
    return [
      {
        path: [...path, "blockedBecause"],
        message: "This person is not blocked",
        received: show(value.blockedBecause),
        allowed: "accountEnabled: false beside it, or no reason",
      },
    ];
  });
