/**
 * Failures as RESTExceptionInfo. The error codes are documented; which HTTP status goes with which
 * code is not, so the statuses here are the plain meaning of HTTP (unverified).
 */
import { ServiceFailure } from "../core/failure.ts";
import type { Answer } from "../core/workload.ts";

/** The documented codes that the emulator uses by name. */
const CODES = [
  "ResourceAccessDenied",
  "ResourceNotFound",
  "ParameterValidationFailure",
  "OperationConflict",
  "ProxyOffline",
] as const;

export function invalid(message: string): ServiceFailure {
  return new ServiceFailure(400, "ParameterValidationFailure", { message });
}

export function denied(message: string): ServiceFailure {
  return new ServiceFailure(401, "ResourceAccessDenied", { message });
}

export function notFound(kind: string, id: string): ServiceFailure {
  return new ServiceFailure(404, "ResourceNotFound", { message: `${kind} '${id}' was not found.` });
}

export function conflict(message: string): ServiceFailure {
  return new ServiceFailure(409, "OperationConflict", { message });
}

export function notServed(operation: string): ServiceFailure {
  return new ServiceFailure(501, "HttpError", {
    message: `The emulator does not implement ${operation}.`,
  });
}

function errorCodeOf(failure: ServiceFailure): string {
  const known = CODES.find((code) => code === failure.code);
  if (known !== undefined) return known;
  if (failure.status === 404) return "ResourceNotFound";
  return failure.status === 401 || failure.status === 403 ? "ResourceAccessDenied" : "HttpError";
}

export function renderVeeamFailure(failure: ServiceFailure): Answer {
  return {
    status: failure.status,
    headers: { ...failure.headers },
    body: { message: failure.message, errorCode: errorCodeOf(failure), stackTrace: null },
  };
}
