/** The one family of failures that a service or the way to it can cause. */
import type { ServiceName } from "./types.ts";

/**
 * What went wrong, for programs:
 * - `not-found`: the service says that the object does not exist;
 * - `provisioning`: it exists or is promised, but is not ready to be used;
 * - `already-exists`: another object has the same key;
 * - `outcome-unknown`: a write was sent and its answer was lost; it may or may not have happened;
 * - `dependency-failed`: an earlier call of the same sequence failed, this one was not done;
 * - `incomplete-answer`: a collection could not be read to its end.
 */
export type FailureCode =
  | "bad-request"
  | "sign-in-failed"
  | "forbidden"
  | "not-found"
  | "provisioning"
  | "already-exists"
  | "conflict"
  | "precondition-failed"
  | "expired"
  | "throttled"
  | "service-unavailable"
  | "unexpected-answer"
  | "incomplete-answer"
  | "connection-failed"
  | "outcome-unknown"
  | "deadline-exceeded"
  | "dependency-failed"
  | "cancelled";

export interface FailureDetail {
  code: string;
  target?: string;
  message: string;
}

export interface GraphRequestFailure {
  code: FailureCode;
  message: string;
  hint: string;
  service: ServiceName;
  method: string;
  path: string;
  status?: number | undefined;
  serviceCode?: string | undefined;
  serviceMessage?: string | undefined;
  details?: readonly FailureDetail[] | undefined;
  requestId?: string | undefined;
  clientRequestId?: string | undefined;
  cause?: unknown;
}

/** A call that failed for a reason outside this program. Never holds bodies, tokens or query values. */
export class GraphRequestError extends Error {
  override readonly name = "GraphRequestError";
  readonly code: FailureCode;
  /** What to do next, in one sentence. */
  readonly hint: string;
  readonly service: ServiceName;
  readonly method: string;
  /** Path with the names of query options, without their values. */
  readonly path: string;
  /** HTTP status; missing when no answer came. */
  readonly status: number | undefined;
  /** The service's own code, such as `Request_BadRequest`. */
  readonly serviceCode: string | undefined;
  /** The service's own words. */
  readonly serviceMessage: string | undefined;
  readonly details: readonly FailureDetail[];
  /** The id under which the service knows the request; give it to support. */
  readonly requestId: string | undefined;
  readonly clientRequestId: string | undefined;

  constructor(failure: GraphRequestFailure) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause });
    this.code = failure.code;
    this.hint = failure.hint;
    this.service = failure.service;
    this.method = failure.method;
    this.path = failure.path;
    this.status = failure.status;
    this.serviceCode = failure.serviceCode;
    this.serviceMessage = failure.serviceMessage;
    this.details = failure.details ?? [];
    this.requestId = failure.requestId;
    this.clientRequestId = failure.clientRequestId;
  }
}

/** Whether `error` is a failed call, and one of these codes where any are named. */
export function isRequestError(
  error: unknown,
  ...codes: FailureCode[]
): error is GraphRequestError {
  return error instanceof GraphRequestError && (codes.length === 0 || codes.includes(error.code));
}
