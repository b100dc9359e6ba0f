/** What is wrong at one place of a tenant file, and how it is shown. */

/** Keys and list positions (from 0) that lead from the top of the file to a value. */
export type Path = readonly (string | number)[];

/** An error refuses the file; a warning names what a later step would refuse, or what does not do what it seems to. */
type Level = "error" | "warning";

/** How many problems of one file are told at most: nobody reads more, and a hostile file can have a million. */
export const MAX_PROBLEMS = 100;

export interface Problem {
  level: Level;
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units, as editors count. */
  column: number;
  /** Place in the data, e.g. `users[3].licenses[0]`; empty for the file as a whole. */
  path: string;
  /** One sentence without full stop. */
  message: string;
  received?: string;
  allowed?: string;
  /** The nearest value that would do. */
  suggestion?: string;
}

/** A problem that is not placed in a file yet. */
export interface Finding extends Pick<Problem, "message" | "received" | "allowed" | "suggestion"> {
  path: Path;
  /** An error when left out. */
  level?: Level;
  /** Whether the key or the value at `path` is to blame; a value when left out. */
  at?: "key" | "value";
}

/** `users[3].licenses[0]` */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/** One line: `file:line:column [warning: ]path: message (received …; allowed: …; did you mean …?)`. */
export function formatProblem(problem: Problem): string {
  const { level, file, line, column, path, message, received, allowed, suggestion } = problem;
  const details = [
    received === undefined ? [] : [`received ${received}`],
    allowed === undefined ? [] : [`allowed: ${allowed}`],
    suggestion === undefined ? [] : [`did you mean ${suggestion}?`],
  ].flat();
  const place = `${level === "warning" ? "warning: " : ""}${path === "" ? "" : `${path}: `}`;
  const tail = details.length === 0 ? "" : ` (${details.join("; ")})`;
  return `${file}:${line}:${column} ${place}${message}${tail}`;
}
