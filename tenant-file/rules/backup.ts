import { quote } from "../reading/show.ts";
import { itemsOf, type Rule, usersOf } from "./facts.ts";

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

/** Managed accounts can be blocked, lose their groups, and go. */
export const helperAccountsAreLeftAlone: Rule = (facts) => {
  const { backup, remove } = facts.tenant;
  const managed = new Set([
    ...usersOf(facts).names,
    ...(remove ?? []).flatMap((entry) => entry?.user ?? []),
  ]);
  return itemsOf(backup?.helperAccounts, ["backup", "helperAccounts"]).flatMap(
    ({ path, value: { userPrincipalName: name } }) =>
      name === undefined || !managed.has(name)
        ? []
        : [
            {
              path: [...path, "userPrincipalName"],
              message:
                "The backup vendor works with this account: to change or remove it stops the backup of every team it is in",
              received: quote(name),
              allowed: "an account that is neither under users nor under remove",
            },
          ],
  );
};
