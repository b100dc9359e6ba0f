/** What has to be known of somebody who leaves. */
import type { Finding } from "../diagnostic.ts";
import { successorOf } from "../leavers.ts";
import { show } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** Which licences end is said, and who takes over; one last day is enough. */
export const leaversAreTakenOverFrom: Rule = ({ tenant: { users } }) => {
  const named = new Map(
    itemsOf(users, []).map(({ value }) => [value.userPrincipalName, value] as const),
  );
  return itemsOf(users, ["users"]).flatMap(({ path, value }): Finding[] => {
    if (!("leaves" in value) || value.leaves === undefined) return [];
    const at = [...path, "leaves"];
    const received = show(value.leaves);
    const successor = successorOf(value);
    const other = successor === undefined ? undefined : named.get(successor);
    const gone = other?.leaves?.lastDay ?? other?.lastDay;
    const isGone =
      gone !== undefined && value.leaves.lastDay !== undefined && gone <= value.leaves.lastDay;
    return [
      ...("lastDay" in value
        ? [
            {
              path: [...path, "lastDay"],
              message: "leaves has the last day",
              received: show(value.lastDay),
              allowed: "one of the two keys",
            },
          ]
        : []),
      ...("licenses" in value
        ? []
        : [
            {
              path: at,
              message: "Which licences end has to be said here",
              received,
              allowed: "licenses beside it",
            },
          ]),
      ...(successor === undefined
        ? [
            {
              path: at,
              message: "Nobody takes over from this person",
              received,
              allowed: "handOverTo, or a manager of the person",
            },
          ]
        : []),
      ...(successor === value.userPrincipalName || isGone
        ? [
            {
              path: at,
              message: `${successor ?? ""} cannot take over: they leave too`,
              received,
              allowed: "handOverTo with somebody who stays",
            },
          ]
        : []),
    ];
  });
};
