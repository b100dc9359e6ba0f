/** Who has been told to stop: a Ctrl-C at a terminal reaches every process of the command, a signal only one. */

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
