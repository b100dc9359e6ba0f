import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStateDatabase, recordStore } from "../../../state/index.ts";

const program = (name: string): string =>
  fileURLToPath(new URL(`../support/${name}.ts`, import.meta.url));
const execute = promisify(execFile);

/** Runs a program with a disk of its own, which nobody else sees; `$0` and `$1` are its arguments. */
async function onOwnDisk(script: string, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await execute("unshare", [
    ...["--user", "--map-root-user", "--mount"],
    ...["sh", "-c", script, ...args],
  ]);
  return JSON.parse(stdout) as unknown;
}

describe("the database of a workspace", { timeout: 60_000 }, () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "state-"));
    file = join(folder, "deep", "state.db");
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function withValues(...keys: readonly string[]): Promise<void> {
    const database = await openStateDatabase(file);
    for (const key of keys) await recordStore(database).putIfAbsent(key, new Uint8Array());
    await database.close();
  }

  it("is made by eight processes that open it at once, and all succeed", async () => {
    const processes = Array.from({ length: 8 }, (_, at) =>
      fork(program("opener"), [file, `key/${at}`], { execArgv: [] }),
    );
    await Promise.all(processes.map((child) => once(child, "message")));
    const told = Promise.all(processes.map((child) => once(child, "message")));
    for (const child of processes) child.send("go");
    expect((await told).map(([stored]) => stored as unknown)).toEqual(Array(8).fill(true));
    const database = await openStateDatabase(file, "read");
    expect(await recordStore(database).list("key/")).toHaveLength(8);
    await database.close();
  });

  it("is readable by its user only", async () => {
    await withValues("one");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(file, ".."))).mode & 0o777).toBe(0o700);
  });

  it("reads as empty where it is not there, and is not made for that", async () => {
    const database = await openStateDatabase(file, "read");
    expect(await recordStore(database).list("")).toEqual([]);
    await database.close();
    await expect(stat(file)).rejects.toThrow("ENOENT");
  });

  it("is read on storage that cannot be written, and says so when something is to be written", async () => {
    await withValues("one", "two");
    const script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && "$2" "$3" "$4"';
    const args = [folder, process.execPath, program("reader"), file];
    expect(await onOwnDisk(script, "sh", ...args)).toEqual({
      keys: ["one", "two"],
      writing: "state-read-only",
      opening: "state-read-only",
    });
  });

  it("is read there also with a log that a killed process left", async () => {
    await withValues("one");
    const writing = new DatabaseSync(file);
    writing.exec("INSERT INTO record_values (key, value, stored) VALUES ('two', x'', 0)");
    for (const suffix of ["", "-wal", "-shm"]) {
      await copyFile(`${file}${suffix}`, join(folder, `left.db${suffix}`));
    }
    writing.close();
    const script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && "$2" "$3" "$4"';
    const args = [folder, process.execPath, program("reader"), join(folder, "left.db")];
    expect(await onOwnDisk(script, "sh", ...args)).toMatchObject({ keys: ["one", "two"] });
  });

  it("says that the disk is full, ends, and has lost nothing that it had answered for", async () => {
    const script = 'mount -t tmpfs -o size=2m tmpfs "$1" && "$2" "$3" "$1/state.db"';
    const told = await onOwnDisk(script, "sh", folder, process.execPath, program("filler"));
    expect(told).toMatchObject({ code: "state-full", last: 16 * 1024 });
    const { stored, kept } = told as { readonly stored: number; readonly kept: number };
    expect(stored).toBeGreaterThan(10);
    expect(kept).toBe(stored);
  });

  it.each(["write", "read"] as const)(
    "refuses (to %s) tables of a newer version",
    async (access) => {
      await withValues("one");
      const newer = new DatabaseSync(file);
      newer.exec("PRAGMA user_version = 99");
      newer.close();
      await expect(openStateDatabase(file, access)).rejects.toThrow(
        expect.objectContaining({ code: "state-newer" }),
      );
    },
  );

  it("refuses a file that is something else", async () => {
    const other = join(folder, "other.db");
    await writeFile(other, "x".repeat(10_000));
    await expect(openStateDatabase(other)).rejects.toThrow("The file is not a database");
  });

  it("keeps a transaction that fails in its middle out", async () => {
    const database = await openStateDatabase(file);
    const import_ = { stack: "a/b/c", id: "same", content: new Uint8Array() };
    const guard = { lease: "stack/a/b/c", fence: undefined };
    await database.run("createStack", { stack: "a/b/c", tags: {} });
    await database.run("importStack", { ...import_, guard });
    await expect(database.run("importStack", { ...import_, guard })).rejects.toThrow("UNIQUE");
    expect(await database.run("getStack", { stack: "a/b/c" })).toMatchObject({ version: 1 });
    await database.close();
  });
});
