import { describe, expect, it } from "vitest";
import { isNoChange } from "../../../provider/kit/equivalence.ts";

const definition = { filledIn: ["key"], meansAbsent: { "part.way": "usual" } } as const;
const nothing = { olds: {}, oldOutputs: {}, news: {} };

describe("a difference between declarations", () => {
  it("is none where what the service fills in is declared as the state has it", () => {
    const state = { ...nothing, oldOutputs: { key: "Finance" } };
    expect(isNoChange(definition, ["key", "add"], { ...state, news: { key: "finance" } })).toBe(
      true,
    );
    expect(isNoChange(definition, ["key", "add"], { ...state, news: { key: "books" } })).toBe(
      false,
    );
    expect(isNoChange(definition, ["key", "add"], { ...nothing, news: { key: "x" } })).toBe(false);
  });

  it.each([
    ["part.way", { part: { way: "usual" } }, true],
    ["part.way", { part: { way: "other" } }, false],
    ["part.list", { part: { list: [] } }, true],
    ["part.list", { part: { list: ["x"] } }, false],
    ["part.inner[1].flag", { part: { inner: [{}, { flag: false }] } }, true],
    ["part.inner[1].flag", { part: { inner: [{}, { flag: true }] } }, false],
    // Left out and empty may mean two things at the top, and an empty entry of a list is an entry.
    ["text", { text: "" }, false],
    ["part.list[0]", { part: { list: [""] } }, false],
  ])("inside an object: %s of %j, come or gone, is none: %j", (path, values, isNone) => {
    expect(isNoChange(definition, [path, "add"], { ...nothing, news: values })).toBe(isNone);
    expect(isNoChange(definition, [path, "delete"], { ...nothing, olds: values })).toBe(isNone);
    const changed = { ...nothing, olds: { part: { way: "other" } }, news: values };
    expect(isNoChange(definition, [path, "update"], changed)).toBe(false);
    expect(isNoChange({}, [path, "add"], { ...nothing, news: values })).toBe(false);
  });
});
