/**
 * A contract suite: clients that nobody here wrote do typical administration, and a table says what came of it.
 *
 *   npm run emulator:clients                        against an emulator of its own
 *   npm run emulator:clients -- --node              clients for Node only, as CI runs it
 *   npm run emulator:clients -- --tenant            against the test tenant that M365_TENANT and others name; reads only
 *   npm run emulator:clients -- --tenant --write    also what writes
 *
 * Ends with 1 when anything is wrong. Against a tenant, what is wrong there is a candidate for the list of differences.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { clients, install, type InstalledClient } from "./install.ts";
import { emulatorTarget, tenantTarget, type Target } from "./target.ts";

interface Result {
  name: string;
  outcome: "ok" | "wrong" | "not served";
  detail?: string;
}

const { values } = parseArgs({
  options: {
    node: { type: "boolean", default: false },
    tenant: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

/** A script that ends without a line of its own is wrong as a whole. */
async function runClient(client: InstalledClient, target: Target): Promise<Result[]> {
  const child = spawn(client.program, [join(client.folder, client.script)], {
    cwd: client.folder,
    env: {
      ...process.env,
      PYTHONPATH: join(client.folder, "packages"),
      ...target.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const results: Result[] = [];
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("{")) results.push(JSON.parse(line) as Result);
  }
  const code = await ended;
  if (code !== 0) {
    const detail = errors.trim().split("\n").at(-1) ?? "";
    results.push({ name: "the whole script", outcome: "wrong", detail });
  }
  return results;
}

function print(client: InstalledClient, results: readonly Result[]): void {
  const versions = Object.entries(client.packages).map(([name, version]) => `${name} ${version}`);
  process.stdout.write(`\n${client.name} (${versions.join(", ")})\n`);
  for (const { name, outcome, detail = "" } of results) {
    const reason = outcome === "ok" ? "" : `  ${detail.replaceAll(/\s+/g, " ")}`;
    process.stdout.write(`  ${outcome.padEnd(11)}${name}${reason}\n`);
  }
}

function summary(rows: readonly { client: string; results: readonly Result[] }[]): string {
  const count = (results: readonly Result[], outcome: Result["outcome"]): number =>
    results.filter((result) => result.outcome === outcome).length;
  const lines = rows.map(
    ({ client, results }) =>
      `| ${client.padEnd(30)} | ${count(results, "ok")} | ${count(results, "wrong")} | ${count(results, "not served")} |`,
  );
  return `\n| client                         | ok | wrong | not served |\n|---|---|---|---|\n${lines.join("\n")}\n`;
}

const target = values.tenant ? tenantTarget({ mayWrite: values.write }) : await emulatorTarget();
const rows: { client: string; results: Result[] }[] = [];
try {
  process.stdout.write(`Clients against ${target.name}\n`);
  for (const client of clients.filter(({ runtime }) => !values.node || runtime === "node")) {
    const installed = await install(client);
    if (installed === undefined) {
      process.stdout.write(`\n${client.name}: left out, this machine has no ${client.runtime}\n`);
      continue;
    }
    const results = await runClient(installed, target);
    print(installed, results);
    rows.push({ client: client.name, results });
  }
} finally {
  await target.close();
}
process.stdout.write(summary(rows));
process.exitCode = rows.some(({ results }) => results.some(({ outcome }) => outcome === "wrong"))
  ? 1
  : 0;
