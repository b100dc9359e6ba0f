/** Who dies: all of a command, the command without its engine, or the engine without its command. */
import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export const VICTIMS = ["group", "command", "engine"] as const;
export type Victim = (typeof VICTIMS)[number];

/** How long what is left of a command may go on after the death of a part of it, in milliseconds. */
const ENDS_WITHIN_MS = 60_000;

/** False when there was nobody to kill any more. */
export function kill(child: ChildProcess, victim: Victim): boolean {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return false;
  if (victim === "group") return killed(-pid);
  if (victim === "command") return killed(pid);
  return childrenOf(pid).filter(killed).length > 0;
}

function killed(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** Waits for all of a process group to end; kills what does not, and says so with false. */
export async function isOver({ pid }: ChildProcess): Promise<boolean> {
  if (pid === undefined) return true;
  const endsAt = Date.now() + ENDS_WITHIN_MS;
  while (Date.now() < endsAt) {
    if (membersOf(pid).length === 0) return true;
    await sleep(100);
  }
  killed(-pid);
  return false;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly isDead: boolean;
}

const childrenOf = (pid: number): number[] =>
  processes().flatMap((one) => (one.parent === pid ? [one.pid] : []));

const membersOf = (group: number): Process[] =>
  processes().filter((one) => one.group === group && !one.isDead);

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (checked 2026-11) */
function processes(): Process[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? statOf(name) : undefined;
    if (stat === undefined) return [];
    const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ pid, parent: Number(parent), group: Number(group), isDead: state === "Z" }];
  });
}

function statOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    // It ended a moment ago.
    return undefined;
  }
}
