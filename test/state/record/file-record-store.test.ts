import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileRecordStore, recordFolder } from "../../../state/record/file-record-store.ts";
import { testFolder } from "./folder.ts";
import { memoryRecordStore } from "./memory-record-store.ts";
import { recordStoreConformance } from "./record-store-conformance.ts";

recordStoreConformance("a folder", async () => {
  const folder = path.join(await testFolder(), "not", "there", "yet");
  return { store: fileRecordStore(folder), other: fileRecordStore(folder) };
});
recordStoreConformance("memory", async () => {
  const store = memoryRecordStore();
  return { store, other: store };
});

describe("a folder", () => {
  it("lies beside Pulumi's own files", () => {
    expect(recordFolder(path.join("state", "here"))).toBe(
      path.join("state", "here", ".tenantry-record"),
    );
  });

  it("holds one file per key with the value's bytes, and nothing that is half done", async () => {
    const folder = await testFolder();
    const store = fileRecordStore(folder);
    await store.putIfAbsent("contoso/entries/1.json", Buffer.from("{}"));
    await store.putIfAbsent("contoso/entries/1.json", Buffer.from("[]"));
    expect(await readdir(path.join(folder, "contoso", "entries"))).toEqual(["1.json"]);
    expect(await readFile(path.join(folder, "contoso", "entries", "1.json"), "utf8")).toBe("{}");
  });

  it("does not take what a crashed writer left for a value", async () => {
    const folder = await testFolder();
    await writeFile(path.join(folder, ".writing-1234"), '{"half');
    expect(await fileRecordStore(folder).list("")).toEqual([]);
  });

  it("says so when it cannot write, instead of finding the key taken", async () => {
    const folder = await testFolder();
    const put = fileRecordStore(folder).putIfAbsent("k".repeat(300), Buffer.from("{}"));
    await expect(put).rejects.toMatchObject({ code: "ENAMETOOLONG" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("says so when it cannot read, instead of finding nothing", async () => {
    const folder = await testFolder();
    await writeFile(path.join(folder, "contoso"), "a file where a folder should be");
    await mkdir(path.join(folder, "value"));
    const store = fileRecordStore(folder);
    await expect(store.list("contoso/")).rejects.toMatchObject({ code: "ENOTDIR" });
    await expect(store.get("value")).rejects.toMatchObject({ code: "EISDIR" });
  });
});
