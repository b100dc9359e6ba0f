import type { Finding, Path } from "../diagnostic.ts";
import { quote } from "../reading/show.ts";
import { groupsOf, itemsOf, usersOf, type Declared, type Facts, type Rule } from "./facts.ts";

interface Rename {
  readonly path: Path;
  readonly name: string | undefined;
  readonly formerly: string;
}

/**
 * A name that was given up belongs to nobody else in the file: the engine would take the one for the other, and two
 * names that are swapped in one change it would leave as they are without a word.
 */
export const formerNamesAreFree: Rule = (facts) => [
  ...taken(renamesOf(facts, "users"), { facts, kind: "user", declared: usersOf(facts) }),
  ...taken(renamesOf(facts, "groups"), { facts, kind: "group", declared: groupsOf(facts) }),
];

function renamesOf({ tenant }: Facts, section: "users" | "groups"): Rename[] {
  const named =
    section === "users"
      ? itemsOf(tenant.users, [section]).map(({ path, value }) => ({
          path,
          name: value.userPrincipalName,
          formerly: value.formerly,
        }))
      : itemsOf(tenant.groups, [section]).map(({ path, value }) => ({
          path,
          name: value.name,
          formerly: value.formerly,
        }));
  return named.flatMap(({ path, name, formerly }) =>
    formerly === undefined ? [] : [{ path: [...path, "formerly"], name, formerly }],
  );
}

function taken(
  renames: readonly Rename[],
  { facts, kind, declared }: { facts: Facts; kind: "user" | "group"; declared: Declared },
): Finding[] {
  const leaving = [...itemsOf(facts.tenant.remove, []), ...itemsOf(facts.tenant.release, [])].map(
    ({ value }) => (typeof value === "object" ? value[kind] : undefined),
  );
  const isSwap = (name: string | undefined, formerly: string): boolean =>
    renames.some((other) => other.name === formerly && other.formerly === name);
  return renames.flatMap(({ path, name, formerly }): Finding[] => {
    const at = { path, received: quote(formerly) };
    if (formerly === name) {
      return [{ ...at, message: "This is the present name", allowed: "the name before it" }];
    }
    if (isSwap(name, formerly)) {
      const allowed = "a third name in between: two changes, one after the other";
      return [{ ...at, message: `Two ${kind}s cannot swap their names in one change`, allowed }];
    }
    if (declared.names.has(formerly)) {
      return [
        {
          ...at,
          message: `Another ${kind} of this file has that name`,
          allowed: `a name that no ${kind} has any more`,
        },
      ];
    }
    if (!leaving.includes(formerly)) return [];
    const message = `A ${kind} that is renamed cannot be removed or released as well`;
    return [{ ...at, message, allowed: "one of the two" }];
  });
}
