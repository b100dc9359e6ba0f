/**
 * Clients for Node that nobody here wrote, against the emulator. The first time they come from the registry, like the
 * packages of this project; after that from the cache.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { cloneRoot } from "./support/workspace.ts";

/** A line of the table that the suite ends with. */
const ROW = /^\| (?<client>[^|]+?) +\| (?<ok>\d+) \| (?<wrong>\d+) \| (?<notServed>\d+) \|$/gm;

it("finds nothing wrong with the emulator", async () => {
  const script = join(cloneRoot, "scripts", "emulator-clients", "main.ts");
  const child = spawn(process.execPath, [script, "--node"], {
    cwd: cloneRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const printed = await text(child.stdout);
  const rows = [...printed.matchAll(ROW)].map(({ groups = {} }) => ({
    client: groups.client,
    hasOk: Number(groups.ok) > 10,
    wrong: groups.wrong,
  }));
  expect(rows, printed).toEqual([
    { client: "CLI for Microsoft 365", hasOk: true, wrong: "0" },
    { client: "PnPjs", hasOk: true, wrong: "0" },
  ]);
});
