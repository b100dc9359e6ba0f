/** The tests of the promise (docs/approval.md) with more stories than CI has time for. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** One round with the engine takes as long as this many stories in process. */
const STORIES_PER_ROUND = 50;

/** @returns the exit code of the tests */
export async function promise(options: {
  readonly rounds: number;
  readonly seed: number;
}): Promise<number> {
  const { rounds, seed } = options;
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const tests = ["test/promise/promise.test.ts", "test/e2e/promise.test.ts"];
  const child = spawn(process.execPath, [vitest, "run", ...tests], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      TENANTRY_PROMISE_SEED: String(seed),
      TENANTRY_PROMISE_RUNS: String(rounds),
      TENANTRY_PROMISE_ENGINE_ROUNDS: String(Math.ceil(rounds / STORIES_PER_ROUND)),
    },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}
