import { describe, expect, it } from "vitest";
import { refusal, REFUSAL_CODES } from "../../approval/refusals.ts";

describe("a refusal", () => {
  it.each(REFUSAL_CODES)("says why and what to do in both languages: %s", (code) => {
    const { sentence, hint } = refusal(code, { who: "anna@contoso.example", have: 1, need: 2 });
    // A hint names commands as actions, which the surface words.
    const hints = [hint.nl, hint.en].map((text) => text.replaceAll(/\{[a-z-]+\}/g, "it"));
    for (const text of [sentence.nl, sentence.en, ...hints]) {
      expect(text).toMatch(/^[^{}]+\.$/);
      expect(text).not.toContain("?");
    }
    expect(sentence.nl).not.toBe(sentence.en);
    expect(hint.nl).not.toBe(hint.en);
  });
});
