import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileRecordStore } from "../../../state/record/file-record-store.ts";
import type { RecordStore } from "../../../state/record/record-store.ts";
import { tenantRecord, type TenantRecord } from "../../../state/record/tenant-record.ts";
import { EMPTY } from "../../../approval/entry.ts";
import type { RecordPosition } from "../../../approval/fields.ts";
import { headOf } from "../../../approval/ledger.ts";
import {
  anna,
  bram,
  clock,
  decision,
  eva,
  ines,
  joost,
  registration,
  STACK,
  trustRoots,
} from "../../approval/support.ts";
import { testFolder } from "./folder.ts";
import { memoryRecordStore } from "./memory-record-store.ts";

function open(store: RecordStore, knownHead?: RecordPosition): TenantRecord {
  const now = () => clock(10);
  return tenantRecord({ store, stack: STACK, trustRoots, now, ...(knownHead && { knownHead }) });
}

async function registered(store: RecordStore): Promise<RecordPosition> {
  const { record } = await open(store).append(registration(EMPTY, 10, { by: [ines, joost] }));
  return headOf(record);
}

describe("a tenant's record in a folder", () => {
  it("is read back verified, by another process as well", async () => {
    const folder = await testFolder();
    const seen = await registered(fileRecordStore(folder));
    await open(fileRecordStore(folder)).append(decision(seen, 10, { by: anna }));
    const verification = await open(fileRecordStore(folder)).verify();
    if (!verification.ok) throw new Error(verification.break.message);
    expect(verification.record.statements.map(({ kind }) => kind)).toEqual([
      "registration",
      "decision",
    ]);
  });

  it("stays in order beyond the tenth entry", async () => {
    const store = fileRecordStore(await testFolder());
    const seen = await registered(store);
    for (let at = 1; at <= 11; at++) {
      const plan = `sha256:${String(at).padStart(64, "0")}`;
      await open(store).append(decision(seen, 10, { by: anna, plan }));
    }
    expect(await open(store).verify()).toMatchObject({ ok: true });
    expect(await open(store).readEntries()).toHaveLength(12);
  });

  it("refuses to be added to once an entry was changed, and names the entry", async () => {
    const folder = await testFolder();
    const store = fileRecordStore(folder);
    const seen = await registered(store);
    const file = path.join(folder, STACK, "entries", "0000000001.json");
    await writeFile(file, (await readFile(file, "utf8")).replace("08:10", "08:11"));
    const envelope = decision(seen, 10, { by: anna });
    await expect(open(store).append(envelope)).rejects.toMatchObject({ code: "reference" });
    await writeFile(file, "{}");
    await expect(open(store).append(envelope)).rejects.toMatchObject({
      code: "record-broken",
      message: expect.stringContaining("entry 1") as string,
    });
    expect(await readdir(path.dirname(file))).toHaveLength(1);
  });

  it("writes nothing when the statement is refused", async () => {
    const store = memoryRecordStore();
    const seen = await registered(store);
    const forged = decision(seen, 10, { by: eva });
    await expect(open(store).append(forged)).rejects.toMatchObject({ code: "unknown-signer" });
    expect(await store.list("")).toHaveLength(1);
  });

  it("is compared with the head that this machine has seen before", async () => {
    const store = memoryRecordStore();
    const seen = await registered(store);
    expect(await open(store, seen).verify()).toMatchObject({ ok: true });
    expect(await open(memoryRecordStore(), seen).verify()).toMatchObject({
      ok: false,
      break: { sequence: 1, reason: "rollback" },
    });
  });
});

describe("two people who add at the same time", () => {
  it("both get their entry in, one after the other", async () => {
    const store = fileRecordStore(await testFolder());
    const seen = await registered(store);
    await Promise.all([
      open(store).append(decision(seen, 10, { by: anna })),
      open(store).append(decision(seen, 10, { by: bram })),
    ]);
    const verification = await open(store).verify();
    expect(verification).toMatchObject({ ok: true });
    expect(await open(store).readEntries()).toHaveLength(3);
  });

  it("have the later statement judged by what the earlier one changed", async () => {
    let step: (() => Promise<void>) | undefined;
    const store = memoryRecordStore(async () => {
      const run = step;
      step = undefined;
      await run?.();
    });
    const seen = await registered(store);
    const envelope = decision(seen, 10, { by: anna });
    step = async () => {
      await open(store).append(envelope);
    };
    await expect(open(store).append(envelope)).rejects.toMatchObject({ code: "repeated" });
    expect(await store.list("")).toHaveLength(2);
  });

  it("are told when the record never comes to rest", async () => {
    const store = memoryRecordStore();
    const seen = await registered(store);
    const restless: RecordStore = { ...store, putIfAbsent: async () => false };
    const append = open(restless).append(decision(seen, 10, { by: anna }));
    await expect(append).rejects.toMatchObject({ code: "record-busy" });
  });
});
