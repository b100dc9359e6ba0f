import { OBJECT_KINDS } from "../../core/nouns.ts";
import type { ObjectKind } from "../../core/nouns.ts";
import { quote } from "../reading/show.ts";
import { declaredObjects, itemsOf, type Facts, type Placed, type Rule } from "./facts.ts";

type Named = Partial<Record<ObjectKind, string | undefined>>;

/** What is removed or released is no longer declared. */
export const removedThingsAreNotDeclared: Rule = (facts) => [
  ...stillDeclared(facts, itemsOf(facts.tenant.remove, ["remove"])),
  ...stillDeclared(
    facts,
    itemsOf(facts.tenant.release, ["release"]).flatMap(({ path, value }) =>
      typeof value === "string" ? [] : [{ path, value }],
    ),
  ),
];

function stillDeclared(facts: Facts, entries: readonly Placed<Named>[]): ReturnType<Rule> {
  const declared = declaredObjects(facts);
  return entries.flatMap(({ path, value }) =>
    OBJECT_KINDS.flatMap((kind) => {
      const name = value[kind];
      if (name === undefined || !declared[kind].names.has(name)) return [];
      return [
        {
          path: [...path, kind],
          message: `This ${kind} is still declared in the section ${declared[kind].section}`,
          received: quote(name),
          allowed: `a ${kind} that is no longer in the section`,
        },
      ];
    }),
  );
}

/** A released section is omitted: otherwise what leaves it would be neither removed nor asked about. */
export const releasedSectionsAreLeftOut: Rule = (facts) =>
  itemsOf(facts.tenant.release, ["release"]).flatMap(({ path, value }) =>
    typeof value !== "string" || facts.leftOut.has(value)
      ? []
      : [
          {
            path,
            message: `The section ${value} is still declared`,
            received: quote(value),
            allowed: "a section that is left out of the file",
          },
        ],
  );
