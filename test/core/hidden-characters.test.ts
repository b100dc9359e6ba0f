import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointName, findHidden, holdsHidden } from "../../core/hidden-characters.ts";
import { visible } from "../../core/visible-text.ts";
import { text } from "../../tenant-file/schema/values.ts";

/** People in twelve scripts and more, as they write themselves. */
const NAMES = [
  ..."Zoë van ’t Hof;José Ñúñez;Łukasz Żółć;Đặng Thị Hương;İbrahim Güneş;Øyvind Æsøy".split(";"),
  ..."Straße Jürgen;Siân O'Brien;Ірина Шевченко;Ђорђе Ћирић;Νίκος Παπαδόπουλος".split(";"),
  ..."Հայկ Սարգսյան;გიორგი ბერიძე;משה כהן;محمد علي;می‌خواهم;李雷;山田 太郎;김민준".split(";"),
  // Devanagari, Sinhala with its joiner, Malayalam with one at the end of a word, Tamil, Thai
  ..."अमित शर्मा;ශ්‍රී ලංකා;അവന്‍;தமிழ் செல்வன்;สมชาย ใจดี;ခင်မောင်".split(";"),
];
const EMOJI = ["👩‍💻", "❤️", "❤️‍🔥", "👍🏽", "🧑🏽‍🚀", "🏳️‍🌈", "🇳🇱", "1️⃣", "☎︎", "👨‍👩‍👧‍👦"];

/** What nobody sees, or takes for a space, each with the reason why it is in the table. */
const HIDDEN = [
  ...[0x00, 0x1b, 0x7f, 0x85, 0x200e, 0x202e, 0x2066, 0x2028, 0x2029],
  ...[0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x2060, 0x2062, 0x206a],
  ...[0x3164, 0xfe00, 0xfeff, 0xffa0, 0xfff9, 0xfffa, 0xfffb, 0xfffc, 0x1d173, 0xe0041, 0xe0100],
  ...[0x2800, 0x16fe4, 0x1d159, 0xa0, 0x1680, 0x2003, 0x200a, 0x202f, 0x205f, 0x3000],
  ...[0xfdd0, 0xffff, 0x10ffff, 0xe000, 0xf0000, 0x378, 0xd800],
].map((codePoint) => String.fromCodePoint(codePoint));

const schema = text(256);
const isAllowed = (value: string): boolean => schema.safeParse(value).success;

/** Any code points, halves of pairs and unassigned ones among them. */
const anyText = fc
  .array(fc.nat({ max: 0x10ffff }), { maxLength: 12 })
  .map((points) => String.fromCodePoint(...points));

describe("the table of hidden characters", () => {
  it.each([...NAMES, ...EMOJI])("leaves %s as it is, in files and on pages", (name) => {
    expect(isAllowed(`${name} x`)).toBe(true);
    expect(isAllowed(name)).toBe(true);
    expect(visible(name)).toBe(name);
    expect(findHidden(name, 9)).toEqual([]);
  });

  it.each(HIDDEN.map((character) => [codePointName(character), character]))(
    "has %s, which files refuse and pages show",
    (name, character) => {
      for (const value of [`Emma${character}Smit`, `${character}Emma`, `Emma${character}`]) {
        expect(isAllowed(value), JSON.stringify(value)).toBe(false);
        expect(visible(value)).toContain(`[${name}]`);
        expect(findHidden(value, 9)).toMatchObject([{ character }]);
      }
    },
  );

  it.each([
    ["a joiner between Latin letters", "Em\u200Dma"],
    ["a non-joiner between Latin letters", "Em\u200Cma"],
    ["two non-joiners in a Persian word", "می‌\u200Cخواهم"],
    ["a non-joiner at the end of a Persian word", "می\u200C"],
    ["a joiner behind an emoji that joins nothing", "👩\u200D"],
    ["a variation selector behind a letter", "Emma\uFE0F"],
    ["a variation selector behind a digit", "1\uFE0F2"],
    ["the tags of a flag", "🏴\u{E0067}\u{E0062}\u{E007F}"],
  ])("has %s", (_what, value) => {
    expect(isAllowed(value)).toBe(false);
    expect(visible(value)).not.toBe(value);
  });

  it("lets tabs and line ends be in a file and not in a value", () => {
    expect(findHidden("a\tb\r\nc", 9)).toEqual([]);
    expect(["a\tb", "a\nb", "a\rb"].filter(holdsHidden)).toHaveLength(3);
  });

  it("has every character that Unicode says is ignored, a control, a separator, private or unassigned", () => {
    const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Z}]/u;
    fc.assert(
      fc.property(fc.nat({ max: 0x10ffff }), (codePoint) => {
        const character = String.fromCodePoint(codePoint);
        return character === " " || !unseen.test(character) || holdsHidden(`a${character}b`);
      }),
      { numRuns: 20_000, seed: 20261126 },
    );
  });

  it("says the same for files and for pages, whatever the text", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(holdsHidden(value)).toBe(visible(value) !== value);
        expect(holdsHidden(visible(value))).toBe(false);
      }),
    );
  });
});
