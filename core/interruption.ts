/** Ctrl-C: the signal's reason, and how read-only operations answer it. */
import { ExpectedError } from "./expected-error.ts";

/** Reason of an abort that every process at the terminal was told of by the terminal itself. */
export const AT_TERMINAL = Symbol("Ctrl-C at the terminal");

/** What only looks was stopped: there is nothing to go on from, and nothing to put right. */
export const interrupted = ({ cause }: { readonly cause: unknown }): ExpectedError =>
  new ExpectedError("interrupted", "Interrupted; nothing was changed.", {
    hint: "Run the same command again.",
    cause,
  });
