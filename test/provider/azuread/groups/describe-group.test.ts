import { describe, expect, it } from "vitest";
import { group } from "../../../../provider/azuread/groups/group.ts";
import * as lifecycle from "../../../../provider/kit/lifecycle.ts";

const [ANNA, BRAM, CARLA] = ["a", "b", "c"].map(
  (letter) => `5f1c2d3e-0000-4000-8000-00000000000${letter}`,
);
const books = { displayName: "Books", mailNickname: "books", securityEnabled: true };

/** What the approver is told when the group that was declared one way is declared another way. */
function told(before: Record<string, unknown>, after: Record<string, unknown>) {
  const { paths } = lifecycle.diff(group, { oldInputs: before, news: after, ignoreChanges: [] });
  return group.describe({ operation: "update", before, after, changedPaths: [...paths.keys()] });
}

describe("a group that gets or loses somebody", () => {
  it.each([
    ["owners", [ANNA], [ANNA, BRAM], "gets 1 owner more", "krijgt er 1 eigenaar bij"],
    ["owners", [ANNA, BRAM], [ANNA], "loses 1 owner", "verliest 1 eigenaar"],
    [
      "owners",
      [ANNA, BRAM],
      [ANNA, CARLA],
      "gets 1 owner more and loses 1 owner",
      "krijgt er 1 eigenaar bij en verliest 1 eigenaar",
    ],
    ["owners", [ANNA], [], "no longer has an owner", "heeft geen eigenaar meer"],
    ["members", [], [ANNA], "gets 1 member more", "krijgt er 1 lid bij"],
    ["members", [ANNA, BRAM, CARLA], [ANNA, CARLA], "loses 1 member", "verliest 1 lid"],
    ["members", [ANNA], [], "no longer has any members", "heeft geen leden meer"],
  ] as const)("says so as a sensitive change: %s from %j to %j", (...row) => {
    const [relation, before, after, english, dutch] = row;
    const description = told({ ...books, [relation]: before }, { ...books, [relation]: after });
    expect(description).toMatchObject({ section: "groups", severity: "sensitive" });
    expect(description.en).toBe(`The group Books: ${english}`);
    expect(description.nl).toBe(`De groep Books: ${dutch}`);
  });
});
