import type { Finding } from "../diagnostic.ts";
import { quote } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

/**
 * Only a global administrator can make a group with such an alias, and an application is none.
 * @see https://learn.microsoft.com/entra/identity/users/groups-settings-v2-cmdlets (reserved aliases, checked 2026-11)
 */
const RESERVED_ALIASES: ReadonlySet<string> = new Set(
  (
    "abuse admin administrator hostmaster majordomo postmaster root secure security ssl-admin " +
    "webmaster"
  ).split(" "),
);

/**
 * Narrower than Graph on purpose: the alias becomes part of a mail address and of a site's address, and what has
 * to be escaped in one of them is left out.
 */
const ALIAS = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/** The name of a Microsoft 365 group is an alias that Microsoft takes. */
export const groupAliasesAreAllowed: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"]).flatMap(({ path, value: { name, type } }): Finding[] => {
    if (name === undefined || type !== "microsoft365") return [];
    const finding = { path: [...path, "name"], received: quote(name) };
    if (RESERVED_ALIASES.has(name)) {
      return [
        {
          ...finding,
          message: "Microsoft keeps this alias for global administrators",
          allowed: "a name that is not reserved, such as another word or two words",
        },
      ];
    }
    if (ALIAS.test(name)) return [];
    return [
      {
        ...finding,
        message: "Not a valid alias for a Microsoft 365 group",
        allowed: "a–z 0–9 - _ and single dots inside",
      },
    ];
  });

/** Microsoft refuses to take the last owner out of a Microsoft 365 group, and to make one with an empty list. */
export const microsoft365GroupsKeepAnOwner: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"])
    .filter(({ value }) => value.type === "microsoft365" && value.owners?.length === 0)
    .map(({ path }) => ({
      path: [...path, "owners"],
      message: "A Microsoft 365 group needs at least one owner",
      received: "[]",
      allowed: "one user or more; omit the key to leave it unmanaged",
    }));

/** Microsoft refuses to add somebody to a group that a rule fills. */
export const rulesStandInPlaceOfMembers: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"])
    .filter(({ value }) => value.membershipRule !== undefined && value.members !== undefined)
    .map(({ path }) => ({
      path: [...path, "members"],
      message: "A rule decides who belongs to this group",
      allowed: "either members or membershipRule",
    }));
