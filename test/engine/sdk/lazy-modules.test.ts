/** In processes of their own: what is tested is what a fresh process loads. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const execute = promisify(execFile);
const clone = fileURLToPath(new URL("../../../", import.meta.url));

/** Runs after the SDK was imported as the program does it; gives what the code writes with `say`. */
async function inFreshProcess(code: string): Promise<unknown> {
  const program = `
    await import("./engine/sdk/lazy-modules.ts");
    const { createRequire } = await import("node:module");
    const require = createRequire(process.cwd() + "/node_modules/@pulumi/pulumi/index.js");
    const { default: pulumi } = await import("@pulumi/pulumi");
    await import("@pulumi/pulumi/automation/index.js");
    const say = (value) => process.stdout.write(JSON.stringify(value));
    ${code}`;
  const args = ["--input-type=module", "--eval", program];
  const { stdout } = await execute(process.execPath, args, { cwd: clone });
  return JSON.parse(stdout);
}

test("the SDK loads neither npm nor a TypeScript compiler", async () => {
  const loaded = await inFreshProcess(`
    const files = Object.values(require.cache).filter(({ children }) => children.length > 0);
    say(files.map(({ filename }) => filename).filter((name) => /arborist|pacote|typescript[/\\\\]lib/.test(name)));
  `);
  expect(loaded).toEqual([]);
});

test("what is left out is loaded when something of the SDK asks for it after all", async () => {
  const loaded = await inFreshProcess(`
    const { serializeFunction } = pulumi.runtime;
    const { Arborist } = require("@npmcli/arborist");
    const { text } = await serializeFunction((number) => number + 1);
    say({ text, arborist: typeof Arborist, compiler: typeof require("./typescript-shim.js").forEachChild });
  `);
  expect(loaded).toMatchObject({
    text: expect.stringContaining("number + 1") as unknown,
    arborist: "function",
    compiler: "function",
  });
});

test("promises lose their stack, a failure of the program keeps its own", async () => {
  const seen = await inFreshProcess(`
    const { debuggablePromise } = require("./runtime/debuggable.js");
    const tracked = Promise.resolve(1);
    await debuggablePromise(tracked, "some context");
    function ourFault() { return new Error("ours"); }
    say({ context: tracked._debugCtx, tracked: tracked._debugStackTrace, ours: ourFault().stack });
  `);
  expect(seen).toEqual({
    context: "some context",
    tracked: "Error",
    ours: expect.stringMatching(/^Error: ours\n {4}at ourFault/) as unknown,
  });
});
