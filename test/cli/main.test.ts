/** In a process of its own: what is tested is what a fresh process loads. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const execute = promisify(execFile);
const clone = fileURLToPath(new URL("../../", import.meta.url));

/** Names of the packages and rooms that one call loads. */
async function loadedBy(...words: string[]): Promise<string[]> {
  const program = `
    import { registerHooks } from "node:module";
    const urls = new Set();
    registerHooks({ load: (url, context, next) => (urls.add(url), next(url, context)) });
    process.on("exit", () => process.stderr.write(JSON.stringify([...urls])));
    process.argv = [process.execPath, "main.ts", ...${JSON.stringify(words)}];
    await import("./cli/main.ts");`;
  const { stderr } = await execute(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: clone,
  });
  const paths = (JSON.parse(stderr) as string[])
    .filter((url) => url.startsWith("file:"))
    .map((url) => fileURLToPath(url).slice(clone.length));
  const names = paths.map(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split("/")[0] ?? "",
  );
  return [...new Set(names)].sort();
}

it.each([["--version"], ["--help"]])("%s loads no command", async (word) => {
  const loaded = await loadedBy(word);
  expect(loaded).toEqual(expect.arrayContaining(["cli", "commander", "core"]));
  expect(loaded).not.toContain("zod");
  expect(loaded.filter((name) => /^(?:engine|operations|@pulumi)/.test(name))).toEqual([]);
});

it("a command loads what it needs", async () => {
  expect(await loadedBy("validate", "--help")).toContain("zod");
});
