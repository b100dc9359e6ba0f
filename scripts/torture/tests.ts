/** Properties that CI tries a few times, with more of them than it has time for. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** One round with the engine takes as long as this many stories in process. */
const STORIES_PER_ROUND = 50;

interface Torture {
  readonly rounds: number;
  readonly seed: number;
}

/** The tests of the promise (docs/approval.md). Gives the exit code of the tests. */
export const promise = ({ rounds, seed }: Torture): Promise<number> =>
  tests(["test/promise/promise.test.ts", "test/e2e/promise.test.ts"], {
    TENANTRY_PROMISE_SEED: String(seed),
    TENANTRY_PROMISE_RUNS: String(rounds),
    TENANTRY_PROMISE_ENGINE_ROUNDS: String(Math.ceil(rounds / STORIES_PER_ROUND)),
  });

/** Random tenants, each taken over and made again. Gives the exit code of the tests. */
export const takeOver = ({ rounds, seed }: Torture): Promise<number> =>
  tests(["test/engine/take-over.test.ts"], {
    TENANTRY_TAKE_OVER_SEED: String(seed),
    TENANTRY_TAKE_OVER_RUNS: String(rounds),
  });

/** Requests that nobody meant, to a server with a portal. Gives the exit code of the tests. */
export const fuzz = ({ rounds, seed }: Torture): Promise<number> =>
  tests(["test/server/fuzz.test.ts"], {
    TENANTRY_FUZZ_SEED: String(seed % 2 ** 31),
    TENANTRY_FUZZ_REQUESTS: String(rounds),
  });

async function tests(
  files: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", ...files], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}
