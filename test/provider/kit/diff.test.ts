import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences, topLevelKey } from "../../../provider/kit/diff.ts";
import { UNKNOWN } from "../../../core/engine-markers.ts";

describe("differences", () => {
  it("names added, changed and removed properties by their path", () => {
    const before = { title: "A", location: { country: "NL", city: "Assen" }, members: ["a", "b"] };
    const after = { title: "B", location: { country: "NL" }, members: ["a", "c", "d"], lcid: 1043 };
    expect([...differences(before, after)]).toEqual([
      ["lcid", "add"],
      ["location.city", "delete"],
      ["members[1]", "update"],
      ["members[2]", "add"],
      ["title", "update"],
    ]);
  });

  it("takes an unknown for a change, since nobody can promise that it will be equal", () => {
    expect([...differences({ id: "x" }, { id: UNKNOWN })]).toEqual([["id", "update"]]);
  });

  it("quotes keys that are no identifiers", () => {
    const [path] = differences({}, { "odd key": { inner: 1 } }).keys();
    expect(path).toBe('["odd key"]');
    expect(topLevelKey("members[2].id")).toBe("members");
  });

  it("finds nothing between equal values, whatever they are", () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(value, (properties) => {
        expect(differences(properties, structuredClone(properties)).size).toBe(0);
      }),
    );
  });
});
