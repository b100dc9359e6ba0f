/** The emulator of a workspace on its own: served until Ctrl-C, or one tenant of it written to a file. */
import { readFileSync, writeFileSync } from "node:fs";
import { ExpectedError } from "../core/expected-error.ts";
import {
  authorityFile,
  behaviourOf,
  describeForClients,
  sampleCredentials,
  startEmulator,
} from "../emulator/index.ts";
import type { Emulator, RequestLogEntry } from "../emulator/index.ts";
import { emulatorDirectory } from "../engine/index.ts";
import type { CommandContext, Outcome } from "./command.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import { EXIT } from "./exit-codes.ts";

export async function runEmulator(
  context: CommandContext,
  options: EmulatorOptions,
): Promise<Outcome> {
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
}

/** Without names, addresses, bodies and tokens; the time is UTC. */
function requestLine(entry: RequestLogEntry): string {
  const time = new Date(entry.atMs).toISOString().slice(11, 23);
  const part = entry.inBatch ? " in a batch" : "";
  return `${time} ${entry.workload} ${entry.method} ${entry.route} ${entry.status} ${entry.durationMs} ms${part}`;
}

async function serve(
  { announce, signal }: CommandContext,
  options: EmulatorOptions,
  { running, directory }: { readonly running: Emulator; readonly directory: string },
): Promise<Outcome> {
  const { people, import: imported, export: exported, approve } = options;
  if (approve !== undefined) return approved(running, approve);
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

function approved(running: Emulator, id: string): Outcome {
  if (running.approveRelationship(id)) {
    return { exitCode: EXIT.done, text: `Approved: ${id}`, json: { approved: id } };
  }
  throw new ExpectedError("invalid-option", `No relation waits for approval under ${id}.`, {
    hint: "Give the last part of the invitation that `tenantry invite --create` prints.",
  });
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
