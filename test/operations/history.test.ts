import { describe, expect, it } from "vitest";
import { decide } from "../../operations/decide.ts";
import { verifyLog } from "../../operations/history.ts";
import { planTenant } from "../../operations/plan.ts";
import { aWorld, PIETER, STACK } from "./support.ts";

async function decidedTwice() {
  const { context } = aWorld();
  await planTenant(context, { stack: STACK, refresh: false, isNew: false });
  const request = { stack: STACK, digest: undefined, remark: "", shown: [] };
  const first = await decide(context, { ...request, email: undefined, decision: "approved" });
  const second = await decide(context, { ...request, email: PIETER, decision: "refused" });
  return { context, first, second };
}

describe("a receipt", () => {
  it("is an entry that the record goes on to hold", async () => {
    const { context, first, second } = await decidedTwice();
    for (const { receipt } of [first, second]) {
      const verified = await verifyLog(context, { stack: STACK, receipt });
      expect(verified.head).toEqual(second.receipt);
    }
  });

  it("tells of a record that was cut off where nothing else remembers it", async () => {
    const { context, second } = await decidedTwice();
    const { records } = context;
    const isCut = (key: string): boolean => key.endsWith("/entries/0000000003.json");
    const cut = {
      ...context,
      records: {
        ...records,
        get: async (key: string) => (isCut(key) ? undefined : await records.get(key)),
        list: async (prefix: string) => (await records.list(prefix)).filter((key) => !isCut(key)),
      },
    };
    expect((await verifyLog(cut, { stack: STACK, receipt: undefined })).entries).toBe(2);
    const verified = verifyLog(cut, { stack: STACK, receipt: second.receipt });
    await expect(verified).rejects.toThrow("The record breaks at entry 3");
  });

  it("tells of an entry that was replaced", async () => {
    const { context, second } = await decidedTwice();
    const receipt = { ...second.receipt, hash: "0".repeat(64) };
    await expect(verifyLog(context, { stack: STACK, receipt })).rejects.toMatchObject({
      code: "record-broken",
    });
  });
});
