import { expect, it } from "vitest";
import { unmanagedLines } from "../../../cli/output/unmanaged-lines.ts";

const objects = (count: number, address?: string) =>
  Array.from({ length: count }, (_, at) => ({ id: `${at}`, name: `Name ${at}`, address }));

it("says nothing where there is nothing", () => {
  expect(unmanagedLines([])).toEqual([]);
});

it("names the first ten of a kind, counts the rest, and says what to do", () => {
  const [head, guests, groups, hint] = unmanagedLines([
    { kind: "guests", section: "users", count: 1, objects: objects(1, "a@b.example") },
    { kind: "groups", section: "groups", count: 12, objects: objects(12) },
  ]);
  expect(head).toBe("In the tenant, and not managed from here:");
  expect(guests).toBe("  1 guest: Name 0 (a@b.example)");
  expect(groups).toMatch(/^ {2}12 groups: Name 0, .*, Name 9, and 2 more$/);
  expect(hint).toContain("`unmanaged`");
});

it("only counts what the tenant file leaves out", () => {
  expect(
    unmanagedLines([{ kind: "people", section: "users", count: 25, objects: undefined }]),
  ).toEqual([
    "In the tenant, and not managed from here:",
    "  25 people (the tenant file has no `users`)",
  ]);
});

it("shows what a name hides", () => {
  const hidden = [{ id: "1", name: "Eva\u202e", address: undefined }];
  const lines = unmanagedLines([{ kind: "groups", section: "groups", count: 1, objects: hidden }]);
  expect(lines[1]).toBe("  1 group: Eva[U+202E]");
});
