/** Deaths at random moments of the creations; `npm run torture` has more of them, of the sample and at any moment. */
import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { kills } from "../../scripts/torture/kills.ts";
import { aTenantFile, upnOf } from "./support/workspace.ts";

const PEOPLE = ["Anna Bakker", "Bram Visser", "Carla Smit", "Dirk Bos", "Eva Mol", "Frits Vos"];

/** The last one's name is the mail's too; nobody but the file keeps security groups of one name apart. */
const groups = ["kantoor", "verkoop", "directie", "fiscaal"].map((name, at) => ({
  name,
  displayName: name,
  type: at === 3 ? "microsoft365" : "security",
  owners: [upnOf("Anna Bakker")],
  members: [upnOf("Bram Visser")],
}));

/** Permissions take the id of their site, which an apply that died may have made without keeping it. */
const sites = ["jaarwerk", "kantoor", "feest"].map((name) => ({
  url: `/sites/${name}`,
  title: name,
  owner: upnOf("Anna Bakker"),
  permissions: [{ group: "verkoop", role: "edit" }],
}));

it.runIf(process.platform === "linux")(
  "an apply that was killed while it created things comes to its end, with nothing lost and nothing twice",
  async () => {
    const seed = randomInt(2 ** 32);
    const told: string[] = [`seed ${seed}`];
    const rounds = await kills({
      ...{ rounds: 5, seed, moment: "creating" },
      tenantFile: aTenantFile({
        people: PEOPLE.map((name) => ({ name })),
        sections: { groups, sites },
      }),
      report: (line) => told.push(line),
    });
    process.stdout.write(`${told.join("\n")}\n`);
    const problems = rounds.flatMap((round) => round.problems);
    expect(problems, told.join("\n")).toEqual([]);
  },
  // A minute or two; more on a machine that others use at the same time.
  600_000,
);
