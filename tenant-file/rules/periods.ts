import type { Finding, Path } from "../diagnostic.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** Calendar days in this notation sort as text. */
function endsBeforeStart(
  period: { start: string | undefined; end: string | undefined },
  path: Path,
): Finding[] {
  const { start, end } = period;
  if (start === undefined || end === undefined || start <= end) return [];
  return [
    {
      path,
      message: "The last day is before the first day",
      received: end,
      allowed: `${start} or later`,
    },
  ];
}

/** Periods end after they start. */
export const periodsRunForward: Rule = ({ tenant: { contract, approval, users } }) => [
  ...endsBeforeStart({ start: contract?.start, end: contract?.end }, ["contract", "end"]),
  ...itemsOf(approval?.decisionMakers, ["approval", "decisionMakers"]).flatMap(({ path, value }) =>
    endsBeforeStart({ start: value.from, end: value.until }, [...path, "until"]),
  ),
  ...itemsOf(users, ["users"]).flatMap(({ path, value: { mailbox } }) => {
    const { from: start, until: end } = mailbox?.automaticReplies ?? {};
    return endsBeforeStart({ start, end }, [...path, "mailbox", "automaticReplies", "until"]);
  }),
];

/** The 12 months of an annual subscription count from its start, not from the calendar year. */
export const annualSubscriptionsHaveAStart: Rule = ({ tenant: { subscriptions } }) =>
  itemsOf(subscriptions, ["subscriptions"])
    .filter(({ value }) => value.term === "annual" && !("start" in value))
    .map(({ path }) => ({
      path: [...path, "start"],
      message: "An annual subscription needs the day on which its 12 months start",
      allowed: "YYYY-MM-DD",
    }));

/** A monthly subscription changes its count at once; the same count at renewal has no effect. */
export const renewalsChangeAnnualNumbers: Rule = ({ tenant: { subscriptions } }) =>
  itemsOf(subscriptions, ["subscriptions"]).flatMap(({ path, value }): Finding[] => {
    const { term, count, atRenewal } = value;
    if (atRenewal === undefined || (term !== "monthly" && atRenewal !== count)) return [];
    return [
      {
        path: [...path, "atRenewal"],
        message:
          term === "monthly"
            ? "Change a monthly subscription through its count"
            : "This is the current count",
        received: String(atRenewal),
        allowed: term === "monthly" ? "count alone" : "a number other than count",
      },
    ];
  });
