/** `npx` that is killed passes nothing on, and that it stops at all only to a shell of its own. */
import { readFileSync } from "node:fs";

const LOOK_EVERY_MS = 500;

/** Tells once that this command was started by `npx` and is on its own now; keeps no process from ending. */
export function onLostLauncher(tell: () => void, { npm_command: command } = process.env): void {
  if (command !== "exec") return;
  const started = launchers();
  const timer = setInterval(() => {
    if (launchers() === started) return;
    clearInterval(timer);
    tell();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** The shell, and before it npm. Whoever loses a parent gets another one. */
function launchers(): string {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

/** Linux only; elsewhere the shell has to do. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (checked 2026-11) */
function parentOf(pid: number): string {
  if (process.platform !== "linux") return "";
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "";
  } catch (error) {
    // It ended between the two looks.
    if (error instanceof Error && "code" in error) return "";
    throw error;
  }
}
