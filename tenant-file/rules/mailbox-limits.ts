/** Sizes of a mailbox that come one before the other. */
import type { Finding } from "../diagnostic.ts";
import { show } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

const IN_ORDER = ["issueWarningQuota", "prohibitSendQuota", "prohibitSendReceiveQuota"] as const;

/** @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox (checked 2026-11-28) */
export const mailboxLimitsRise: Rule = ({ tenant: { users } }) =>
  itemsOf(users, ["users"]).flatMap(({ path, value: { mailbox } }): Finding[] => {
    const given = IN_ORDER.flatMap((key) => {
      const size = mailbox?.[key];
      return size === undefined ? [] : [{ key, size }];
    });
    return given.slice(1).flatMap(({ key, size }, at) => {
      const before = given[at];
      if (before === undefined || before.size <= size) return [];
      return [
        {
          path: [...path, "mailbox", key],
          message: `This is less than ${before.key}, which comes before it`,
          received: show(size),
          allowed: `${before.size} or more`,
        },
      ];
    });
  });
