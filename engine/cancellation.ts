/** Who has been told to stop: a Ctrl-C at a terminal reaches every process of the command, a signal only one. */
import { AT_TERMINAL } from "../core/interruption.ts";

/** What a child that was told to stop may still report of before it heard. */
const HEARING_MS = 500;

export interface ChildSignal {
  readonly signal: AbortSignal;
  /** To be called when the child starts something new: one that has been told to stop does not. */
  readonly started: () => void;
  /** Ends the listening to the caller's signal, which may live longer than this child. */
  readonly close: () => void;
}

/**
 * The signal for a child process. Told twice, the engine would drop what is under way instead of finishing it,
 * and objects would exist that its state does not know. A Ctrl-C at the terminal reaches only processes that are
 * there already; a child that was started in that moment shows by what it starts that it has not heard.
 */
export function signalForChild(
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): ChildSignal {
  const controller = new AbortController();
  let toldAtMs: number | undefined;
  const forward = (): void => {
    if (signal.reason === AT_TERMINAL) toldAtMs = now();
    else controller.abort(signal.reason);
  };
  if (signal.aborted) forward();
  else signal.addEventListener("abort", forward, { once: true });
  const started = (): void => {
    if (toldAtMs !== undefined && now() - toldAtMs > HEARING_MS) controller.abort(signal.reason);
  };
  const close = (): void => {
    signal.removeEventListener("abort", forward);
  };
  return { signal: controller.signal, started, close };
}
