/**
 * Whether a process is certainly gone. Its number alone proves nothing: numbers are used again, and containers and
 * cloned machines have the same names and numbers. Within one start of one machine and one namespace, though, a number
 * that nobody has now belongs to nobody. Linux names both; elsewhere nothing is proved, and leases are waited for.
 */
import { readFileSync, readlinkSync } from "node:fs";

let table: string | undefined | null = null;

/** Names this start of this machine and this namespace of process ids; undefined where the system does not say. */
export function processTable(): string | undefined {
  if (table === null) table = readTable();
  return table;
}

function readTable(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** True is a proof; false says nothing. */
export function isCertainlyGone(owner: { readonly pid: number; readonly table?: string }): boolean {
  if (owner.table === undefined || owner.table !== processTable()) return false;
  try {
    // Signal 0 only asks whether there is such a process.
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
