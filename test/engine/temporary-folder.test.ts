import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../../engine/temporary-folder.ts";

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "folders-of-a-test-"));
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

/** Makes one in another process, which then waits. */
async function anothersFolder(): Promise<{ path: string; kill: () => Promise<void> }> {
  const module = pathToFileURL(join(import.meta.dirname, "../../engine/temporary-folder.ts")).href;
  const program = `
    const { temporaryFolder } = await import(${JSON.stringify(module)});
    console.log(temporaryFolder(${JSON.stringify(parent)}).path);
    setTimeout(() => {}, 60_000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  const kill = async (): Promise<void> => {
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
  };
  return { path: said.trim(), kill };
}

it("is left alone while its process lives, and removed by the next one once that is dead", async () => {
  const another = await anothersFolder();
  const own = temporaryFolder(parent);
  for (const { path } of [another, own]) utimesSync(join(path, "in-use.sqlite"), 0, 0);
  const second = temporaryFolder(parent);
  expect([another.path, own.path].map((path) => existsSync(path))).toEqual([true, true]);
  await another.kill();
  expect(existsSync(another.path)).toBe(true);
  const next = temporaryFolder(parent);
  expect(existsSync(another.path)).toBe(false);
  expect([own, second].map(({ path }) => existsSync(path))).toEqual([true, true]);
  for (const folder of [own, second, next]) {
    folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  }
});

it("leaves alone what is not its own", () => {
  const foreign = join(parent, "tenantry-notes");
  mkdirSync(foreign);
  writeFileSync(join(foreign, "note.txt"), "keep");
  temporaryFolder(parent).remove();
  expect(existsSync(join(foreign, "note.txt"))).toBe(true);
});
