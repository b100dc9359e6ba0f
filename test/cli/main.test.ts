/** In a process of its own: what is tested is what a fresh process loads. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const execute = promisify(execFile);
const clone = fileURLToPath(new URL("../../", import.meta.url));

/** Names of the packages and rooms that a program loads. */
async function loadedBy(code: string): Promise<string[]> {
  const program = `
    import { registerHooks } from "node:module";
    const urls = new Set();
    registerHooks({ load: (url, context, next) => (urls.add(url), next(url, context)) });
    process.on("exit", () => process.stderr.write(JSON.stringify([...urls])));
    ${code}`;
  const { stderr } = await execute(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: clone,
  });
  // In a worktree node_modules can be a link to somewhere else.
  const names = (JSON.parse(stderr) as string[])
    .filter((url) => url.startsWith("file:"))
    .map((url) => fileURLToPath(url))
    .map(
      (path) =>
        /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
        path.slice(clone.length).split("/")[0] ??
        "",
    );
  return [...new Set(names)].sort();
}

it.each([["--version"], ["--help"]])("%s loads no command", async (word) => {
  const loaded = await loadedBy(`
    process.argv = [process.execPath, "main.ts", "${word}"];
    await import("./cli/main.ts");`);
  expect(loaded).toEqual(expect.arrayContaining(["cli", "commander", "core"]));
  expect(loaded).not.toContain("zod");
  expect(loaded.filter((name) => /^(?:engine|operations|@pulumi)/.test(name))).toEqual([]);
});

it("a command's words load no room that works", async () => {
  const loaded = await loadedBy(`
    const { commands } = await import("./cli/registry.ts");
    await Promise.all(commands.map(({ load }) => load()));`);
  expect(loaded).toContain("zod");
  // Of approval only the shapes that words are checked by.
  const ours = loaded.filter((room) => existsSync(join(clone, room)));
  expect(ours.filter((room) => !["approval", "cli", "core"].includes(room))).toEqual([]);
});
