import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeForClients, sampleCredentials } from "../../emulator/standalone.ts";
import { startTestEmulator } from "./support/emulator.ts";

it("the account that is printed for the backup vendor signs in there", async () => {
  const emulator = await startTestEmulator();
  const directory = mkdtempSync(join(tmpdir(), "tenantry-test-"));
  try {
    const credentials = sampleCredentials(emulator, { directory, people: 1 });
    const text = describeForClients(emulator, { directory, credentials });
    const [, address] = /Backup \(Veeam v8\) +(\S+)/.exec(text) ?? [];
    const [, username, password] = /Backup account +(\S+) \/ (\S+)/.exec(text) ?? [];
    const answer = await emulator.fetch(`${String(address)}/v8/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "password",
        username: String(username),
        password: String(password),
      }),
    });
    expect(answer.status).toBe(200);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
