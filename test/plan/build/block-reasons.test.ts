/** Why somebody is blocked: the file's own word on one change. */
import { expect, it } from "vitest";
import { resourceKey } from "../../../core/urn.ts";
import { NOUNS } from "../../../core/nouns.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import type { Plan } from "../../../plan/model/model.ts";
import { renderText } from "../../../views/render-text.ts";
import { catalogue, noDeclarations, planOf, withStep } from "../logs.ts";

function planned(accountEnabled: boolean, reason: string): Plan {
  const events = withStep("every-kind", "User::anna", ({ old, new: wanted }) => {
    Object.assign(old?.inputs ?? {}, { accountEnabled: !accountEnabled });
    Object.assign(wanted?.inputs ?? {}, { accountEnabled });
  });
  const blockReasons = new Map([[resourceKey(NOUNS.user.type, "anna"), reason]]);
  return planOf(events, { catalogue, declarations: { ...noDeclarations, blockReasons } });
}

it("stands with the change that blocks, on the page and under the digest", () => {
  const [left, ill] = ["Left the company", "Long-term illness"].map((why) => planned(false, why));
  if (left === undefined || ill === undefined) throw new Error("not planned");
  expect(renderText(left, { language: "en" })).toContain("Reason: Left the company");
  expect(planDigest(left)).not.toBe(planDigest(ill));
});

it("is no word on a change that lets somebody in", () => {
  const { changes } = planned(true, "Left the company");
  expect(changes.some((change) => "blockedBecause" in change)).toBe(false);
});
