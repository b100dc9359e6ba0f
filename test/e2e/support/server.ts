/** A server of its own process, with a token for each right, and working copies that reach all through it. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stringify } from "yaml";
import { hashOf } from "../../../server/index.ts";
import { cloneRoot, temporaryFolder } from "./workspace.ts";

const PROGRAM = join(cloneRoot, "dist", "cli", "main.js");
const RIGHTS = ["read", "plan", "decide", "apply"] as const;
type Right = (typeof RIGHTS)[number];

const tokenOf = (may: Right): string => `a-token-that-may-${may}`;

/** The environment of who may that, and no more. */
export const as = (may: Right) => ({
  env: { TENANTRY_SERVER_TOKEN: tokenOf(may), PULUMI_CONFIG_PASSPHRASE: "one for all, in tests" },
});

/** The emulated Microsoft and the keys of practice, which are the same for all working copies. */
const SHARED = ["keys", "emulator"];

export class TestServer {
  readonly folder = temporaryFolder();
  readonly database: string;
  process: ChildProcess | undefined;
  url = "";

  /** @param database of others too; undefined: SQLite, in a folder of its own */
  constructor(database?: string) {
    this.database = database ?? join(this.folder, "server.sqlite");
  }

  async start(): Promise<void> {
    for (const shared of SHARED)
      mkdirSync(join(this.folder, shared), { mode: 0o700, recursive: true });
    const access = RIGHTS.map((may) => ({
      ...{ name: `who may ${may}`, may, token: `sha256:${hashOf(tokenOf(may))}` },
    }));
    const settings = stringify({ url: "https://tenantry.example.com", access });
    writeFileSync(join(this.folder, "server.yaml"), settings);
    const args = ["serve", "--json", "--listen", "0", "--database", "$TENANTRY_TEST_DATABASE"];
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: this.folder,
      env: { ...process.env, TENANTRY_TEST_DATABASE: this.database },
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      this.url = (JSON.parse(line) as { readonly url: string }).url;
      return;
    }
    throw new Error("The server ended before it served");
  }

  /** @param data folder of a working copy */
  share(data: string): void {
    mkdirSync(data, { recursive: true });
    for (const shared of SHARED) symlinkSync(join(this.folder, shared), join(data, shared));
  }

  [Symbol.dispose](): void {
    this.process?.kill("SIGKILL");
  }
}
