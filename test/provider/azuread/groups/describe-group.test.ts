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
    ["owners", [ANNA], [ANNA, BRAM]],
    ["owners", [ANNA, BRAM], [ANNA]],
    ["owners", [ANNA, BRAM], [ANNA, CARLA]],
    ["members", [], [ANNA]],
    ["members", [ANNA, BRAM, CARLA], [ANNA, CARLA]],
  ])("says so as a sensitive change: %s from %j to %j", (relation, before, after) => {
    const description = told({ ...books, [relation]: before }, { ...books, [relation]: after });
    expect(description).toMatchObject({ section: "groups", severity: "sensitive" });
    expect(description.en).toBe(`The group Books: gets other ${relation}`);
    expect(description.nl).toBe(
      `De groep Books: krijgt andere ${relation === "owners" ? "eigenaren" : "leden"}`,
    );
  });
});
