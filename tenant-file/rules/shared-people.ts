/** What goes with a person's mailbox that becomes a shared one. */
import type { Finding } from "../diagnostic.ts";
import { show } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";
import { peopleWithoutMailbox } from "./mail.ts";

/**
 * Nobody signs in as a shared mailbox, and which licences stay is said: one that is not managed would be given up unseen.
 * @see https://learn.microsoft.com/microsoft-365/admin/email/remove-license-from-shared-mailbox (checked 2026-11-28)
 */
export const sharedPeopleAreBlocked: Rule = ({ tenant }) => {
  const without = peopleWithoutMailbox(tenant);
  return itemsOf(tenant.users, ["users"]).flatMap(({ path, value }): Finding[] => {
    const { mailbox, userPrincipalName: name = "" } = value;
    if (mailbox?.type !== "shared") return [];
    const kept = (["archiveEnabled", "litigationHoldEnabled"] as const).filter(
      (key) => mailbox[key] === true && without.has(name),
    );
    return [
      ...(value.accountEnabled === false ||
      ("accountEnabled" in value && value.accountEnabled === undefined)
        ? []
        : [
            {
              path: [...path, "mailbox", "type"],
              message: "Nobody may sign in as a shared mailbox",
              received: show(mailbox.type),
              allowed: "accountEnabled: false beside it",
            },
          ]),
      ...("licenses" in value
        ? []
        : [
            {
              path: [...path, "mailbox", "type"],
              message: "Which licences stay has to be said here",
              received: show(mailbox.type),
              allowed: "licenses: [] beside it, or those that stay",
            },
          ]),
      ...kept.map((key) => ({
        path: [...path, "mailbox", key],
        message: "A shared mailbox has this only with a licence of Exchange Online Plan 2",
        received: show(mailbox[key]),
        allowed: "such a licence under licenses, or the key left out",
      })),
    ];
  });
};
