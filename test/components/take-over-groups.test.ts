import { expect, it } from "vitest";
import type { InventoriedGroup } from "../../provider/inventory.ts";
import { aGroup, drafted } from "./support/inventory.ts";

it("names groups in groups, and leaves those that the file cannot have there", () => {
  const containing = (name: string, ids: readonly string[], more = {}): InventoriedGroup => {
    const group = aGroup(name);
    return { ...group, inputs: { ...group.inputs, members: [...ids], ...more } };
  };
  const unified = containing("team", [], { types: ["Unified"], mailEnabled: true });
  const paused = containing("paused", [], { dynamicMembership: { enabled: false, rule: "true" } });
  const inner = containing("inner", []);
  const [one, two] = [aGroup("one"), aGroup("two")];
  const { draft, remarks } = drafted({
    people: [],
    groups: [
      ...[unified, paused, inner],
      containing("outer", [inner.id, paused.id]),
      containing("odd", [unified.id]),
      containing("one", [two.id]),
      containing("two", [one.id]),
    ],
  });
  const nested = Object.fromEntries(
    (draft.groups ?? []).map(({ name, memberGroups }) => [name, memberGroups]),
  );
  expect(nested).toEqual({
    outer: ["inner", "paused"],
    inner: undefined,
    odd: undefined,
    one: undefined,
    two: undefined,
    team: undefined,
  });
  expect(draft.unmanaged?.groups).toEqual([{ name: "paused", id: paused.id }]);
  for (const name of ["odd", "one", "two"]) {
    expect(remarks.entries.get(name)).toContain(
      "Has groups in it that cannot be named here; left as they are.",
    );
  }
});
