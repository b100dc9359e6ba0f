/** What ends or begins by itself on a day: rights on mailboxes, roles, guests, travel, and the accounts of people who come and go. */
import { addDays, dayIn } from "../core/calendar.ts";
import type { Ended } from "../core/end-days.ts";
import { en, nl } from "../core/i18n/phrases.ts";
import type { Language } from "../core/language.ts";
import { leavingDays, withLeaving } from "./leavers.ts";
import { RIGHTS } from "./rules/mailbox-rights.ts";
import type { Tenant } from "./tenant-schema.ts";

type User = NonNullable<Tenant["users"]>[number];
type Rights = Pick<NonNullable<Tenant["mailboxes"]>[number], (typeof RIGHTS)[number]>;

/** Everything with a first or a last day, whether that is over or not, in the order of the file. */
export function endDays(tenant: Tenant): readonly Ended[] {
  const { users = [], guests = [], mailboxes = [], roles = [], signInSecurity } = tenant;
  return [
    ...leavingDays(tenant),
    ...users.flatMap(({ userPrincipalName: name, firstDay: from, lastDay: until, mailbox }) => [
      ...between({ from, until }, { kind: "user", name }),
      ...(mailbox === undefined ? [] : rightsOn(name, mailbox)),
    ]),
    ...guests.flatMap(({ email, until }) => between({ until }, { kind: "guest", name: email })),
    ...mailboxes.flatMap(({ address, ...rights }) => rightsOn(address, rights)),
    ...roles.flatMap(({ role, users: holders }) =>
      holders.flatMap(({ user, ...days }) => between(days, { kind: "role", name: role, user })),
    ),
    ...(signInSecurity?.trustedCountries?.exceptions ?? []).flatMap(({ user, until }) =>
      between({ until }, { kind: "exception", name: TRUSTED_COUNTRIES, user }),
    ),
  ];
}

/** Key of the rule, which is the name of its resource. */
const TRUSTED_COUNTRIES = "trustedCountries" satisfies keyof NonNullable<Tenant["signInSecurity"]>;

interface Days {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

const between = (
  { from, until }: Days,
  { role, ...ending }: Omit<Ended, "until" | "isStart">,
): Ended[] => [
  ...(from === undefined
    ? []
    : [{ ...ending, ...(role && { role }), isStart: true as const, until: addDays(from, -1) }]),
  ...(until === undefined ? [] : [{ ...ending, until }]),
];

const rightsOn = (name: string, rights: Rights): Ended[] =>
  RIGHTS.flatMap((kind) => {
    const holders: readonly Holder[] = rights[kind] ?? [];
    return holders.flatMap(({ user, role, ...days }) =>
      between(days, { kind, name, user, ...(role === undefined ? {} : { role }) }),
    );
  });

interface Holder extends Days {
  readonly user: string;
  /** On a calendar. */
  readonly role?: string;
}

/** The day at that moment where the customer is: YYYY-MM-DD. */
export const dayAt = ({ tenant: { country } }: Tenant, moment: Date): string =>
  dayIn(country, moment);

/** The file as it reads on that day (YYYY-MM-DD in the customer's country): without what is over or still to come. */
export function declaredOn(file: Tenant, day: string): Tenant {
  const tenant = withLeaving(file, day);
  const { users, guests, mailboxes, roles, signInSecurity } = tenant;
  const { trustedCountries } = signInSecurity ?? {};
  return {
    ...tenant,
    ...(users && {
      users: users.map(({ mailbox, ...user }) => ({
        ...signingIn(user, { day, language: tenant.tenant.language }),
        ...(mailbox && { mailbox: still(mailbox, day) }),
      })),
    }),
    ...(guests && {
      guests: guests.map((guest) =>
        guest.until !== undefined && guest.until < day
          ? { ...guest, accountEnabled: false }
          : guest,
      ),
    }),
    ...(mailboxes && { mailboxes: mailboxes.map((mailbox) => still(mailbox, day)) }),
    ...(roles && {
      roles: roles.map(({ role, users: holders }) => ({
        role,
        users: holders.filter(holdsOn(day)),
      })),
    }),
    ...(trustedCountries?.exceptions && {
      signInSecurity: {
        ...signInSecurity,
        trustedCountries: {
          ...trustedCountries,
          exceptions: trustedCountries.exceptions.filter(holdsOn(day)),
        },
      },
    }),
  };
}

/** Who has a first day may sign in from then on: that is managed, also long after it. */
function signingIn(
  user: Omit<User, "mailbox">,
  { day, language }: { readonly day: string; readonly language: Language },
): Omit<User, "mailbox"> {
  const { firstDay, leaves, lastDay = leaves?.lastDay } = user;
  const because = (dutch: string, english: string) => ({
    ...{ ...user, accountEnabled: false },
    blockedBecause: language === "nl" ? dutch : english,
  });
  if (lastDay !== undefined && lastDay < day) {
    return because(`${nl.day(lastDay)} was de laatste dag`, `${en.day(lastDay)} was the last day`);
  }
  if (firstDay === undefined) return user;
  if (firstDay <= day) return { ...user, accountEnabled: true };
  return because(
    `${nl.day(firstDay)} wordt de eerste dag`,
    `${en.day(firstDay)} will be the first day`,
  );
}

const holdsOn =
  (day: string) =>
  ({ from, until }: Days): boolean =>
    (from === undefined || from <= day) && (until === undefined || until >= day);

function still<R extends Rights>(rights: R, day: string): R {
  const lists = RIGHTS.flatMap((kind) => {
    const list = rights[kind];
    return list === undefined ? [] : [[kind, list.filter(holdsOn(day))] as const];
  });
  return { ...rights, ...Object.fromEntries(lists) };
}
