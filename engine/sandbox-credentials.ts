/** With what this program signs in to emulated tenants: made at the first run, never committed. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeApplicationCertificate } from "../emulator/index.ts";
import type { ApplicationCertificate } from "../emulator/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { readJsonFile } from "../core/json-file.ts";

export interface ApplicationCredentials extends ApplicationCertificate {
  /** For the official azuread plugin, which takes no certificate in PEM. */
  readonly clientSecret: string;
}

export async function applicationCredentials(directory: string): Promise<ApplicationCredentials> {
  const path = join(directory, "application-credentials.json");
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(await makeCredentials()), { mode: 0o600 });
    // Of two commands that start at once the later one wins, whole; the emulator learns either.
    renameSync(temporary, path);
  }
  const kept = readJsonFile(path);
  if (kept !== undefined) return kept as ApplicationCredentials;
  throw new ExpectedError("emulator-unusable", `${path} is damaged.`, {
    hint: "Delete the file; it will be recreated.",
  });
}

const makeCredentials = async (): Promise<ApplicationCredentials> => ({
  ...(await makeApplicationCertificate("tenantry")),
  clientSecret: randomBytes(24).toString("base64url"),
});
