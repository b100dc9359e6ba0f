/** Who has been told to stop: a Ctrl-C at a terminal reaches every process of the command, a signal only one. */
import { UserError } from "./errors.ts";

/** Reason of an abort that the engine's process was told of by the terminal itself. */
export const AT_TERMINAL = Symbol("Ctrl-C at the terminal");

/**
 * The signal for a child process. Told twice, the engine would drop what is under way instead of finishing it,
 * and objects would exist that its state does not know.
 */
export function signalForChild(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const forward = (): void => {
    if (signal.reason !== AT_TERMINAL) controller.abort(signal.reason);
  };
  if (signal.aborted) forward();
  else signal.addEventListener("abort", forward, { once: true });
  return controller.signal;
}

/** What only looks was stopped: there is nothing to go on from, and nothing to put right. */
export const interrupted = ({ cause }: { readonly cause: unknown }): UserError =>
  new UserError("interrupted", "Stopped before the end; nothing was changed.", {
    hint: "Run the same command again.",
    cause,
  });
