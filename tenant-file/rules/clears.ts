import type { Finding } from "../diagnostic.ts";
import { quote } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** A key either has a value or is emptied. */
export const clearedKeysHaveNoValue: Rule = ({ tenant: { users, groups } }) =>
  [...itemsOf(users, ["users"]), ...itemsOf(groups, ["groups"])].flatMap(({ path, value }) =>
    itemsOf<string>(value.clear, [...path, "clear"])
      .filter(({ value: key }) => key in value)
      .map(({ path: at, value: key }): Finding => ({
        path: at,
        message: "This key also has a value",
        received: quote(key),
        allowed: "a value, or an entry under clear",
      })),
  );
