/** What every operation is given: where it works, how it tells of progress, and how it is stopped. */
import type { SessionContext } from "../engine/index.ts";

export interface Progress {
  /** One more step is done; `what` is what is being worked on. */
  advance(what: string): void;
  end(): void;
}

/** Progress and remarks; never the result. */
export interface Reporter {
  /** A line about what happens. */
  note(line: string): void;
  warn(line: string): void;
  progress(title: string, total: number): Progress;
}

export interface OperationContext extends SessionContext {
  readonly terminal: Reporter;
}
