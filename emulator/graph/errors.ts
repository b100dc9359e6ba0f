/**
 * Graph's error envelope and the refusals that many operations share, in the service's words.
 * @see https://learn.microsoft.com/graph/errors (checked 2026-11)
 */
import { ServiceFailure, type FailureDetail } from "../core/failure.ts";
import type { Answer, FailedRequest } from "../core/workload.ts";

export function badRequest(
  message: string,
  details: readonly FailureDetail[] = [],
): ServiceFailure {
  return new ServiceFailure(400, "Request_BadRequest", { message, details });
}

export function unsupportedQuery(message: string): ServiceFailure {
  return new ServiceFailure(400, "Request_UnsupportedQuery", { message });
}

export function notFound(id: string): ServiceFailure {
  return new ServiceFailure(404, "Request_ResourceNotFound", {
    message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  });
}

export function forbidden(): ServiceFailure {
  return new ServiceFailure(403, "Authorization_RequestDenied", {
    message: "Insufficient privileges to complete the operation.",
  });
}

/** Known to Graph, not to this emulator. */
export function notImplemented(operation: string): ServiceFailure {
  return new ServiceFailure(501, "NotImplemented", {
    message: `The emulator does not implement ${operation}.`,
  });
}

export function renderGraphFailure(failure: ServiceFailure, request: FailedRequest): Answer {
  return {
    status: failure.status,
    body: {
      error: {
        code: failure.code,
        message: failure.message,
        ...(failure.details.length > 0 ? { details: failure.details } : {}),
        innerError: {
          ...(failure.status === 429 ? { code: "429" } : {}),
          date: new Date(request.nowMs).toISOString().slice(0, 19),
          "request-id": request.requestId,
          "client-request-id": request.clientRequestId,
        },
      },
    },
  };
}
