/**
 * Temporary workspaces for the real command line: a small tenant file, the compiled program as a child
 * process, and digests of everything that a command may write, to show that it wrote nothing.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { afterAll } from "vitest";
import { clonePaths } from "../../../setup/index.mjs";

/** Folder of the clone, with the program in `dist` as the build left it; `npm test` builds before it tests. */
export const cloneRoot = fileURLToPath(new URL("../../../", import.meta.url));

const PROGRAM = join(cloneRoot, "dist", "cli", "main.js");

/** As bin/tenantry.mjs has it: a tenth of what a plan costs. */
const { compileCache: NODE_COMPILE_CACHE } = clonePaths(cloneRoot);

interface Person {
  readonly name: string;
  readonly jobTitle?: string;
  readonly department?: string;
}

/** Of the tenant that the files here describe, unless they say otherwise. */
export const TENANT_ID = "5f1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f";

export const ANNA = { name: "Anna Bakker", email: "anna.bakker@example.com" } as const;
export const BRAM = { name: "Bram Visser", email: "bram.visser@example.com" } as const;

const THREE_PEOPLE: readonly Person[] = [
  { name: "Anna Bakker" },
  { name: "Bram Visser" },
  { name: "Carla Smit" },
];

export interface TenantFileOptions {
  readonly tenantId?: string;
  readonly displayName?: string;
  readonly people?: readonly Person[];
  readonly decisionMakers?: readonly { readonly name: string; readonly email: string }[];
  readonly required?: number;
  /** Top-level sections of the file, instead of or beside those made here; `undefined` leaves one out. */
  readonly sections?: Readonly<Record<string, unknown>>;
}

export const upnOf = (name: string): string =>
  `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;

/** A tenant file with everything that the policies ask for, and three people. */
export function aTenantFile(options: TenantFileOptions = {}): string {
  const { people = THREE_PEOPLE, decisionMakers = [ANNA], required = 1 } = options;
  return stringify({
    version: 1,
    tenant: {
      id: options.tenantId ?? TENANT_ID,
      displayName: options.displayName ?? "Example Accountants",
      initialDomain: "example.onmicrosoft.com",
      domains: ["example.com"],
      language: "nl",
      country: "NL",
    },
    managedBy: { name: "Voorbeeld Beheer", domains: ["beheer.example"] },
    contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "brons" },
    approval: { decisionMakers, required },
    backup: {
      vendor: "veeam",
      location: { name: "Datacentrum Noord", country: "NL" },
      operator: "Kluis",
      covers: { mailboxes: "all", sites: "all" },
      retention: { until: "contract-end" },
      keyHeldBy: "Voorbeeld Beheer",
    },
    users: people.map(({ name, ...properties }) => ({
      userPrincipalName: upnOf(name),
      displayName: name,
      usageLocation: "NL",
      ...properties,
    })),
    ...options.sections,
  });
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was printed because of `--json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The code of a refusal, such as "other-digest". */
  readonly refusal: string | undefined;
}

export type TextOutcome = Omit<Outcome, "json" | "refusal">;

export interface RunOptions {
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the command is called; the workspace itself when left out. */
  readonly cwd?: string;
  /** Another `main.js` than that of the clone. */
  readonly program?: string;
  /** Command and arguments that run it: see own-disk.ts. */
  readonly inside?: readonly string[];
}

/** A workspace in a temporary folder, removed after the tests of the file. */
export class TestWorkspace {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static create(
    files: Readonly<Record<string, string>> = { example: aTenantFile() },
  ): TestWorkspace {
    const workspace = new TestWorkspace(temporaryFolder());
    for (const [stack, text] of Object.entries(files)) workspace.declare(text, stack);
    return workspace;
  }

  /** The same workspace once more, with everything that commands left in it so far. */
  copy(): TestWorkspace {
    const root = temporaryFolder();
    cpSync(this.root, root, { recursive: true });
    return new TestWorkspace(root);
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  /** Path of something in `.tenantry`. */
  data(...parts: readonly string[]): string {
    return this.path(".tenantry", ...parts);
  }

  declare(tenantFile: string, stack = "example"): void {
    this.write(join("stacks", stack, "tenant.yaml"), tenantFile);
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
  }

  /** Runs `tenantry <args> --json` and waits for its end. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const outcome = await runText(this.root, [...args, "--json"], options);
    const json = parseJson(outcome.stdout);
    const error = json.error as { code?: string } | undefined;
    return { ...outcome, json, refusal: error?.code };
  }

  /** Runs it as a person would, without `--json`. */
  async text(args: readonly string[], options: RunOptions = {}): Promise<TextOutcome> {
    return await runText(this.root, args, options);
  }

  /** Runs the command and fails the test unless it ends with 0. */
  async succeed(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const outcome = await this.run(args, options);
    if (outcome.exitCode !== 0) {
      throw new Error(
        `${args.join(" ")} ended with ${outcome.exitCode}:\n${outcome.stdout}${outcome.stderr}`,
      );
    }
    return outcome;
  }

  /** Digests of what an apply writes: the emulated services, Pulumi's state, the record. */
  written(stack = "example"): Readonly<Record<"services" | "state" | "record", string>> {
    return {
      services: digestOfDatabase(this.data("emulator", "state.sqlite")),
      state: digestOfState(this.data("state.sqlite")),
      record: digestOfRecord(this.data("state.sqlite"), `${stack}/entries/`),
    };
  }
}

const created: string[] = [];

/** A new folder, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-test-"));
  created.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of created.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** As a person runs it: without `--json`. */
export async function runText(
  workspace: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<TextOutcome> {
  const { inside = [], program = PROGRAM } = options;
  const [command = "", ...words] = [...inside, process.execPath, program, ...args];
  return await new Promise((resolve, reject) => {
    execFile(
      command,
      [...words, "--workspace", workspace],
      {
        cwd: options.cwd ?? workspace,
        env: { ...process.env, NODE_COMPILE_CACHE, NO_COLOR: "1", ...options.env },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode === "number") resolve({ exitCode, stdout, stderr });
        else reject(error ?? new Error("The program ended without a code"));
      },
    );
  });
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Signing in at the backup vendor leaves one; it changes nothing of the customer. */
const SESSION = "veeam.session";

/** Everything that the emulated services hold; counters and waiting jobs are the emulator's own. */
function digestOfDatabase(file: string): string {
  if (!existsSync(file)) return "none";
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const hash = createHash("sha256");
    for (const table of ["objects", "keys", "links"]) {
      const rows = database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4, 5`).all();
      const kept = rows.filter(({ type }) => type !== SESSION);
      hash.update(`${table}\n${JSON.stringify(kept)}\n`);
    }
    return hash.digest("hex");
  } finally {
    database.close();
  }
}

/** What Pulumi's state holds of each stack; previews, which change nothing, leave rows of their own. */
function digestOfState(file: string): string {
  if (!existsSync(file)) return "none";
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const hash = createHash("sha256");
    const rows = database
      .prepare(
        "SELECT stack, content FROM deployments GROUP BY stack HAVING version = max(version)",
      )
      .all();
    for (const { stack, content } of rows) {
      hash.update(`${String(stack)}\0`).update(content as Uint8Array);
    }
    return hash.digest("hex");
  } finally {
    database.close();
  }
}

/** Keys and values of the record below the prefix. */
function digestOfRecord(file: string, prefix: string): string {
  if (!existsSync(file)) return "none";
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare("SELECT key, value FROM record_values WHERE key >= ? AND key < ? ORDER BY key")
      .all(prefix, `${prefix}~`);
    if (rows.length === 0) return "none";
    const hash = createHash("sha256");
    for (const { key, value } of rows) hash.update(`${String(key)}\0`).update(value as Uint8Array);
    return hash.digest("hex");
  } finally {
    database.close();
  }
}
