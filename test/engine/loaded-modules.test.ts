/** In a process of its own: what is tested is what a fresh process loads. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const clone = fileURLToPath(new URL("../../", import.meta.url));

/** @returns the addresses of all modules that importing the engine room loads, CommonJS ones included */
async function loadedWithEngine(): Promise<string[]> {
  const program = `
    const urls = [];
    const { registerHooks } = await import("node:module");
    registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });
    await import("./engine/index.ts");
    process.stdout.write(JSON.stringify(urls));`;
  const args = ["--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: clone });
  return JSON.parse(stdout) as string[];
}

test("a plan from the state loads neither the emulator, nor the HTTP libraries, nor all of azuread", async () => {
  const urls = await loadedWithEngine();
  expect(urls.some((url) => url.endsWith("/@pulumi/azuread/provider.js"))).toBe(true);
  const needless =
    /\/emulator\/|node_modules\/(undici|@microsoft\/microsoft-graph-client|@azure\/identity)\/|azuread\/index\.js/;
  expect(urls.filter((url) => needless.test(url))).toEqual([]);
});
