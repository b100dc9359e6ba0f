import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withLock } from "../../setup/lock.mjs";
import { temporaryFolder } from "../scripts/support/fake-machine.ts";

const lockModule = join(import.meta.dirname, "../../setup/lock.mjs");

function heldBy(lock: string, pid: number): void {
  mkdirSync(lock, { recursive: true });
  writeFileSync(
    join(lock, "owner.json"),
    JSON.stringify({ pid, host: hostname(), token: "of-somebody" }),
  );
}

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.on("close", resolve));
  return child.pid ?? 0;
}

test("lets one after the other in", async () => {
  const lock = join(temporaryFolder(), "lock");
  const events: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    events.push(`${name} in`);
    await new Promise(setImmediate);
    events.push(`${name} out`);
  };
  await Promise.all(["a", "b", "c"].map((name) => withLock(lock, work(name), { pollMs: 1 })));
  for (let index = 0; index < events.length; index += 2) {
    expect(events[index + 1]).toBe(events[index]?.replace("in", "out"));
  }
  expect(events).toHaveLength(6);
});

test("gives a folder that is gone afterwards, also after a failure", async () => {
  const folder = temporaryFolder();
  const lock = join(folder, "lock");
  const failing = withLock(lock, async (workFolder) => {
    writeFileSync(join(workFolder, "half-made"), "");
    throw new Error("stopped");
  });
  await expect(failing).rejects.toThrow("stopped");
  expect(readdirSync(folder)).toEqual([]);
});

test("takes over from a process that has ended, and leaves nothing of it", async () => {
  const folder = temporaryFolder();
  const lock = join(folder, "lock");
  heldBy(lock, await endedProcess());
  writeFileSync(join(lock, "half-made"), "");
  const seen = await withLock(lock, async (workFolder) => readdirSync(workFolder), { pollMs: 1 });
  expect(seen).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("takes over from a holder that gave no sign of life for long, though its process id is in use", async () => {
  const lock = join(temporaryFolder(), "lock");
  heldBy(lock, process.pid);
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(lock, longAgo, longAgo);
  expect(await withLock(lock, async () => "in", { pollMs: 1 })).toBe("in");
});

test("waits for a living holder and says who it is", async () => {
  const lock = join(temporaryFolder(), "lock");
  const holders: (number | undefined)[] = [];
  let letGo = (): void => undefined;
  const first = withLock(lock, () => new Promise<void>((resolve) => (letGo = resolve)));
  const second = withLock(lock, async () => "second", {
    pollMs: 1,
    onWait: (pid) => {
      holders.push(pid);
      letGo();
    },
  });
  await first;
  expect(await second).toBe("second");
  expect(holders[0]).toBe(process.pid);
});

test.skipIf(process.platform === "win32")(
  "is released when its holder is interrupted",
  async () => {
    const lock = join(temporaryFolder(), "lock");
    const script = `
    import { withLock } from ${JSON.stringify(lockModule)};
    setInterval(() => undefined, 1000);
    await withLock(${JSON.stringify(lock)}, () => { console.log("in"); return new Promise(() => undefined); });
  `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
    const closed = new Promise((resolve) => child.on("close", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(existsSync(lock)).toBe(true);
    child.kill("SIGINT");
    expect(await closed).toBe(130);
    expect(existsSync(lock)).toBe(false);
  },
);
