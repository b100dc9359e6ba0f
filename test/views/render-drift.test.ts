import { expect, it } from "vitest";
import { readBackFromEngineEvents } from "../../plan/build/drift.ts";
import { PLAIN_GRAIN } from "../../plan/model/grain.ts";
import { describe as describeResource } from "../../provider/index.ts";
import { renderDrift } from "../../views/render-drift.ts";
import { eventsOf } from "../plan/logs.ts";

it("says what happened to each object, with its values as applied and as they are", () => {
  const { drift } = readBackFromEngineEvents(eventsOf("read-back"), {
    describe: describeResource,
    grain: PLAIN_GRAIN,
  });
  const lines = renderDrift(drift, { language: "en" });
  expect(lines).toContain("  - Fleur van den Berg is gone");
  expect(lines).toContain("      Job title: Directeur → Keizer");
  expect(lines.find((line) => line.startsWith("  ~"))).toContain("leaves the group Directie");
  const [dutch] = renderDrift(drift.slice(1, 2), { language: "nl" });
  expect(dutch).toBe("  - Fleur van den Berg is weg");
});
