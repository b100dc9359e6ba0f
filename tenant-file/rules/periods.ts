import type { Finding, Path } from "../diagnostic.ts";
import { itemsOf, type Rule } from "./facts.ts";
import { mailboxesWithRights, RIGHTS } from "./mailbox-rights.ts";

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

interface Days {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

const holdersRunForward = (
  holders: readonly (Days | undefined)[] | undefined,
  path: Path,
): Finding[] =>
  itemsOf(holders, path).flatMap(({ path: at, value: { from: start, until: end } }) =>
    endsBeforeStart({ start, end }, [...at, "until"]),
  );

/** Periods end after they start. */
export const periodsRunForward: Rule = ({ tenant }) => [
  ...endsBeforeStart({ start: tenant.contract?.start, end: tenant.contract?.end }, [
    "contract",
    "end",
  ]),
  ...itemsOf(tenant.approval?.decisionMakers, ["approval", "decisionMakers"]).flatMap(
    ({ path, value }) =>
      endsBeforeStart({ start: value.from, end: value.until }, [...path, "until"]),
  ),
  ...itemsOf(tenant.users, ["users"]).flatMap(
    ({ path, value: { firstDay, lastDay, leaves, mailbox } }) => {
      const { from: start, until: end } = mailbox?.automaticReplies ?? {};
      return [
        ...endsBeforeStart({ start: firstDay, end: lastDay }, [...path, "lastDay"]),
        ...endsBeforeStart({ start: firstDay, end: leaves?.lastDay }, [
          ...path,
          "leaves",
          "lastDay",
        ]),
        ...endsBeforeStart({ start: leaves?.lastDay, end: leaves?.until }, [
          ...path,
          "leaves",
          "until",
        ]),
        ...endsBeforeStart({ start, end }, [...path, "mailbox", "automaticReplies", "until"]),
      ];
    },
  ),
  ...mailboxesWithRights(tenant).flatMap(({ path, value }) =>
    RIGHTS.flatMap((kind) => holdersRunForward(value[kind], [...path, kind])),
  ),
  ...itemsOf(tenant.roles, ["roles"]).flatMap(({ path, value }) =>
    holdersRunForward(value.users, [...path, "users"]),
  ),
];
