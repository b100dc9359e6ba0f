import { describe, expect, it } from "vitest";
import { clauses, en, listChange, nl, objects, text, texts } from "../../../core/i18n/phrases.ts";
import { UNKNOWN } from "../../../core/engine-markers.ts";

describe("phrases", () => {
  it("list names as people do, and count the rest of a long list", () => {
    expect(nl.list(["Anna"])).toBe("Anna");
    expect(nl.list(["Anna", "Bob", "Carl"])).toBe("Anna, Bob en Carl");
    expect(en.list(["Anna", "Bob", "Carl"])).toBe("Anna, Bob and Carl");
    expect(nl.list(["a", "b", "c", "d", "e"])).toBe("a, b, c, d en e");
    expect(nl.list(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d en 2 anderen");
    expect(en.list(Array.from({ length: 1300 }, (_, at) => `p${at}`))).toBe(
      "p0, p1, p2, p3 and 1,296 others",
    );
  });

  it("count with the right form", () => {
    const forms = { one: "licentie", other: "licenties" };
    expect(nl.count(1, forms)).toBe("1 licentie");
    expect(nl.count(0, forms)).toBe("0 licenties");
    expect(nl.count(1200, forms)).toBe("1.200 licenties");
    expect(nl.form(1, { one: "wordt", other: "worden" })).toBe("wordt");
  });

  it("write days out, and quote anything else", () => {
    expect(nl.day("2027-03-01")).toBe("1 maart 2027");
    expect(en.day("2027-03-01")).toBe("1 March 2027");
    expect(nl.day("2027-13-45")).toBe("“2027-13-45”");
    expect(nl.day("")).toBe("leeg");
  });

  it("have words for values that cannot be shown", () => {
    expect(nl.value(UNKNOWN)).toBe("een waarde die pas bij het uitvoeren bekend is");
    expect(en.value("[secret]")).toBe("a secret value");
    expect(nl.value(undefined)).toBe("leeg");
    expect(nl.value(true)).toBe("ja");
    expect(en.value(["a", "b"])).toBe("“a” and “b”");
    expect(nl.value({ a: UNKNOWN })).toBe("een samengestelde waarde");
  });

  it("take unknown values for absent ones", () => {
    const properties = { name: UNKNOWN, list: ["a", UNKNOWN, 1], items: [{ a: 1 }, UNKNOWN, null] };
    expect(text(properties, "name")).toBe("");
    expect(text(undefined, "name")).toBe("");
    expect(texts(properties, "list")).toEqual(["a"]);
    expect(texts({ list: UNKNOWN }, "list")).toEqual([]);
    expect(objects(properties, "items")).toEqual([{ a: 1 }]);
  });

  it("tell what came and what went", () => {
    expect(listChange(["a", "b"], ["b", "c"])).toEqual({ added: ["c"], removed: ["a"] });
    expect(clauses([false, "a", undefined, "b"])).toBe("a; b");
    expect(clauses([false])).toBeUndefined();
  });
});
