import type { Finding } from "../diagnostic.ts";
import { list, quote } from "../reading/show.ts";
import { itemsOf, type Facts, type Rule } from "./facts.ts";

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

/** The name of a group with mail is an alias that Microsoft takes. */
export const groupAliasesAreAllowed: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"]).flatMap(({ path, value: { name, type } }): Finding[] => {
    if (name === undefined || type === undefined || type === "security") return [];
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
        message: "Not a valid alias for a group with mail",
        allowed: "a–z 0–9 - _ and single dots inside",
      },
    ];
  });

/** Microsoft refuses to take the last owner out of a group with mail, and to make one with an empty list. */
export const mailGroupsKeepAnOwner: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"])
    .filter(
      ({ value: { type = "security", owners } }) => type !== "security" && owners?.length === 0,
    )
    .map(({ path }) => ({
      path: [...path, "owners"],
      message: "A group with mail needs at least one owner",
      received: "[]",
      allowed: "one user or more; omit the key to leave it unmanaged",
    }));

/** Microsoft refuses to add anybody to a group that a rule fills. */
export const rulesStandInPlaceOfMembers: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"])
    .filter(({ value }) => value.membershipRule !== undefined)
    .flatMap(({ path, value }) =>
      (["members", "memberGroups"] as const)
        .filter((key) => value[key] !== undefined)
        .map((key) => ({
          path: [...path, key],
          message: "A rule decides who belongs to this group",
          allowed: "either members and memberGroups, or membershipRule",
        })),
    );

type Type = NonNullable<NonNullable<NonNullable<Facts["tenant"]["groups"]>[number]>["type"]>;

/**
 * Which groups a group can contain. Microsoft 365 groups are in none and contain none; security groups without mail are
 * in none with mail, distribution lists in none that gives access. A security group with mail can be in one without;
 * the file does not manage that.
 * @see https://learn.microsoft.com/entra/fundamentals/how-to-manage-groups ("Add a group to another group", checked 2026-11-28)
 * @see https://learn.microsoft.com/graph/api/group-post-members (checked 2026-11-28)
 */
const CAN_CONTAIN: Readonly<Record<Exclude<Type, "microsoft365">, readonly Type[]>> = {
  security: ["security"],
  distribution: ["distribution", "mailSecurity"],
  mailSecurity: ["mailSecurity"],
};

export const canContain = (outer: Type, inner: Type): boolean =>
  outer !== "microsoft365" && CAN_CONTAIN[outer].includes(inner);

export const groupsContainWhatTheyCan: Rule = ({ tenant: { groups } }) => {
  const types = new Map(itemsOf(groups, []).map(({ value }) => [value.name, value.type]));
  return itemsOf(groups, ["groups"]).flatMap(({ path, value: { type, memberGroups } }) =>
    itemsOf(memberGroups, [...path, "memberGroups"]).flatMap((nested): Finding[] => {
      const inner = types.get(nested.value);
      // That it contains none is said of the key.
      if (type === undefined || type === "microsoft365" || inner === undefined) return [];
      if (canContain(type, inner)) return [];
      return [
        {
          path: nested.path,
          message: `A group of type ${type} takes no group of type ${inner}`,
          received: quote(nested.value),
          allowed: `a group of type ${CAN_CONTAIN[type].join(" or ")}`,
        },
      ];
    }),
  );
};

/** No group is, over however many steps, in itself. Each loop is told once, at its first group in the file. */
export const groupsAreNotInThemselves: Rule = ({ tenant: { groups } }) => {
  const all = itemsOf(groups, ["groups"]);
  const nested = new Map(all.map(({ value }) => [value.name, value.memberGroups ?? []]));
  const settled = new Set<string>();
  const loopFrom = (name: string, chain: readonly string[]): readonly string[] | undefined => {
    if (chain.includes(name)) return [...chain.slice(chain.indexOf(name)), name];
    if (settled.has(name)) return undefined;
    const loops = (nested.get(name) ?? []).flatMap((inner) =>
      inner === undefined ? [] : [loopFrom(inner, [...chain, name])],
    );
    settled.add(name);
    return loops.find((loop) => loop !== undefined);
  };
  return all.flatMap(({ path, value: { name } }): Finding[] => {
    const loop = name === undefined ? undefined : loopFrom(name, []);
    if (loop === undefined) return [];
    const first = all.find(({ value }) => loop.includes(value.name ?? ""));
    return [
      {
        path: [...(first?.path ?? path), "memberGroups"],
        message: `These groups contain each other in a circle: ${loop.join(" → ")}`,
      },
    ];
  });
};

/** Microsoft gives the licences of a group to who is in it directly: see the page of groups in groups. */
export const licensesStopAtTheGroup: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"])
    .filter(
      ({ value: { licenses = [], memberGroups = [] } }) =>
        licenses.length * memberGroups.length > 0,
    )
    .map(({ path, value }) => ({
      path: [...path, "licenses"],
      level: "warning" as const,
      message: `Whoever is in ${list((value.memberGroups ?? []).filter((one) => one !== undefined))} gets none of these licences: Microsoft gives them to direct members only`,
      allowed: "the licences at those groups too, or their people under members",
    }));
