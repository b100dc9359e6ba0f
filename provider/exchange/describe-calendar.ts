/** What it means to the customer that somebody else may see or edit a calendar. */
import { clauses, en, nl, objects, text } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { textOf } from "./describe-mail.ts";
import { CAN, withWords } from "./describe-mailbox.ts";

interface Words {
  readonly nl: (can: string) => string;
  readonly en: string;
}

const ROLES: Readonly<Record<string, Words>> = {
  freeBusyRead: {
    nl: (can) => `${can} in de agenda zien wanneer er tijd is`,
    en: "can see in the calendar when there is time",
  },
  limitedRead: {
    nl: (can) => `${can} van afspraken in de agenda tijd, titel en plaats zien`,
    en: "can see time, title and place of appointments in the calendar",
  },
  read: { nl: (can) => `${can} de agenda lezen`, en: "can read the calendar" },
  write: { nl: (can) => `${can} de agenda bewerken`, en: "can edit the calendar" },
  delegateWithoutPrivateEventAccess: {
    nl: (can) => `${can} de agenda als gemachtigde beheren, zonder privéafspraken`,
    en: "can manage the calendar as a delegate, without private appointments",
  },
  delegateWithPrivateEventAccess: {
    nl: (can) => `${can} de agenda als gemachtigde beheren, ook privéafspraken`,
    en: "can manage the calendar as a delegate, with private appointments",
  },
};

const OTHER: Words = {
  nl: (can) => `${can} iets anders in de agenda`,
  en: "can do something else in the calendar",
};

/** On the page they are with the person. */
export const describeUserCalendar = (change: DescribedChange): Description => ({
  ...describeCalendarPermissions(change),
  section: "people",
});

export function describeCalendarPermissions(change: DescribedChange): Description {
  const { operation, before, after } = change;
  const name = textOf(change, "displayName") || textOf(change, "mailbox");
  const was = operation === "update" || operation === "delete" ? holdersOf(before) : [];
  const is = operation === "delete" ? [] : holdersOf(after);
  const come = is.filter(
    ({ who, role }) => !was.some((other) => other.who === who && other.role === role),
  );
  const gone = was.filter(({ who }) => !is.some((other) => other.who === who));
  const affected = [...come, ...gone].map(({ who }) => who);
  const base = { section: "mailboxes" as const, affected };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `${name}: wie bij de agenda kan, wordt voortaan hier beheerd`,
      en: `${name}: who can see the calendar is managed here from now on`,
    };
  }
  const names = gone.map(({ who }) => who);
  const dutch = [
    ...rolesOf(come).map(([words, holders]) => {
      const said = holders.map(({ who, until, reason }) =>
        withWords(who, [until === "" ? "" : `tot en met ${nl.day(until)}`, reason]),
      );
      return `${nl.list(said)} ${words.nl(nl.form(holders.length, CAN))}`;
    }),
    gone.length > 0 && `${nl.list(names)} ${nl.form(gone.length, CAN)} niet meer bij de agenda`,
    come.length + was.length === 0 && "niemand kan apart bij de agenda",
  ];
  const english = [
    ...rolesOf(come).map(([words, holders]) => {
      const said = holders.map(({ who, until, reason }) =>
        withWords(who, [until === "" ? "" : `until ${en.day(until)}`, reason]),
      );
      return `${en.list(said)} ${words.en}`;
    }),
    gone.length > 0 && `${en.list(names)} can no longer see the calendar`,
    come.length + was.length === 0 && "nobody by name can see the calendar",
  ];
  return {
    ...base,
    severity: "sensitive",
    nl: `${name}: ${clauses(dutch) ?? "bij de agenda verandert niets"}`,
    en: `${name}: ${clauses(english) ?? "nothing changes of the calendar"}`,
  };
}

interface Holder {
  readonly who: string;
  readonly role: string;
  readonly until: string;
  readonly reason: string;
}

const holdersOf = (properties: DescribedChange["after"]): Holder[] =>
  objects(properties, "permissions").map((one) => ({
    ...{ who: text(one, "userPrincipalName"), role: text(one, "role") },
    ...{ until: text(one, "until"), reason: text(one, "reason") },
  }));

/** Those of one role together. */
const rolesOf = (holders: readonly Holder[]): [Words, Holder[]][] =>
  [...Map.groupBy(holders, ({ role }) => role)].map(([role, ofRole]) => [
    ROLES[role] ?? OTHER,
    ofRole,
  ]);
