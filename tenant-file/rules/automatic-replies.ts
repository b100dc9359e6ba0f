/** Which keys of automatic replies go together. */
import type { Finding } from "../diagnostic.ts";
import { show } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

type Key = "internalReplyMessage" | "externalReplyMessage" | "externalAudience" | "from" | "until";

/** By status: what there must be, and what means nothing. */
const NEEDS: Readonly<Record<string, readonly Key[]>> = {
  disabled: [],
  alwaysEnabled: ["internalReplyMessage"],
  scheduled: ["internalReplyMessage", "from", "until"],
};
const WITHOUT: Readonly<Record<string, readonly Key[]>> = {
  disabled: ["internalReplyMessage", "externalReplyMessage", "externalAudience", "from", "until"],
  alwaysEnabled: ["from", "until"],
  scheduled: [],
};

export const automaticRepliesAreWhole: Rule = ({ tenant: { users } }) =>
  itemsOf(users, ["users"]).flatMap(({ path, value }): Finding[] => {
    const replies = value.mailbox?.automaticReplies;
    if (replies?.status === undefined) return [];
    const { status } = replies;
    const place = [...path, "mailbox", "automaticReplies"];
    const missing = (NEEDS[status] ?? [])
      .filter((key) => !(key in replies))
      .map((key) => ({
        path: [...place, key],
        message: `With status ${status} this key is needed`,
        allowed: key === "internalReplyMessage" ? "the text of the reply" : "YYYY-MM-DD",
      }));
    const tooMuch = [
      ...(WITHOUT[status] ?? []),
      ...("externalReplyMessage" in replies ? [] : (["externalAudience"] as const)),
    ].filter((key) => key in replies);
    return [
      ...missing,
      ...[...new Set(tooMuch)].map((key) => ({
        path: [...place, key],
        message:
          key === "externalAudience" && status !== "disabled"
            ? "Without externalReplyMessage nobody outside is answered"
            : `With status ${status} this has no effect`,
        received: show(replies[key]),
        allowed: "the key left out",
      })),
    ];
  });
