/** A program run to its end, with what it and the programs that it started took. */
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

export interface ChildRun {
  readonly stdout: string;
  readonly wallMs: number;
  /** Processor time of all its processes; undefined where the system does not tell (not Linux). */
  readonly cpuMs: number | undefined;
  /** Largest sum of resident memory of its processes, looked at ten times a second; undefined elsewhere. */
  readonly peakMemoryMb: number | undefined;
}

const SAMPLE_MS = 100;
const CLOCK_TICK_MS = 10;
const PAGE_MB = 4096 / 1e6;

/** @throws Error when it does not end with 0; the message holds the end of what it wrote. */
export async function runChild(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<ChildRun> {
  const before = childrenCpuMs();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output.stderr += data.toString()));
  let peakMb: number | undefined;
  const sampling = setInterval(() => {
    const now = child.pid === undefined ? undefined : memoryOfTreeMb(child.pid);
    if (now !== undefined) peakMb = Math.max(peakMb ?? 0, now);
  }, SAMPLE_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).finally(() => {
    clearInterval(sampling);
  });
  if (code !== 0) {
    throw new Error(`${args.join(" ")} ended with ${code}:\n${output.stderr.slice(-3000)}`);
  }
  const after = childrenCpuMs();
  return {
    stdout: output.stdout,
    wallMs: performance.now() - startedAt,
    cpuMs: before === undefined || after === undefined ? undefined : after - before,
    peakMemoryMb: peakMb,
  };
}

/** Of children that have ended. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (checked 2026-11) */
function childrenCpuMs(): number | undefined {
  const fields = statOf("self");
  return fields === undefined
    ? undefined
    : (Number(fields[13]) + Number(fields[14])) * CLOCK_TICK_MS;
}

function memoryOfTreeMb(root: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const fields = statOf(name);
      return fields === undefined
        ? []
        : [{ pid: Number(name), parent: Number(fields[1]), mb: Number(fields[21]) * PAGE_MB }];
    });
  const tree = new Set([root]);
  // Parents are older than their children, but numbers start anew: look until nothing is added.
  for (let size = 0; size !== tree.size;) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  return processes.filter(({ pid }) => tree.has(pid)).reduce((sum, { mb }) => sum + mb, 0);
}

/** Fields from the state on; the name before it may hold blanks. */
function statOf(pid: string): string[] | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
  } catch {
    // Ended between the listing and the reading.
    return undefined;
  }
}
