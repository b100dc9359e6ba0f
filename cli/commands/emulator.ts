import { readFileSync, writeFileSync } from "node:fs";
import type { Emulator, TenantFile } from "../../emulator/index.ts";
import type { CommandContext, CommandDefinition, CommandInput, Outcome } from "../command.ts";
import { textOption } from "../command.ts";
import { EXIT, UserError } from "../errors.ts";
import { emulatorDirectory } from "../service.ts";

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
    { flags: "--import <file>", description: "put the tenant of a file into the emulator" },
    { flags: "--export <file>", description: "write a tenant to a file and stop" },
    { flags: "--tenant <id>", description: "which tenant to export (default: the sample)" },
  ],
  examples: [
    { line: "tenantry emulator", meaning: "starts it and says how to point clients at it" },
    { line: "tenantry emulator --people 500 --port 8443", meaning: "with a larger sample company" },
    { line: "tenantry emulator --export acme.json", meaning: "keeps the sample company as a file" },
  ],
  run: async (context, input) => {
    const { startEmulator } = await import("../../emulator/index.ts");
    const directory = emulatorDirectory(context.workspace);
    const running = await startEmulator({
      directory,
      port: numberOption(input, { name: "port", otherwise: 0, most: 65_535 }),
      seed: numberOption(input, { name: "seed", otherwise: SEED, most: 2 ** 31 }),
    });
    try {
      return await serve(context, input, { running, directory });
    } finally {
      await running.close();
    }
  },
};

async function serve(
  { terminal, signal }: CommandContext,
  input: CommandInput,
  { running, directory }: { readonly running: Emulator; readonly directory: string },
): Promise<Outcome> {
  const { describeForClients, sampleCredentials } = await import("../../emulator/standalone.ts");
  const people = numberOption(input, { name: "people", otherwise: PEOPLE, most: 100_000 });
  const credentials = sampleCredentials(running, { directory, people });
  const imported = textOption(input, "import");
  if (imported !== undefined) running.importTenant(readTenant(imported));
  const exported = textOption(input, "export");
  if (exported !== undefined) {
    const tenant = running.exportTenant(textOption(input, "tenant") ?? credentials.tenantId);
    writeFileSync(exported, JSON.stringify(tenant), { mode: 0o600 });
    return { exitCode: EXIT.done, text: `Written: ${exported}`, json: { exported } };
  }
  for (const line of describeForClients(running, { directory, credentials }).split("\n")) {
    terminal.note(line);
  }
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
    });
  }
  return { exitCode: EXIT.done, text: "", json: { stopped: true } };
}

function readTenant(path: string): TenantFile {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as TenantFile;
  } catch (cause) {
    throw new UserError("tenant-export-unreadable", `${path} is no exported tenant.`, {
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
  throw new UserError("invalid-option", `--${option.name} cannot be "${given}".`, {
    hint: `Give a whole number from 0 to ${option.most}.`,
  });
}
