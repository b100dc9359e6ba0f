/** Which changes of the guards no test notices, next to those that are known and explained. */

/** What is used of Stryker's report. Source: mutation-testing-report-schema 3 (checked 2026-11-27). */
export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>
  >;
}

interface Mutant {
  readonly replacement?: string | undefined;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Both from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Survivor {
  readonly file: string;
  /** The first line that it changes, trimmed: line numbers would not outlive the next edit. */
  readonly line: string;
  /** What it puts in place of what. */
  readonly mutant: string;
}

export interface KnownSurvivor extends Survivor {
  /** Why no test can or should notice it. */
  readonly reason: string;
}

const SURVIVED = new Set(["Survived", "NoCoverage", "Timeout"]);

export function survivorsOf(report: MutationReport): Survivor[] {
  return Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants
      .filter(({ status }) => SURVIVED.has(status))
      .map(({ replacement = "", location }) => ({
        file,
        line: (lines[location.start.line - 1] ?? "").trim(),
        mutant: `${onOneLine(textAt(lines, location))} → ${onOneLine(replacement)}`,
      }));
  });
}

function textAt(lines: readonly string[], { start, end }: Mutant["location"]): string {
  const within = lines.slice(start.line - 1, end.line);
  const last = within.pop() ?? "";
  return [...within, last.slice(0, end.column - 1)].join("\n").slice(start.column - 1);
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

export interface Verdict {
  /** Nobody has explained them yet. */
  readonly unknown: readonly Survivor[];
  /** Listed, and noticed by a test by now. */
  readonly gone: readonly KnownSurvivor[];
}

export function judge(found: readonly Survivor[], known: readonly KnownSurvivor[]): Verdict {
  const keyOf = ({ file, line, mutant }: Survivor): string => JSON.stringify([file, line, mutant]);
  const knownKeys = new Set(known.map(keyOf));
  const foundKeys = new Set(found.map(keyOf));
  return {
    unknown: found.filter((one) => !knownKeys.has(keyOf(one))),
    gone: known.filter((one) => !foundKeys.has(keyOf(one))),
  };
}
