import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateKey } from "../../approval/index.ts";
import { recoveryStanding, rehearseRecovery } from "../../operations/index.ts";
import { aWorld } from "./support.ts";

const NOW = new Date("2026-11-27T08:00:00.000Z");
const [INES, JOOST] = ["ines@msp.example", "joost@msp.example"];

function standingWith(kept: unknown): ReturnType<typeof recoveryStanding> {
  const { workspace } = aWorld().context;
  mkdirSync(workspace.dataDirectory, { recursive: true });
  writeFileSync(join(workspace.dataDirectory, "rehearsal.json"), JSON.stringify(kept));
  return recoveryStanding(workspace, NOW);
}

describe("how recovery stands", () => {
  it("is asked for when it was never rehearsed, or when nobody can say", () => {
    const never = { found: "never rehearsed here", isDue: true };
    expect(recoveryStanding(aWorld().context.workspace, NOW)).toEqual(never);
    expect(standingWith({ at: "yesterday" })).toEqual(never);
  });

  it.each([
    ["2026-08-29T08:00:00.000Z", false],
    ["2026-08-28T08:00:00.000Z", true],
  ])("rehearsed at %s it is due: %s", (at, isDue) => {
    const standing = standingWith({ at, by: INES, holders: [INES, JOOST] });
    expect(standing).toMatchObject({ isDue });
    expect(standing.found).toContain(`rehearsed by ${INES} on ${at.slice(0, 10)}`);
  });

  it("is asked for while one person alone holds a key", () => {
    const standing = standingWith({ at: NOW.toISOString(), by: INES, holders: [INES] });
    expect(standing).toEqual({ found: `only ${INES} holds a key that signs`, isDue: true });
  });
});

it("a key that no longer counts is no proof", async () => {
  const world = aWorld();
  const applier = async () => ({ email: INES, key: generateKey() });
  const context = world.with({ trust: { ...world.context.trust, applier } });
  await expect(rehearseRecovery(context, { file: "kept.backup" })).rejects.toMatchObject({
    code: "no-applier",
    message: `The key of ${INES} is not among the provider's keys.`,
  });
});
