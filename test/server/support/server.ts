/** A server in this process on a database of its own, and clients of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { writeFileSync } from "node:fs";
import { hashOf, readServerSettings, serve } from "../../../server/index.ts";
import type { ServerSettings } from "../../../server/index.ts";
import type { LogEntry } from "../../../server/telemetry.ts";
import type { StateDatabase } from "../../../state/index.ts";
import { openServerDatabase } from "../../../state/remote/server-database.ts";
import type { Identity } from "../../../state/remote/sign-in.ts";

/** May do everything. */
export const TOKEN = "a-token-of-the-tests-that-may-apply";

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly file: string;
  readonly log: LogEntry[];
  /** Signed in with this token. */
  database(token?: string): StateDatabase;
  /** Stops it, and leaves the database. */
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** A database that is there; of its own when left out. */
  readonly file?: string;
  readonly port?: number;
  readonly access?: readonly object[];
  readonly url?: string;
  /** As the settings have them. */
  readonly portal?: object;
  readonly engineers?: object;
}

export const tokenOnly = (known: string): Identity => ({
  known,
  platformToken: () => Promise.resolve(undefined),
});

const everything = { name: "tests", may: "apply", token: `sha256:${hashOf(TOKEN)}` };

export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "server-"));
  const { file = join(folder, "server.sqlite"), port = 0 } = options;
  const log: LogEntry[] = [];
  const running = await serve({
    database: file,
    settings: settingsIn(folder, options),
    listen: { host: "127.0.0.1", port },
    log: (entry) => log.push(entry),
  });
  return {
    url: running.url,
    file,
    log,
    database: (token = TOKEN) => openServerDatabase(running.url, tokenOnly(token)),
    stop: () => running.close(),
    [Symbol.asyncDispose]: async () => {
      await running.close();
      await rm(folder, { recursive: true });
    },
  };
}

function settingsIn(
  folder: string,
  { access = [], url = "https://tenantry.example.com", portal, engineers }: TestServerOptions,
): ServerSettings {
  const file = join(folder, "server.yaml");
  writeFileSync(file, stringify({ url, access: [everything, ...access], portal, engineers }));
  return readServerSettings(file);
}
