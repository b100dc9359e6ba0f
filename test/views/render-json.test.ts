import { expect, it } from "vitest";
import { planDigest } from "../../plan/model/digest.ts";
import { parsePlan } from "../../plan/model/parse.ts";
import { renderJson } from "../../views/render-json.ts";
import { everyKind } from "../plan/every-kind.ts";

it("gives programs the whole plan and its digest", () => {
  const read = JSON.parse(renderJson(everyKind())) as { digest: string; plan: unknown };
  expect(read.digest).toBe(planDigest(everyKind()));
  expect(parsePlan(read.plan)).toEqual(everyKind());
});
