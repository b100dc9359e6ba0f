/**
 * `npm run mutants [-- <file> …]` changes the guards of the promise one expression at a time, and sees whether a test
 * notices. What survives is in mutants/survivors.json with its reason, or the run fails. Takes about 40 minutes: nightly.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installFromLock } from "../setup/index.mjs";
import { judge, survivorsOf } from "./mutants/survivors.ts";
import type { KnownSurvivor, MutationReport } from "./mutants/survivors.ts";

const folder = fileURLToPath(new URL("mutants/", import.meta.url));
const stryker = join(folder, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");

/** What decides whether a plan may be applied, and what the engine is given. */
const GUARDS = [
  "approval/evaluate.ts",
  "approval/votes.ts",
  "engine/environment.ts",
  "plan/guards/rules.ts",
  "plan/guards/safeguards.ts",
  "plan/model/digest.ts",
];

const asked = process.argv.slice(2);
const mutated = asked.length === 0 ? GUARDS : asked;
if (!existsSync(stryker)) {
  process.stderr.write("Installing Stryker …\n");
  // Its runner asks for vitest as a peer: the clone's own, which lies above.
  await installFromLock(folder, { arguments: ["--legacy-peer-deps"] });
}
const found = survivorsOf(await mutate());
const list = JSON.parse(readFileSync(join(folder, "survivors.json"), "utf8")) as KnownSurvivor[];
const { unknown, gone } = judge(
  found,
  list.filter(({ file }) => mutated.includes(file)),
);
for (const { file, line, mutant } of unknown) {
  process.stdout.write(`No test notices: ${file}\n  ${line}\n  ${mutant}\n`);
}
for (const { file, line, mutant } of gone) {
  process.stdout.write(
    `A test notices by now, take it off the list: ${file}\n  ${line}\n  ${mutant}\n`,
  );
}
process.stdout.write(`${found.length} survived, ${unknown.length} without a reason.\n`);
process.exitCode = unknown.length + gone.length === 0 ? 0 : 1;

async function mutate(): Promise<MutationReport> {
  const temporary = mkdtempSync(join(tmpdir(), "tenantry-mutants-"));
  try {
    const config = join(temporary, "stryker.config.json");
    const fileName = join(temporary, "report.json");
    writeFileSync(
      config,
      JSON.stringify({
        testRunner: "vitest",
        vitest: { configFile: "scripts/mutants/vitest.config.ts", related: true },
        mutate: mutated,
        coverageAnalysis: "perTest",
        // Text that is made when a module loads can only be noticed by a fresh process for each change.
        ignoreStatic: true,
        // A busy machine must not make a change survive: only what hangs takes this long.
        timeoutMS: 60_000,
        tempDirName: join(temporary, "sandbox"),
        reporters: ["json", "progress-append-only"],
        jsonReporter: { fileName },
        checkers: [],
      }),
    );
    const child = spawn(process.execPath, [stryker, "run", config], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error(`Stryker ended with ${code}`);
    return JSON.parse(readFileSync(fileName, "utf8")) as MutationReport;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
