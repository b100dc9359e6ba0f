/**
 * Administrator roles that are given: said aloud where they open everything, or the accounts of others. Which they are is
 * Microsoft's list, and so is the advice to give the smallest role that does.
 * @see https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices (cited, not read anew)
 */
import {
  ADMINISTRATORS,
  assignmentIn,
  GLOBAL_ADMINISTRATOR,
  ROLE_NAMES,
} from "../../core/directory-roles.ts";
import { en, nl } from "../../core/i18n/phrases.ts";
import type { Text } from "../../core/language.ts";
import { NOUNS } from "../../core/nouns.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** What the tenant file says of a role that somebody has. */
export interface AgreedRole {
  /** User principal name. */
  readonly user: string;
  /** Of the role's template. */
  readonly roleId: string;
  readonly reason?: string;
  /** Calendar day. */
  readonly until?: string;
}

interface RoleFacts {
  readonly roles: readonly AgreedRole[];
  readonly emergencyAccounts: readonly string[];
}

export function roleFindings(
  changes: readonly Change[],
  { roles, emergencyAccounts }: RoleFacts,
): Finding[] {
  const given = assignments(changes)
    .filter(({ change }) => change.operation === "create" || change.operation === "adopt")
    .filter(({ roleId }) => ADMINISTRATORS.includes(roleId))
    .map((one) => ({
      ...one,
      agreed: roles.find(({ user, roleId }) => user === one.user && roleId === one.roleId),
    }));
  const global = given.filter(
    ({ roleId, user }) => roleId === GLOBAL_ADMINISTRATOR && !emergencyAccounts.includes(user),
  );
  return [
    ...given.map(({ change, ...one }) => ({
      ...bySafeguard("privileged-role", [change]),
      message: saying(one),
      clearedBy: "none-needed" as const,
    })),
    ...(global.length === 0 ? [] : [smaller(global.map(({ change }) => change))]),
  ];
}

/** Changes of who has which role. */
export const assignments = (changes: readonly Change[]) =>
  changes
    .filter(({ type }) => type === NOUNS.roleAssignment.type)
    .flatMap((change) => {
      const given = assignmentIn(nameOfUrn(change.urn));
      return given === undefined ? [] : [{ ...given, change }];
    });

function saying({
  user,
  roleId,
  agreed,
}: Pick<AgreedRole, "user" | "roleId"> & { readonly agreed: AgreedRole | undefined }): Text {
  const role = ROLE_NAMES[roleId] ?? { nl: roleId, en: roleId };
  const isGlobal = roleId === GLOBAL_ADMINISTRATOR;
  const { reason, until } = agreed ?? {};
  const why = reason === undefined ? "" : ` (${reason})`;
  return {
    nl: `${user} wordt ${role.nl} en ${isGlobal ? "kan daarmee bij alles: mail, bestanden, accounts en beveiliging" : "kan daarmee bij accounts of gegevens van anderen"}${until === undefined ? "" : `; afgesproken tot en met ${nl.day(until)}`}${why}`,
    en: `${user} becomes ${role.en} and ${isGlobal ? "can reach everything: mail, files, accounts and security" : "can reach accounts or data of others"}${until === undefined ? "" : `; agreed until ${en.day(until)}`}${why}`,
  };
}

const smaller = (changes: readonly Change[]): Finding => ({
  ...bySafeguard("smaller-role", changes),
  message: {
    nl: "Globale beheerder is zelden nodig: voor accounts en wachtwoorden is gebruikersbeheerder genoeg, voor meekijken globale lezer, voor mail Exchange-beheerder",
    en: "Global Administrator is seldom needed: for accounts and passwords User Administrator is enough, for looking Global Reader, for mail Exchange Administrator",
  },
  clearedBy: "none-needed",
});
