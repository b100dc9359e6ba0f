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
    expect(standingWith({ holders: [INES], last: { [INES]: "yesterday" } })).toEqual(never);
  });

  it.each([
    ["2026-08-29T08:00:00.000Z", false],
    ["2026-08-28T08:00:00.000Z", true],
  ])("rehearsed by one of two at %s it is due: %s", (at, isDue) => {
    const last = { [INES]: at, [JOOST]: NOW.toISOString() };
    const standing = standingWith({ holders: [INES, JOOST], last });
    expect(standing).toMatchObject({ isDue });
    expect(standing.found).toContain(`${INES} rehearsed on ${at.slice(0, 10)}`);
    expect(standing.found).toContain(`; ${JOOST} rehearsed on 2026-11-27`);
  });

  it("is asked for by each holder: what one of them shows says nothing of the other", () => {
    const last = { [INES]: NOW.toISOString() };
    expect(standingWith({ holders: [INES, JOOST], last })).toEqual({
      found: `${INES} rehearsed on 2026-11-27; ${JOOST} never rehearsed here`,
      isDue: true,
    });
  });

  it("is asked for while one person alone holds a key", () => {
    expect(standingWith({ holders: [INES], last: { [INES]: NOW.toISOString() } })).toEqual({
      found: `${INES} rehearsed on 2026-11-27; nobody else holds a key that signs`,
      isDue: true,
    });
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
