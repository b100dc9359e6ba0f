/** Entry: runs the program with this process's words, streams and signals, and sets the exit code. */
import { AT_TERMINAL } from "../core/interruption.ts";
import { openTerminal } from "./output/terminal.ts";
import { runProgram } from "./program.ts";

const interrupted = new AbortController();
const terminal = openTerminal(process.stderr);

/**
 * The first Ctrl-C lets what is under way come to an end, the second one leaves at once. The listeners stay:
 * the library that starts the engine ends this process when nobody else listens any more.
 */
for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) {
      terminal.leave();
      process.exit(exitCode);
    }
    terminal.warn(
      "Stopping: what is under way is finished first. Press Ctrl-C again to leave at once.",
    );
    const atTerminal = signal === "SIGINT" && (process.stdin.isTTY || process.stderr.isTTY);
    interrupted.abort(atTerminal ? AT_TERMINAL : undefined);
  });
}

// A reader that has seen enough (`| head`) is no failure, and no reason to stop what is under way.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await runProgram(process.argv.slice(2), {
  directory: process.cwd(),
  terminal,
  signal: interrupted.signal,
  print: (text) => process.stdout.write(text),
});
