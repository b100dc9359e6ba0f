import { describe, expect, it } from "vitest";
import { renderText } from "../../views/render-text.ts";
import { everyKind } from "../plan/every-kind.ts";
import { HOSTILE, hostilePlan } from "../plan/hostile.ts";
import { aPlan } from "../plan/support.ts";

describe("the plan on a terminal", () => {
  it.each(["nl", "en"] as const)("shows every kind of change in %s", async (language) => {
    const text = renderText(everyKind(), { language });
    await expect(text).toMatchFileSnapshot(`./golden/every-kind.${language}.txt`);
  });

  it("says so when nothing changes", () => {
    expect(renderText(aPlan(), { language: "nl" })).toContain("Er verandert niets");
  });

  it("says in words what colours say", () => {
    const plain = renderText(everyKind(), { language: "nl" });
    const coloured = renderText(everyKind(), {
      language: "nl",
      style: (style, text) => `<${style}>${text}</${style}>`,
    });
    expect(coloured).toContain("<red>-</red>");
    expect(coloured.replaceAll(/<\/?(bold|dim|red|green|yellow|cyan)>/g, "")).toBe(plain);
  });

  it.each(HOSTILE)("prints the name %j without obeying it", (name) => {
    const text = renderText(hostilePlan(name), { language: "en" });
    const benign = renderText(hostilePlan("x"), { language: "en" });
    expect(text.split("\n")).toHaveLength(benign.split("\n").length);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066\u2067]/u);
  });
});
