/** What a benchmark is: a name, and a function that measures and says on what. */
export interface BenchContext {
  /** Measurements of each thing; the table shows medians. */
  readonly rounds: number;
  /** The sizes of the issue instead of smaller ones. */
  readonly full: boolean;
  /** Progress, for people. */
  readonly report: (line: string) => void;
}

export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "s" | "MB" | "kB" | "times" | "requests" | "changes" | "resources";
  /** Most that is wanted, or least for `times`. */
  readonly aim?: number;
}

export interface Part {
  readonly name: string;
  /** One sentence: what is measured, on what. */
  readonly summary: string;
  readonly run: (context: BenchContext) => Promise<readonly Row[]>;
}
