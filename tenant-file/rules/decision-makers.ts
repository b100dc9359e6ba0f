import type { Finding } from "../diagnostic.ts";
import { list, quote } from "../reading/show.ts";
import { nearest } from "../reading/nearest.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** As many as must agree are there; deputies, who only stand in for another, do not count. */
export const enoughPeopleCanDecide: Rule = ({ tenant: { approval } }) => {
  const { decisionMakers, required } = approval ?? {};
  // That there is nobody at all is for the policy to say.
  if (!decisionMakers?.length || decisionMakers.includes(undefined) || required === undefined) {
    return [];
  }
  const count = decisionMakers.filter((person) => !person || !("deputyFor" in person)).length;
  if (required <= count) return [];
  return [
    {
      path: ["approval", "required"],
      message: "More approvals are required than there are decision makers",
      received: String(required),
      allowed: `at most ${count}; deputies are not counted`,
    },
  ];
};

/** A deputy acts for one decision maker who is not a deputy, from a first to a last day. */
export const deputiesStandInForSomeone: Rule = ({ tenant: { approval } }) => {
  const people = itemsOf(approval?.decisionMakers, ["approval", "decisionMakers"]);
  const principals = people
    .filter(({ value }) => !("deputyFor" in value))
    .map(({ value }) => value.email);
  const isComplete = !principals.includes(undefined);
  const names = principals.filter((name) => name !== undefined);

  return people.flatMap(({ path, value }): Finding[] => {
    if (value.deputyFor === undefined) return [];
    const suggestion = nearest(value.deputyFor, names);
    const isUnknown = isComplete && !names.includes(value.deputyFor);
    return [
      ...(isUnknown
        ? [
            {
              path: [...path, "deputyFor"],
              message: "A deputy must act for a decision maker of this list who is not a deputy",
              received: quote(value.deputyFor),
              allowed: list(names),
              ...(suggestion === undefined ? {} : { suggestion }),
            },
          ]
        : []),
      ...(["from", "until"] as const)
        .filter((key) => !(key in value))
        .map((key) => ({
          path: [...path, key],
          message: "A deputy needs a first and a last day",
          allowed: "YYYY-MM-DD",
        })),
    ];
  });
};
