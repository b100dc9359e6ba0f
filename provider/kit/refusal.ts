/**
 * A demand of the declaration that the tenant cannot meet, or should not be asked to meet: nothing is broken,
 * somebody has to decide or order something first.
 */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  /** Kebab-case, for programs. */
  readonly code: string;
  /** What to do next, in one sentence. */
  readonly hint: string;

  constructor(refusal: { code: string; message: string; hint: string; cause?: unknown }) {
    super(refusal.message, refusal.cause === undefined ? undefined : { cause: refusal.cause });
    this.code = refusal.code;
    this.hint = refusal.hint;
  }
}
