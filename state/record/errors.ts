/** An expected failure of record, lock or key files; `code` is listed in docs/approval.md. */
export class RecordError extends Error {
  override readonly name = "RecordError";
  readonly code: string;
  /** What to do next, one sentence. */
  readonly hint: string;

  constructor(failure: { code: string; message: string; hint: string; cause?: unknown }) {
    super(failure.message, { cause: failure.cause });
    this.code = failure.code;
    this.hint = failure.hint;
  }
}
