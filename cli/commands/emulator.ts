import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import {
  authorityFile,
  behaviourOf,
  describeForClients,
  sampleCredentials,
  startEmulator,
} from "../../emulator/index.ts";
import type { Emulator, RequestLogEntry } from "../../emulator/index.ts";
import { defineCommand } from "../command.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { file, flag, wholeNumber } from "../shared-words.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { emulatorDirectory } from "../../engine/index.ts";

const optionsSchema = z.strictObject({
  port: wholeNumber(65_535)
    .optional()
    .meta({ value: "port", description: "port on 127.0.0.1 (default: any free one)" }),
  people: wholeNumber(100_000).default(25).meta({
    value: "count",
    description: "size of the sample company, created on first start",
  }),
  seed: wholeNumber(2 ** 31)
    .default(1)
    .meta({ value: "number", description: "seed for its names and ids" }),
  behaviour: z.string().default("realistic").meta({
    value: "preset",
    description: "realistic: sometimes late, throttled or failing; prompt: never",
  }),
  realNames: flag.describe(
    "also run a proxy, for clients that cannot change Microsoft's host names",
  ),
  set: z.array(z.string()).default([]).meta({
    value: "name=value",
    description: "override behaviour settings, such as visibilityDelayMs=30000",
  }),
  import: file.optional().describe("import a tenant from a file"),
  export: file.optional().describe("export a tenant to a file and exit"),
  tenant: z
    .string()
    .optional()
    .meta({ value: "id", description: "which tenant to export (default: the sample)" }),
});

export const command = defineCommand({
  args: z.strictObject({}),
  options: optionsSchema,
  examples: [
    { line: "tenantry emulator", meaning: "starts it and shows how to connect clients" },
    { line: "tenantry emulator --people 500 --port 8443", meaning: "with a larger sample company" },
    {
      line: "tenantry emulator --set throttledShare=0.3 lostAnswerShare=0.02",
      meaning: "tests a client under bad conditions; an unknown name lists all settings",
    },
    {
      line: "tenantry emulator --json",
      meaning: "prints one line with addresses and credentials first",
    },
    { line: "tenantry emulator --export acme.json", meaning: "saves the sample company to a file" },
  ],
  run: async (context, { options }) => {
    const directory = emulatorDirectory(context.workspace);
    const running = await startEmulator({
      directory,
      port: options.port ?? 0,
      seed: options.seed,
      realNames: options.realNames,
      behaviour: behaviourOf(options.behaviour, options.set),
      onRequest: (entry) => {
        context.terminal.note(context.terminal.style("dim", requestLine(entry)));
      },
    });
    try {
      return await serve(context, options, { running, directory });
    } finally {
      await running.close();
    }
  },
});

/** Without names, addresses, bodies and tokens; the time is UTC. */
function requestLine(entry: RequestLogEntry): string {
  const time = new Date(entry.atMs).toISOString().slice(11, 23);
  const part = entry.inBatch ? " in a batch" : "";
  return `${time} ${entry.workload} ${entry.method} ${entry.route} ${entry.status} ${entry.durationMs} ms${part}`;
}

async function serve(
  { announce, signal }: CommandContext,
  options: z.output<typeof optionsSchema>,
  { running, directory }: { readonly running: Emulator; readonly directory: string },
): Promise<Outcome> {
  const { people, import: imported, export: exported } = options;
  const credentials = await sampleCredentials(running, { directory, people });
  if (imported !== undefined) running.importTenant(readJson(imported));
  if (exported !== undefined) {
    const tenant = running.exportTenant(options.tenant ?? credentials.tenantId);
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
    throw new ExpectedError("tenant-export-unreadable", `${path} is not an exported tenant.`, {
      hint: "Give a file that `tenantry emulator --export` wrote.",
      cause,
    });
  }
}
