/** One company, applied and read by a client process on an emulator process. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "../child.ts";
import { company, tenantFile } from "../company.ts";
import { openBenchWorkspace, root } from "../product.ts";
import type {
  ClientOrder,
  ClientResult,
  EmulatorEnd,
  EmulatorReady,
  ImportResult,
  ProductResult,
} from "./protocol.ts";

export const LATENCY_MS = 50;

export interface ServiceRun extends ClientResult {
  readonly emulatorMemoryMb: number;
}

export async function runService(
  order: Omit<ClientOrder, keyof EmulatorReady>,
): Promise<ServiceRun> {
  return await onEmulator<ClientResult>([`${order.people}`, `${LATENCY_MS}`], {
    program: "client.ts",
    environment: (ready) => ({ SERVICE: JSON.stringify({ ...order, ...ready }) }),
  });
}

/** A company that is there already, read as an import reads it. */
export async function runImport(people: number): Promise<ImportResult> {
  return await onEmulator<ImportResult>([`${people}`, `${LATENCY_MS}`, "filled"], {
    program: "import.ts",
    environment: (ready) => ({ SERVICE: JSON.stringify(ready) }),
  });
}

async function onEmulator<T>(
  args: readonly string[],
  client: {
    readonly program: string;
    readonly environment: (ready: EmulatorReady) => NodeJS.ProcessEnv;
  },
): Promise<T & { readonly emulatorMemoryMb: number }> {
  const folder = await mkdtemp(join(tmpdir(), "tenantry-bench-service-"));
  const program = (name: string): string => join(root, "scripts", "bench", "service", name);
  const emulator = fork(program("emulator.ts"), [folder, ...args]);
  const exited = once(emulator, "exit");
  const message = async <M>(): Promise<M> =>
    await Promise.race([
      once(emulator, "message").then(([received]) => received as M),
      exited.then(([code]) => Promise.reject(new Error(`The emulator ended with ${code}`))),
    ]);
  try {
    const ready = await message<EmulatorReady>();
    const { stdout } = await runChild([program(client.program)], {
      env: { ...process.env, ...client.environment(ready) },
    });
    emulator.send("end");
    const { peakMemoryMb } = await message<EmulatorEnd>();
    await exited;
    return { ...(JSON.parse(stdout) as T), emulatorMemoryMb: peakMemoryMb };
  } finally {
    emulator.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same people, groups and licences, applied by the product. */
export async function runProduct(people: number): Promise<ProductResult> {
  const workspace = await openBenchWorkspace(tenantFile({ ...company(people), sites: [] }));
  try {
    const { folder, stack } = workspace;
    const { stdout } = await workspace.script("service/product.ts", folder, stack, `${LATENCY_MS}`);
    return JSON.parse(stdout) as ProductResult;
  } finally {
    await workspace.remove();
  }
}
