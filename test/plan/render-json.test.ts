import { expect, it } from "vitest";
import { planDigest } from "../../plan/digest.ts";
import { parsePlan } from "../../plan/parse.ts";
import { renderJson } from "../../plan/render-json.ts";
import { everyKind } from "./every-kind.ts";

it("gives programs the whole plan and its digest", () => {
  const read = JSON.parse(renderJson(everyKind())) as { digest: string; plan: unknown };
  expect(read.digest).toBe(planDigest(everyKind()));
  expect(parsePlan(read.plan)).toEqual(everyKind());
});
