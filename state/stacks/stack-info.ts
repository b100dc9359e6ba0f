export interface StackInfo {
  readonly stack: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Of the last update or import that has ended; 0 before the first. */
  readonly version: number;
  /** The last update, whether it has ended or not. */
  readonly latestUpdate: string | undefined;
  readonly running:
    { readonly id: string; readonly kind: string; readonly started: Date } | undefined;
}
