/** What still lies in a recycle bin under the name of something new. */
import { expect, it } from "vitest";
import { recycleBinFindings } from "../../../plan/guards/recycle-bin.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import { renderText } from "../../../views/render-text.ts";
import { aChange, aPlan } from "../support.ts";

const anna = aChange("Anna");
const deleted = new Map([[anna.urn, "2026-12-24"]]);

it("stops the plan until the file says which it is to be", () => {
  expect(recycleBinFindings([anna, aChange("Bram")], deleted)).toEqual([
    {
      ...{ code: "in-recycle-bin", source: "safeguard", clearedBy: "declaration" },
      urns: [anna.urn],
      message: {
        nl: "Anna staat tot 24 december 2026 nog in de prullenbak: terugzetten of nieuw beginnen?",
        en: "Anna is in the recycle bin until 24 December 2026: restore it or start anew?",
      },
    },
  ]);
  expect(recycleBinFindings([{ ...anna, recycleBin: "leave" }], deleted)).toEqual([]);
});

it("stands with its word on the page and under the digest", () => {
  const plans = (["restore", "leave", undefined] as const).map((recycleBin) =>
    aPlan([recycleBin === undefined ? anna : { ...anna, recycleBin }]),
  );
  expect(new Set(plans.map((plan) => planDigest(plan))).size).toBe(3);
  const [restore, leave, neither] = plans.map((plan) => renderText(plan, { language: "en" }));
  expect(restore).toContain("restored from the recycle bin with everything it had");
  expect(leave).toContain("what was deleted under this name stays in the recycle bin");
  expect(neither).not.toContain("recycle bin");
});
