import { readFileSync, writeFileSync } from "node:fs";
import type { Emulator, RequestLogEntry } from "../../emulator/index.ts";
import type { CommandContext, CommandDefinition, CommandInput, Outcome } from "../command.ts";
import { textOption } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { emulatorDirectory } from "../../engine/index.ts";

const PEOPLE = 25;
const SEED = 1;

export const emulator: CommandDefinition = {
  name: "emulator",
  summary: "Run this workspace's Microsoft 365 emulator for other programs, until Ctrl-C",
  args: [],
  options: [
    { flags: "--port <port>", description: "port on 127.0.0.1 (default: any free one)" },
    {
      flags: "--people <count>",
      description: `size of the sample company, made at the first start (default: ${PEOPLE})`,
    },
    { flags: "--seed <number>", description: `decides its names and ids (default: ${SEED})` },
    {
      flags: "--behaviour <preset>",
      description: "gentle (default): late, throttled and failing now and then; prompt: never",
    },
    {
      flags: "--set <name=value...>",
      description: "change parts of the behaviour, such as visibilityDelayMs=30000",
    },
    { flags: "--import <file>", description: "put the tenant of a file into the emulator" },
    { flags: "--export <file>", description: "write a tenant to a file and stop" },
    { flags: "--tenant <id>", description: "which tenant to export (default: the sample)" },
  ],
  examples: [
    { line: "tenantry emulator", meaning: "starts it and says how to point clients at it" },
    { line: "tenantry emulator --people 500 --port 8443", meaning: "with a larger sample company" },
    {
      line: "tenantry emulator --set throttledShare=0.3 lostAnswerShare=0.02",
      meaning: "to see what a client does on a bad day; an unknown name lists all of them",
    },
    { line: "tenantry emulator --json", meaning: "one line with addresses and credentials first" },
    { line: "tenantry emulator --export acme.json", meaning: "keeps the sample company as a file" },
  ],
  run: async (context, input) => {
    const { startEmulator } = await import("../../emulator/index.ts");
    const { behaviourOf } = await import("../../emulator/index.ts");
    const directory = emulatorDirectory(context.workspace);
    const running = await startEmulator({
      directory,
      port: numberOption(input, { name: "port", otherwise: 0, most: 65_535 }),
      seed: numberOption(input, { name: "seed", otherwise: SEED, most: 2 ** 31 }),
      behaviour: behaviourOf(textOption(input, "behaviour") ?? "gentle", settingsOf(input)),
      onRequest: (entry) => {
        context.terminal.note(context.terminal.style("dim", requestLine(entry)));
      },
    });
    try {
      return await serve(context, input, { running, directory });
    } finally {
      await running.close();
    }
  },
};

const settingsOf = ({ options }: CommandInput): readonly string[] =>
  Array.isArray(options.set) ? options.set.map(String) : [];

/** Without names, addresses, bodies and tokens; the time is UTC. */
function requestLine(entry: RequestLogEntry): string {
  const time = new Date(entry.atMs).toISOString().slice(11, 23);
  const part = entry.inBatch ? " in a batch" : "";
  return `${time} ${entry.workload} ${entry.method} ${entry.route} ${entry.status} ${entry.durationMs} ms${part}`;
}

async function serve(
  { announce, signal }: CommandContext,
  input: CommandInput,
  { running, directory }: { readonly running: Emulator; readonly directory: string },
): Promise<Outcome> {
  const { authorityFile, describeForClients, sampleCredentials } =
    await import("../../emulator/index.ts");
  const people = numberOption(input, { name: "people", otherwise: PEOPLE, most: 100_000 });
  const credentials = await sampleCredentials(running, { directory, people });
  const imported = textOption(input, "import");
  if (imported !== undefined) running.importTenant(readJson(imported));
  const exported = textOption(input, "export");
  if (exported !== undefined) {
    const tenant = running.exportTenant(textOption(input, "tenant") ?? credentials.tenantId);
    writeFileSync(exported, JSON.stringify(tenant), { mode: 0o600 });
    return { exitCode: EXIT.done, text: `Written: ${exported}`, json: { exported } };
  }
  const addresses = { origin: running.origin, endpoints: running.endpoints };
  announce({
    text: describeForClients(running, { directory, credentials }),
    json: { ...addresses, ...credentials, certificateAuthority: authorityFile(directory) },
  });
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
    });
  }
  return { exitCode: EXIT.done, text: "", json: undefined };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new ExpectedError("tenant-export-unreadable", `${path} is no exported tenant.`, {
      hint: "Give a file that `tenantry emulator --export` wrote.",
      cause,
    });
  }
}

function numberOption(
  input: CommandInput,
  option: { readonly name: string; readonly otherwise: number; readonly most: number },
): number {
  const given = textOption(input, option.name);
  if (given === undefined) return option.otherwise;
  const value = Number(given);
  if (Number.isInteger(value) && value >= 0 && value <= option.most) return value;
  throw new ExpectedError("invalid-option", `--${option.name} cannot be "${given}".`, {
    hint: `Give a whole number from 0 to ${option.most}.`,
  });
}
