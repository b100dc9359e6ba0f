import { describe, expect, it } from "vitest";
import { planDigest } from "../../plan/model/digest.ts";
import { escapeMarkdown, renderMarkdown } from "../../views/render-markdown.ts";
import { everyKind } from "../plan/every-kind.ts";
import { HOSTILE, hostilePlan } from "../plan/hostile.ts";
import { aLargePlan } from "../plan/support.ts";

const bytes = (text: string): number => Buffer.byteLength(text);

describe("the plan in a pull request", () => {
  it("shows every kind of change, with its digest", async () => {
    const text = renderMarkdown(everyKind());
    await expect(text).toMatchFileSnapshot("./golden/every-kind.nl.md.txt");
    expect(text).toContain(planDigest(everyKind()));
    expect(text).not.toContain("INGEKORT");
  });

  it("fits what GitHub takes, says that it was shortened, and keeps the digest", () => {
    const plan = aLargePlan(6000);
    const text = renderMarkdown(plan, { language: "en" });
    expect(bytes(text)).toBeGreaterThan(60_000);
    expect(bytes(text)).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/SHORTENED: [\d,]+ of/);
    expect(text).toContain("of 6,000 lines");
    expect(text).toContain(planDigest(plan));
  });

  it("shows as many changes as it says", () => {
    const text = renderMarkdown(aLargePlan(1000), { language: "en", mostBytes: 20_000 });
    const said = /SHORTENED: (\d+) of 1,000/.exec(text)?.[1];
    expect(text.match(/medewerker\.\d+@/g)).toHaveLength(Number(said));
    expect(Number(said)).toBeGreaterThan(100);
    expect(bytes(text)).toBeLessThanOrEqual(20_000);
  });

  it("uses all the room that the platform gives", () => {
    const plan = aLargePlan(1000);
    const whole = renderMarkdown(plan, { mostBytes: 1_000_000 });
    expect(whole).not.toContain("INGEKORT");
    expect(renderMarkdown(plan, { mostBytes: bytes(whole) })).toBe(whole);
    expect(renderMarkdown(plan, { mostBytes: bytes(whole) - 1 })).toContain("INGEKORT");
  });

  it.each(HOSTILE)("writes the name %j as text", (name) => {
    const text = renderMarkdown(hostilePlan(name), { language: "en" });
    const benign = renderMarkdown(hostilePlan("x"), { language: "en" });
    expect(text.split("\n")).toHaveLength(benign.split("\n").length);
    expect(text.replaceAll("<!-- -->", "")).not.toMatch(/<(?!https:)/);
    expect(text).not.toMatch(/(?<!\\)\]\(javascript|(?<!\\)!\[|@octocat|https:\/\/evil|www\.evil/);
  });

  it.each([
    ["# heading", "\\# heading"],
    ["1. list", "1\\. list"],
    ["1.667 people", "1.667 people"],
    ["- [x] done", "\\- \\[x\\] done"],
    ["anna@contoso.com", "anna@contoso.com"],
    ["@octocat", "@<!-- -->octocat"],
  ])("escapes %j as %j", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});
