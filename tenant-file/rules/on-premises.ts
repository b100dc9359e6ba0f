import { MANAGED_HERE } from "../../core/on-premises.ts";
import type { Finding, Path } from "../diagnostic.ts";
import { show } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** What a directory on premises masters is changed there, and has no place in this file. */
export const masteredKeysAreLeftOut: Rule = ({ tenant: { users, groups } }) => [
  ...itemsOf(users, ["users"]).flatMap((entry) => mastered(entry, MANAGED_HERE.users)),
  ...itemsOf(groups, ["groups"]).flatMap((entry) => mastered(entry, MANAGED_HERE.groups)),
];

function mastered(
  {
    path,
    value,
  }: { readonly path: Path; readonly value: { readonly source?: string | undefined } },
  { naming, here }: { readonly naming: readonly string[]; readonly here: readonly string[] },
): Finding[] {
  if (value.source === undefined) return [];
  return Object.entries(value)
    .filter(([key]) => !naming.includes(key) && !here.includes(key))
    .map(([key, received]) => ({
      path: [...path, key],
      message: "This comes from the on-premises directory; change it there",
      received: show(received),
      allowed: here.join(", "),
    }));
}
