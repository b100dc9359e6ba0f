/** Entry: runs the program with this process's words, streams and signals, and sets the exit code. */
import { AT_TERMINAL } from "../core/interruption.ts";
import { onLostLauncher } from "./launcher.ts";
import { openTerminal } from "./output/terminal.ts";
import { runProgram } from "./program.ts";

const interrupted = new AbortController();
const terminal = openTerminal(process.stderr);

/**
 * The first signal lets what is under way come to an end, the second one leaves at once; a lock that is left behind
 * runs out by itself. The listeners stay: the library that starts the engine ends this process when nobody else listens
 * any more. SIGHUP comes when the terminal is closed, from it and from the launcher, so that it may come twice.
 */
for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) {
      if (signal === "SIGHUP") return;
      terminal.leave();
      process.exit(exitCode);
    }
    const atTerminal = signal !== "SIGTERM" && (process.stdin.isTTY || process.stderr.isTTY);
    stop(atTerminal ? AT_TERMINAL : undefined);
  });
}

/** A launcher that was killed can pass nothing on; the end of ours closes the channel, which alone keeps nobody here. */
const onItsOwn = (): void => {
  if (!interrupted.signal.aborted) stop();
};
process.once("disconnect", onItsOwn);
process.channel?.unref();
onLostLauncher(onItsOwn);

function stop(reason?: unknown): void {
  terminal.warn("Stopping: finishing what is in progress. Press Ctrl-C again to stop immediately.");
  interrupted.abort(reason);
}

/**
 * A reader that has seen enough (`| head`) and a terminal that was closed are not failures, and no reason to leave
 * undone what is under way.
 */
const READER_GONE: ReadonlySet<string | undefined> = new Set(["EPIPE", "EIO"]);
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!READER_GONE.has(error.code)) throw error;
  });
}

process.exitCode = await runProgram(process.argv.slice(2), {
  directory: process.cwd(),
  terminal,
  signal: interrupted.signal,
  print: (text) => process.stdout.write(text),
});
