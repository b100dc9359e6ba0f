import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isolated, visible } from "../../core/visible-text.ts";

/** Any code points, halves of pairs and unassigned ones among them. */
const anyText = fc
  .array(fc.nat({ max: 0x10ffff }), { maxLength: 12 })
  .map((points) => String.fromCodePoint(...points));

describe("text of strangers", () => {
  it.each([
    ["a right-to-left override", "invoice\u202Egnp.exe", "invoice[U+202E]gnp.exe"],
    ["an escape sequence", "\u001B[31mred", "[U+001B][31mred"],
    ["a zero-width space", "ad\u200Bmin", "ad[U+200B]min"],
    ["a tag character", "x\u{E0041}", "x[U+E0041]"],
    ["a line break", "two\nlines", "two↵lines"],
  ])("shows %s instead of obeying it", (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(["Zoë van ’t Hof", "José", "Łukasz", "李雷", "می‌خواهم", "👩‍💻", "O'Brien & Zn."])(
    "leaves the name %s as it is",
    (name) => {
      expect(visible(name)).toBe(name);
    },
  );

  it("isolates a name that is written from right to left, and only that", () => {
    expect(isolated("אבג 12 דה joins (x@contoso.com)")).toBe(
      "\u2068אבג 12 דה\u2069 joins (x@contoso.com)",
    );
    expect(isolated("Anna joins")).toBe("Anna joins");
  });

  it("never lets a control through, whatever the text", () => {
    const control = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]/u;
    const pairs = /^[^\u2066-\u2069]*(\u2068[^\u2066-\u2069]*\u2069[^\u2066-\u2069]*)*$/u;
    fc.assert(
      fc.property(anyText, (text) => !control.test(visible(text)) && pairs.test(isolated(text))),
    );
  });
});
