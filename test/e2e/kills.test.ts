/** Deaths at random moments of the creations; `npm run torture` has more of them, at any moment. */
import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { kills } from "../../scripts/torture/kills.ts";

it.runIf(process.platform === "linux")(
  "an apply that was killed while it created things comes to its end, with nothing lost and nothing twice",
  async () => {
    const seed = randomInt(2 ** 32);
    const told: string[] = [`seed ${seed}`];
    const report = (line: string): number => told.push(line);
    const rounds = await kills({ rounds: 5, seed, moment: "creating", report });
    const problems = rounds.flatMap((round) => round.problems);
    expect(problems, told.join("\n")).toEqual([]);
    process.stdout.write(`${told.join("\n")}\n`);
  },
);
