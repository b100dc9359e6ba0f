/** Two servers, each a process of its own, on one Postgres; and what stands in front of them. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { hashOf } from "../../../server/tokens.ts";
import { frontOf } from "../../../test/e2e/support/front.ts";
import type { Front } from "../../../test/e2e/support/front.ts";
import { startIssuer } from "../../../test/server/support/issuer.ts";
import { startPostgres } from "../../../test/state/support/postgres.ts";

const PROGRAM = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const AUDIENCE = "https://tenantry.example.com";
const WATCHER = "a-token-that-only-reads";

export interface Servers extends AsyncDisposable {
  /** Of each, with the other one behind it. */
  readonly fronts: readonly Front[];
  /** A token of the platform, good for one sign-in. */
  token(): Promise<string>;
  /** Kills one, and starts it again after a while, where it was. */
  killOne(at: number): Promise<void>;
  /** Tries tokens at that one, from the address that the runners come from too: their signing in has to wait. */
  guess(at: number): Promise<number>;
  /** Of the watcher, for looking at the end. */
  readonly watcher: string;
}

const DOWN_MS = 2_000;

export async function startServers(folder: string): Promise<Servers> {
  const postgres = await startPostgres();
  const database = await postgres.database();
  const issuer = await startIssuer(AUDIENCE);
  const github = { repository: "voorbeeld/tenants", environment: "production", issuer: issuer.url };
  const watcher = { name: "watcher", may: "read", token: `sha256:${hashOf(WATCHER)}` };
  const access = [{ name: "fleet", may: "apply", github }, watcher];
  const file = join(folder, "server.yaml");
  writeFileSync(file, stringify({ url: AUDIENCE, access }));
  const start = async (port: string): Promise<Running> => {
    const args = ["serve", "--json", "--settings", file, "--listen", port];
    const child = spawn(process.execPath, [PROGRAM, ...args, "--database", "$FLEET_DATABASE"], {
      cwd: folder,
      env: { ...process.env, FLEET_DATABASE: database },
      stdio: ["ignore", "pipe", "ignore"],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      return { child, url: (JSON.parse(line) as { readonly url: string }).url };
    }
    throw new Error("A server ended before it served");
  };
  const running = [await start("0"), await start("0")];
  const urls = running.map(({ url }) => url);
  const fronts = await Promise.all([frontOf(urls), frontOf(urls.toReversed())]);
  const token = (): Promise<string> => issuer.token();
  return {
    ...{ fronts, token, watcher: WATCHER },
    killOne: async (at) => {
      const dying = running[at % running.length];
      if (dying === undefined) return;
      await ended(dying.child);
      await new Promise((resolve) => setTimeout(resolve, DOWN_MS));
      running[at % running.length] = await start(new URL(dying.url).port);
    },
    guess: (at) => guess(urls[at % urls.length] ?? ""),
    [Symbol.asyncDispose]: async () => {
      for (const front of fronts) await front[Symbol.asyncDispose]();
      for (const { child } of running) await ended(child);
      await issuer[Symbol.asyncDispose]();
      await postgres.close();
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, "exit");
  child.kill("SIGKILL");
  await over;
}

const GUESSES = 100;

/** @returns how often it was refused unread */
async function guess(url: string): Promise<number> {
  let refused = 0;
  for (let count = 0; count < GUESSES; count += 1) {
    const headers = { authorization: `Bearer guess-${count}` };
    const answer = await fetch(`${url}/metrics`, { headers });
    await answer.arrayBuffer();
    if (answer.status === 429) refused += 1;
  }
  return refused;
}
