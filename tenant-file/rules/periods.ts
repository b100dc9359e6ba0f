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
