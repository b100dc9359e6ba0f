/** A record store in a folder: one file per key, published whole by a hard link, synced before it counts. */
import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, unlink } from "node:fs/promises";
import path from "node:path";
import { checkedKey, type RecordStore } from "./record-store.ts";

/** Keys cannot start with a dot, so files in the making are never taken for values. */
const TEMPORARY = ".writing-";

/** Folder of the records beside a file backend of Pulumi. */
export function recordFolder(backendFolder: string): string {
  return path.join(backendFolder, ".tenantry-record");
}

export function fileRecordStore(folder: string): RecordStore {
  const fileOf = (key: string) => path.join(folder, ...checkedKey(key).split("/"));

  return {
    async putIfAbsent(key, value) {
      const target = fileOf(key);
      const parent = path.dirname(target);
      await makeFolder(parent);
      const temporary = path.join(parent, `${TEMPORARY}${randomUUID()}`);
      await writeSynced(temporary, value);
      try {
        await link(temporary, target);
      } catch (error) {
        if (isCode(error, "EEXIST")) return false;
        throw error;
      } finally {
        await unlink(temporary);
      }
      await syncFolder(parent);
      return true;
    },

    async get(key) {
      try {
        return await readFile(fileOf(key));
      } catch (error) {
        if (isCode(error, "ENOENT")) return undefined;
        throw error;
      }
    },

    async list(prefix) {
      // Only the part up to the last slash names a folder; the rest may be the start of a file's name.
      const within = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      if (within !== "") checkedKey(within.slice(0, -1));
      const keys = await keysBelow(folder, within);
      return keys.filter((key) => key.startsWith(prefix)).sort();
    },
  };
}

async function keysBelow(folder: string, within: string): Promise<string[]> {
  let files;
  try {
    files = await readdir(path.join(folder, within), { withFileTypes: true });
  } catch (error) {
    if (isCode(error, "ENOENT")) return [];
    throw error;
  }
  const keys: string[] = [];
  for (const file of files) {
    if (file.isDirectory()) keys.push(...(await keysBelow(folder, `${within}${file.name}/`)));
    else if (!file.name.startsWith(TEMPORARY)) keys.push(`${within}${file.name}`);
  }
  return keys;
}

/** New folders are synced into their parents: else a crash could lose the folder with the synced file. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made)) {
    await syncFolder(path.dirname(made));
  }
}

async function writeSynced(file: string, value: Uint8Array): Promise<void> {
  const handle = await open(file, "wx", 0o644);
  try {
    await handle.writeFile(value);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; there the file system's journal keeps the entry.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
