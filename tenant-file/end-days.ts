/** What ends by itself after its last day: rights on mailboxes, roles, guests, travel, and the accounts of people who leave. */
import { dayIn } from "../core/calendar.ts";
import type { Ended } from "../core/end-days.ts";
import { en, nl } from "../core/i18n/phrases.ts";
import type { Language } from "../core/language.ts";
import { RIGHTS } from "./rules/mailbox-rights.ts";
import type { Tenant } from "./tenant-schema.ts";

type Rights = Pick<NonNullable<Tenant["mailboxes"]>[number], (typeof RIGHTS)[number]>;

/** Everything with a last day, whether that is over or not, in the order of the file. */
export function endDays({
  users = [],
  guests = [],
  mailboxes = [],
  roles = [],
  signInSecurity,
}: Tenant): readonly Ended[] {
  return [
    ...users.flatMap(({ userPrincipalName: name, lastDay, mailbox }) => [
      ...on(lastDay, { kind: "user", name }),
      ...(mailbox === undefined ? [] : rightsOn(name, mailbox)),
    ]),
    ...guests.flatMap(({ email, until }) => on(until, { kind: "guest", name: email })),
    ...mailboxes.flatMap(({ address, ...rights }) => rightsOn(address, rights)),
    ...roles.flatMap(({ role, users: holders }) =>
      holders.flatMap(({ user, until }) => on(until, { kind: "role", name: role, user })),
    ),
    ...(signInSecurity?.trustedCountries?.exceptions ?? []).flatMap(({ user, until }) =>
      on(until, { kind: "exception", name: TRUSTED_COUNTRIES, user }),
    ),
  ];
}

/** Key of the rule, which is the name of its resource. */
const TRUSTED_COUNTRIES = "trustedCountries" satisfies keyof NonNullable<Tenant["signInSecurity"]>;

const on = (until: string | undefined, ending: Omit<Ended, "until">): Ended[] =>
  until === undefined ? [] : [{ ...ending, until }];

const rightsOn = (name: string, rights: Rights): Ended[] =>
  RIGHTS.flatMap((kind) =>
    (rights[kind] ?? []).flatMap(({ user, until }) => on(until, { kind, name, user })),
  );

/** The day at that moment where the customer is: YYYY-MM-DD. */
export const dayAt = ({ tenant: { country } }: Tenant, moment: Date): string =>
  dayIn(country, moment);

/** The file as it reads on that day (YYYY-MM-DD in the customer's country): without what is over. */
export function declaredOn(tenant: Tenant, day: string): Tenant {
  const { users, guests, mailboxes, roles, signInSecurity } = tenant;
  const { trustedCountries } = signInSecurity ?? {};
  return {
    ...tenant,
    ...(users && {
      users: users.map(({ mailbox, ...user }) => ({
        ...(user.lastDay !== undefined && user.lastDay < day
          ? blocked({ ...user, lastDay: user.lastDay }, tenant.tenant.language)
          : user),
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

const blocked = <U extends { readonly lastDay: string }>(user: U, language: Language) => ({
  ...user,
  accountEnabled: false,
  blockedBecause:
    language === "nl"
      ? `${nl.day(user.lastDay)} was de laatste dag`
      : `${en.day(user.lastDay)} was the last day`,
});

const holdsOn =
  (day: string) =>
  ({ until }: { readonly until?: string }): boolean =>
    until === undefined || until >= day;

function still<R extends Rights>(rights: R, day: string): R {
  const lists = RIGHTS.flatMap((kind) => {
    const list = rights[kind];
    return list === undefined ? [] : [[kind, list.filter(holdsOn(day))] as const];
  });
  return { ...rights, ...Object.fromEntries(lists) };
}
