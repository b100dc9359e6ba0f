/** A workspace in a temporary folder, driven by the built command line, and what the emulated services hold in it. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";

/** What a database of the first version has. */
const FIRST_TABLES = ["deployments", "journal", "leases", "record_values", "stacks", "updates"];

const root = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(root, "dist", "cli", "main.js");

const STACK = "contoso";
export const SAMPLE = readFileSync(join(root, "stacks", STACK, "tenant.yaml"), "utf8");

export interface Ended {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly output: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** What people would call the same object, and must not find twice. */
const NAMED = ["user", "group", "sharepoint.site", "veeam.job"];

export class TortureWorkspace {
  readonly folder: string;

  constructor(tenantFile?: string) {
    this.folder = mkdtempSync(join(tmpdir(), "tenantry-torture-"));
    if (tenantFile !== undefined) this.declare(tenantFile);
  }

  declare(tenantFile: string): void {
    const file = join(this.folder, "stacks", STACK, "tenant.yaml");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, tenantFile);
  }

  /** The same once more, with everything that commands left in it. */
  copy(): TortureWorkspace {
    const other = new TortureWorkspace();
    cpSync(this.folder, other.folder, { recursive: true });
    return other;
  }

  /** Leaves the database as the first version made it: whatever opens it next for writing upgrades it. */
  downgrade(): void {
    const database = new DatabaseSync(this.#database);
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    for (const { name } of tables)
      if (!FIRST_TABLES.includes(String(name))) database.exec(`DROP TABLE ${String(name)}`);
    database.exec("PRAGMA user_version = 1");
    database.close();
  }

  /** Whether a command has the database open for writing. */
  isOpen(): boolean {
    return existsSync(`${this.#database}-wal`);
  }

  get #database(): string {
    return join(this.folder, ".tenantry", "state.sqlite");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** In a process group of its own, so that all of it can be killed at once. */
  start(...words: readonly string[]): Running {
    const [command = "", ...options] = words;
    const args = [PROGRAM, command, STACK, ...options, "--workspace", this.folder];
    const child = spawn(process.execPath, args, {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    let output = "";
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode) => {
        resolve({ exitCode, output });
      });
    });
    return { child, ended };
  }

  run(...words: readonly string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  /** @throws Error when it does not end with 0 */
  async succeed(...words: readonly string[]): Promise<void> {
    const { exitCode, output } = await this.run(...words);
    if (exitCode !== 0) throw new Error(`${words.join(" ")} ended with ${exitCode}:\n${output}`);
  }

  /** Objects that have a name, as `type name`, sorted. */
  names(): readonly string[] {
    const file = join(this.folder, ".tenantry", "emulator", "state.sqlite");
    if (!existsSync(file)) return [];
    const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    try {
      const hasTable = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'objects'").get();
      if (hasTable === undefined) return [];
      const rows = database
        .prepare(
          `SELECT type || ' ' || coalesce(json ->> 'userPrincipalName', json ->> 'mailNickname', json ->> 'webUrl',
             json ->> 'name') AS name
           FROM objects WHERE deleted IS NULL AND type IN (${NAMED.map(() => "?").join(", ")}) ORDER BY 1`,
        )
        .all(...NAMED);
      return rows.map(({ name }) => String(name));
    } finally {
      database.close();
    }
  }
}
