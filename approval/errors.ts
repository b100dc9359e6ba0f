/** A key, envelope, statement or record that cannot be used; `code` is listed in docs/approval.md. */
export class ApprovalError extends Error {
  override readonly name = "ApprovalError";
  readonly code: string;
  /** What to do next, one sentence. */
  readonly hint: string;

  constructor(failure: { code: string; message: string; hint: string; cause?: unknown }) {
    super(failure.message, { cause: failure.cause });
    this.code = failure.code;
    this.hint = failure.hint;
  }
}
