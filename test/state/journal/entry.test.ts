import { describe, expect, it } from "vitest";
import { checkedEntry, KIND } from "../../../state/journal/entry.ts";

const entry = { version: 1, kind: KIND.begin, sequenceID: 1, operationID: 1 };

describe("an entry of the journal", () => {
  it("comes through as it is", () => {
    const whole = { ...entry, removeOld: null, removeNew: 3, state: { urn: "u", anything: [1] } };
    expect(checkedEntry(whole)).toEqual(whole);
  });

  it.each([
    ["a kind of a later engine", { ...entry, kind: 10 }],
    ["a field of a later engine", { ...entry, requiresByteString: true }],
    ["a later version", { ...entry, version: 2 }],
    ["no place in the journal", { ...entry, sequenceID: 0 }],
    ["a position below 0", { ...entry, removeOld: -1 }],
    ["a resource without a name", { ...entry, state: {} }],
    ["dependencies that are no names", { ...entry, state: { urn: "u", dependencies: [1] } }],
    ["an operation without a resource", { ...entry, operation: { type: "creating" } }],
    ["a whole state without one", { ...entry, kind: KIND.write }],
    ["a secrets provider without one", { ...entry, kind: KIND.secretsManager }],
    ["something else", "begin"],
  ])("is refused with %s", (_what, value) => {
    expect(() => checkedEntry(value)).toThrow(expect.objectContaining({ code: "journal-refused" }));
  });
});
