import { describe, expect, it } from "vitest";
import { refusal, REFUSAL_CODES } from "../../approval/refusals.ts";

describe("a refusal", () => {
  it.each(REFUSAL_CODES)("says why and what to do in both languages: %s", (code) => {
    const { sentence, hint } = refusal(code, { who: "anna@contoso.example", have: 1, need: 2 });
    for (const text of [sentence.nl, sentence.en, hint.nl, hint.en]) {
      expect(text).toMatch(/^[^{}]+\.$/);
      expect(text).not.toContain("?");
    }
    expect(sentence.nl).not.toBe(sentence.en);
    expect(hint.nl).not.toBe(hint.en);
  });
});
