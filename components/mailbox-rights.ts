/** Who may use a mailbox, whosever it is: as the resources have it, and what must be there before. */
import type pulumi from "@pulumi/pulumi";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";

interface Right {
  /** User principal name. */
  readonly user: string;
  readonly automapping?: boolean;
  readonly reason?: string;
  /** Calendar day. */
  readonly until?: string;
}

/** What is left out is unmanaged. */
export interface MailboxRights {
  readonly fullAccess?: readonly Right[];
  readonly sendAs?: readonly Right[];
  readonly sendOnBehalf?: readonly Right[];
}

export interface Holders {
  readonly people: PeopleSection | undefined;
  readonly licensesOf: (userPrincipalName: string) => readonly pulumi.Resource[];
}

/** Undefined where nothing of it is managed. */
export function rightsIn(
  { fullAccess, sendAs, sendOnBehalf }: MailboxRights,
  { people, licensesOf }: Holders,
) {
  const lists = Object.entries({ fullAccess, sendAs, sendOnBehalf }).flatMap(([kind, rights]) =>
    rights === undefined ? [] : [[kind, rights] as const],
  );
  if (lists.length === 0) return undefined;
  return {
    inputs: Object.fromEntries(lists.map(([kind, rights]) => [kind, rights.map(declaredRight)])),
    needs: lists.flatMap(([, rights]) =>
      rights.flatMap(({ user }) => [
        ...principalsOf(user, people?.users, new Map()).flatMap(({ needs }) => needs),
        ...licensesOf(user),
      ]),
    ),
  };
}

const declaredRight = ({ user, automapping, ...agreed }: Right) => ({
  userPrincipalName: user,
  ...(automapping === undefined ? {} : { autoMapping: automapping }),
  ...agreed,
});
