import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileRecordStore } from "../../../state/record/file-record-store.ts";
import type { RecordStore } from "../../../state/record/record-store.ts";
import {
  tenantRecord,
  type Ledger,
  type TenantRecord,
} from "../../../state/record/tenant-record.ts";
import type { Envelope } from "../../../approval/dsse.ts";
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

/** @param known what this machine has seen before */
function open(store: RecordStore, known?: RecordPosition): TenantRecord {
  const heads = { read: async () => known, write: async () => undefined };
  return tenantRecord({ store, stack: STACK, trustRoots, now: () => clock(10), heads });
}

async function append(store: RecordStore, envelope: Envelope): Promise<Ledger> {
  return await (await open(store).open()).append(envelope);
}

async function registered(store: RecordStore): Promise<RecordPosition> {
  const { record } = await append(store, registration(EMPTY, 10, { by: [ines, joost] }));
  return headOf(record);
}

describe("a tenant's record in a folder", () => {
  it("is read back verified, by another process as well", async () => {
    const folder = await testFolder();
    const seen = await registered(fileRecordStore(folder));
    await append(fileRecordStore(folder), decision(seen, 10, { by: anna }));
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
      await append(store, decision(seen, 10, { by: anna, plan }));
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
    await expect(append(store, envelope)).rejects.toMatchObject({ code: "reference" });
    await writeFile(file, "{}");
    await expect(append(store, envelope)).rejects.toMatchObject({
      code: "record-broken",
      message: expect.stringContaining("entry 1") as string,
    });
    expect(await readdir(path.dirname(file))).toHaveLength(1);
  });

  it("writes nothing when the statement is refused", async () => {
    const store = memoryRecordStore();
    const seen = await registered(store);
    const forged = decision(seen, 10, { by: eva });
    await expect(append(store, forged)).rejects.toMatchObject({ code: "unknown-signer" });
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

it("is whole while others add to it and to the heads that this machine knows", async () => {
  const memory = memoryRecordStore();
  let known = await registered(memory);
  const heads = { read: async () => known, write: async () => undefined };
  const othersAdd = async () => {
    const { record } = await append(memory, decision(known, 10, { by: anna }));
    known = headOf(record);
  };
  // Right after the entries were listed.
  const store: RecordStore = {
    ...memory,
    list: async (prefix) => {
      const keys = await memory.list(prefix);
      await othersAdd();
      return keys;
    },
  };
  const record = tenantRecord({ store, stack: STACK, trustRoots, now: () => clock(10), heads });
  expect(await record.verify()).toMatchObject({ ok: true });
});

describe("an open ledger", () => {
  it("reads and verifies each entry once, whoever added it", async () => {
    const reads: string[] = [];
    const memory = memoryRecordStore();
    const store: RecordStore = {
      ...memory,
      get: async (key) => {
        reads.push(key);
        return await memory.get(key);
      },
    };
    const seen = await registered(memory);
    let ledger = await open(store).open();
    ledger = await ledger.append(decision(seen, 10, { by: anna }));
    await append(memory, decision(seen, 10, { by: bram }));
    ledger = await ledger.renew();
    expect(ledger.record.statements).toHaveLength(3);
    // Its own entry is known already; those of others are read when they are met.
    expect(reads.map((key) => key.split("/").at(-1))).toEqual([
      "0000000001.json",
      "0000000003.json",
    ]);
  });

  it("refuses what others added when that does not hold", async () => {
    const store = memoryRecordStore();
    await registered(store);
    const ledger = await open(store).open();
    await store.putIfAbsent(`${STACK}/entries/0000000002.json`, Buffer.from("{}"));
    await expect(ledger.renew()).rejects.toMatchObject({
      code: "record-broken",
      message: expect.stringContaining("entry 2") as string,
    });
  });

  it("remembers the newest head", async () => {
    const store = memoryRecordStore();
    const written: number[] = [];
    const heads = {
      read: async () => undefined,
      write: async (_: string, { sequence }: RecordPosition) => void written.push(sequence),
    };
    const now = () => clock(10);
    const ledger = await tenantRecord({ store, stack: STACK, trustRoots, now, heads }).open();
    await ledger.append(registration(EMPTY, 10, { by: [ines, joost] }));
    expect(written).toEqual([0, 1]);
  });
});

describe("two people who add at the same time", () => {
  it("both get their entry in, one after the other", async () => {
    const store = fileRecordStore(await testFolder());
    const seen = await registered(store);
    await Promise.all([
      append(store, decision(seen, 10, { by: anna })),
      append(store, decision(seen, 10, { by: bram })),
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
      await append(store, envelope);
    };
    await expect(append(store, envelope)).rejects.toMatchObject({ code: "repeated" });
    expect(await store.list("")).toHaveLength(2);
  });

  it("are told when the record never comes to rest", async () => {
    const store = memoryRecordStore();
    const seen = await registered(store);
    const restless: RecordStore = { ...store, putIfAbsent: async () => false };
    await expect(append(restless, decision(seen, 10, { by: anna }))).rejects.toMatchObject({
      code: "record-busy",
    });
  });
});
