import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { isCertainlyGone, processTable } from "../../../state/leases/process-table.ts";

const table = processTable();

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

describe.runIf(table !== undefined)("a process", () => {
  it("of this table whose number nobody has is gone", async () => {
    expect(isCertainlyGone({ pid: await deadPid(), table: table ?? "" })).toBe(true);
  });

  it("that runs is not, whoever owns it", () => {
    expect(isCertainlyGone({ pid: process.pid, table: table ?? "" })).toBe(false);
    expect(isCertainlyGone({ pid: 1, table: table ?? "" })).toBe(false);
  });

  it("of another machine, another start of this one or another container says nothing", async () => {
    const pid = await deadPid();
    expect(isCertainlyGone({ pid, table: `${table} ` })).toBe(false);
    expect(isCertainlyGone({ pid })).toBe(false);
  });
});
