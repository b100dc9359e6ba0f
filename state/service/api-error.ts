/** Answers that the engine understands as failures. It tries again after 500 to 599, and after nothing else. */
import { ExpectedError } from "../../core/expected-error.ts";
import type { ErrorCode } from "../../core/error-codes.ts";

type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 422 | 500;

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ErrorStatus;

  constructor(status: ErrorStatus, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}

/** Pulumi's Automation API knows a run that met another by these words. */
export const conflict = (): ApiError =>
  new ApiError(409, "Conflict: Another update is currently in progress.");

/** A full disk does not pass within the seconds for which the engine would try again: it is reported at once. */
const STATUS: Readonly<Partial<Record<ErrorCode, ErrorStatus>>> = {
  "lease-lost": 403,
};

export function statusOf(error: Error): ErrorStatus {
  if (error instanceof ApiError) return error.status;
  return error instanceof ExpectedError ? (STATUS[error.code] ?? 422) : 500;
}
