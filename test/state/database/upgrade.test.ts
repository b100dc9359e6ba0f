import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openStateDatabase, recordStore } from "../../../state/index.ts";
import { testFolder } from "../record/folder.ts";

const OPENER = fileURLToPath(new URL("../support/opener.ts", import.meta.url));

/** After the file was opened: before, in or after the upgrade, as the machine has it. */
const DEATHS_MS = [0, 0, 1, 2, 4, 8];

it("a database of the version before is upgraded whatever dies while it is, and keeps what it has", async () => {
  const file = join(await testFolder(), "state.sqlite");
  const first = await openStateDatabase(file);
  await recordStore(first).putIfAbsent("contoso/entries/1", Buffer.from("{}"));
  await first.close();
  for (const [round, afterMs] of DEATHS_MS.entries()) {
    downgrade(file);
    const child = fork(OPENER, [file, `contoso/entries/${round + 2}`]);
    await once(child, "message");
    child.send("go");
    const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
    // The file is gone again when it is done, which a busy machine may miss.
    while (!existsSync(`${file}-wal`) && !hasEnded()) await sleep(0);
    await sleep(afterMs);
    child.kill("SIGKILL");
    if (!hasEnded()) await once(child, "exit");
    const next = await openStateDatabase(file);
    expect(await next.run("openCreations", "contoso")).toEqual([]);
    const kept = await recordStore(next).get("contoso/entries/1");
    await next.close();
    expect(Buffer.from(kept ?? []).toString()).toBe("{}");
    expect(inOrder(file)).toEqual({ version: 4, check: "ok" });
  }
}, 120_000);

function downgrade(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(
    "DROP TABLE answers; DROP TABLE used_tokens; DROP TABLE sessions; DROP TABLE outbox; PRAGMA user_version = 2",
  );
  database.close();
}

function inOrder(file: string): { readonly version: unknown; readonly check: unknown } {
  const database = new DatabaseSync(file, { readOnly: true });
  const version = database.prepare("PRAGMA user_version").get()?.user_version;
  const check = database.prepare("PRAGMA integrity_check").get()?.integrity_check;
  database.close();
  return { version, check };
}
