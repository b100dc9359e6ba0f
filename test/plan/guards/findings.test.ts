import { inTwoLines } from "../../../core/language.ts";
import { describe, expect, it } from "vitest";
import { admission, findingsOf } from "../../../plan/guards/findings.ts";
import { renderHtml } from "../../../views/render-html.tsx";
import { renderMarkdown } from "../../../views/render-markdown.ts";
import { renderText } from "../../../views/render-text.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import { NOUNS } from "../../../core/nouns.ts";
import { noDeclarations } from "../logs.ts";
import { aChange, aConsequence, aPlan, JUDGED, property } from "../support.ts";

const { guards, rules } = noDeclarations;
const bob = aChange("bob@contoso.com", { operation: "delete" });
const site = aChange("/sites/old", { type: NOUNS.site.type, operation: "delete" });
const violation = {
  rule: "m365-tenant-has-backup",
  urn: "",
  message: inTwoLines({ nl: "Er is geen back-up", en: "There is no backup" }),
};

describe("the findings of a plan", () => {
  const findings = findingsOf(
    { ...JUDGED, changes: [bob, site], violations: [violation] },
    { facts: { ...guards, sections: ["users"] }, rules },
  );
  const plan = aPlan([bob, site], { findings });

  it("come from every source", () => {
    expect(findings.map(({ source, code }) => [source, code])).toEqual([
      ["policy", "policy-violated"],
      ["omission", "left-out"],
      ["safeguard", "remove-entry-missing"],
      ["safeguard", "remove-entry-missing"],
    ]);
  });

  it("say of a policy what it said, in the language of the page", () => {
    expect(findings[0]?.message).toEqual({
      nl: "Er is geen back-up (regel m365-tenant-has-backup)",
      en: "There is no backup (policy m365-tenant-has-backup)",
    });
  });

  it("are on every rendering, which needs nothing but the plan", () => {
    const pages = [
      renderHtml(plan),
      renderMarkdown(plan, { language: "en" }),
      renderText(plan, { language: "en" }),
    ];
    for (const page of pages) {
      expect(page.replaceAll("\\", "")).toContain("There is no backup");
      expect(page).toContain("This proposal can be neither approved nor carried out");
    }
  });

  it("are covered by the digest, but for their words", () => {
    const [first, ...others] = findings;
    if (first === undefined) throw new Error("nothing was found");
    const reworded = { ...first, message: { nl: "anders", en: "other" } };
    const digest = planDigest(plan);
    expect(planDigest({ ...plan, findings: [reworded, ...others] })).toBe(digest);
    expect(planDigest({ ...plan, findings: others })).not.toBe(digest);
    const cleared = { ...first, clearedBy: "none-needed" as const };
    expect(planDigest({ ...plan, findings: [cleared, ...others] })).not.toBe(digest);
  });

  it.each([
    ["nothing", 1, false],
    ["declaration", 1, false],
    ["second-approver", 0, true],
    ["none-needed", 0, false],
  ] as const)("that %s clears: %i stops", (clearedBy, stopCount, needsSecondApprover) => {
    const [first] = findings;
    if (first === undefined) throw new Error("nothing was found");
    const judged = admission({ findings: [{ ...first, clearedBy }] });
    expect(judged.stops).toHaveLength(stopCount);
    expect(judged.needsSecondApprover).toBe(needsSecondApprover);
  });
});

describe("what there was before", () => {
  it("is counted out of the plan, and what is bought out of the file", () => {
    const consequences = [aConsequence("anna@contoso.com", { lost: ["A", "B", "C"] })];
    const said = (bought: Record<string, number>, licenses = 3): string[] =>
      findingsOf(
        { ...JUDGED, changes: [], consequences, held: { ...JUDGED.held, licenses } },
        { facts: { ...guards, bought }, rules },
      ).map(({ message }) => message.en);
    expect(said({ SPB: 8 })).toEqual([
      "3 of 8 licences would be removed or replaced; without a second decision maker the limit is 20%",
    ]);
    expect(said({ SPB: 8, VISIO_PLAN2: 7 })).toEqual([]);
    // What the plan drops is counted as well, for all that the file no longer names it.
    const dropped = aChange("SPB", {
      type: "m365:licensing:Subscription",
      operation: "delete",
      properties: [property("count", 12, undefined)],
    });
    const [finding] = findingsOf(
      { ...JUDGED, changes: [dropped], consequences },
      { facts: { ...guards, bought: { VISIO_PLAN2: 5 } }, rules },
    );
    expect(finding?.message.en).toContain("15 of 17 licences");
    // Where the file does not say what is bought, there is what people hold.
    expect(said({}, 15)).toEqual([]);
  });

  it("does not count what is new", () => {
    const people = (operation: "create" | "update") =>
      Array.from({ length: 20 }, (_item, at) => aChange(`new-${at}`, { operation }));
    const two = ["a", "b"].map((key) => aChange(key, { operation: "delete", identifiers: [key] }));
    const remove = ["a", "b"].map((object) => ({ object, reason: "r", data: "d" }));
    const codes = (operation: "create" | "update") =>
      findingsOf(
        { ...JUDGED, changes: [...people(operation), ...two] },
        { facts: { ...guards, remove }, rules },
      ).map(({ code }) => code);
    expect(codes("create")).toEqual(["too-large-share-removed"]);
    expect(codes("update")).toEqual([]);
  });
});
