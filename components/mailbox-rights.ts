/** Who may use a mailbox, whosever it is: as the resources have it, and what must be there before. */
import type pulumi from "@pulumi/pulumi";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";

interface Right {
  /** User principal name. */
  readonly user: string;
  readonly automapping?: boolean;
  readonly reason?: string;
  /** Calendar days; the first is in the file only. */
  readonly from?: string;
  readonly until?: string;
}

/** What is left out is unmanaged. */
export interface MailboxRights {
  readonly fullAccess?: readonly Right[];
  readonly sendAs?: readonly Right[];
  readonly sendOnBehalf?: readonly Right[];
  /** Of the main calendar, by name. */
  readonly calendar?: readonly CalendarRight[];
}

interface CalendarRight extends Omit<Right, "automapping"> {
  readonly role:
    | "freeBusyRead"
    | "limitedRead"
    | "read"
    | "write"
    | "delegateWithoutPrivateEventAccess"
    | "delegateWithPrivateEventAccess";
}

export interface Holders {
  readonly people: PeopleSection | undefined;
  readonly licensesOf: (userPrincipalName: string) => readonly pulumi.Resource[];
}

/** Undefined where nothing of it is managed. */
export function rightsIn({ fullAccess, sendAs, sendOnBehalf }: MailboxRights, holders: Holders) {
  const lists = Object.entries({ fullAccess, sendAs, sendOnBehalf }).flatMap(([kind, rights]) =>
    rights === undefined ? [] : [[kind, rights] as const],
  );
  if (lists.length === 0) return undefined;
  return {
    inputs: Object.fromEntries(lists.map(([kind, rights]) => [kind, rights.map(declaredRight)])),
    needs: lists.flatMap(([, rights]) => needsOf(rights, holders)),
  };
}

/** The same of the calendar. */
export function calendarIn({ calendar }: MailboxRights, holders: Holders) {
  if (calendar === undefined) return undefined;
  return {
    permissions: calendar.map(({ user, from: _, ...given }) => ({
      userPrincipalName: user,
      ...given,
    })),
    needs: needsOf(calendar, holders),
  };
}

const needsOf = (
  rights: readonly Pick<Right, "user">[],
  { people, licensesOf }: Holders,
): pulumi.Resource[] =>
  rights.flatMap(({ user }) => [
    ...principalsOf(user, people?.users, new Map()).flatMap(({ needs }) => needs),
    ...licensesOf(user),
  ]);

const declaredRight = ({ user, automapping, from: _, ...agreed }: Right) => ({
  userPrincipalName: user,
  ...(automapping === undefined ? {} : { autoMapping: automapping }),
  ...agreed,
});
