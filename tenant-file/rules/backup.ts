import { quote } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** A mailbox or site is listed either as covered or as an exception. */
export const exceptionsAreNotListedAsCovered: Rule = ({ tenant: { backup } }) => {
  const { mailboxes, sites } = backup?.covers ?? {};
  return itemsOf(backup?.exceptions, ["backup", "exceptions"]).flatMap(({ path, value }) => {
    const kind = value.mailbox === undefined ? "site" : "mailbox";
    const name = value[kind];
    const covered = kind === "site" ? sites : mailboxes;
    if (name === undefined || !Array.isArray(covered) || !covered.includes(name)) return [];
    return [
      {
        path: [...path, kind],
        message: "This is both covered and an exception",
        received: quote(name),
        allowed: "one of the two",
      },
    ];
  });
};
