/**
 * Errors of the token endpoint.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import type { Answer, FailedRequest } from "../core/workload.ts";

/** [HTTP status, OAuth error]; the statuses of 700016, 90002 and 7000218 are not documented. */
const KINDS = {
  7000215: [401, "invalid_client"],
  700016: [400, "unauthorized_client"],
  7000218: [401, "invalid_client"],
  700027: [401, "invalid_client"],
  700024: [401, "invalid_client"],
  700213: [401, "invalid_client"],
  70011: [400, "invalid_scope"],
  500011: [400, "invalid_resource"],
  70003: [400, "unsupported_grant_type"],
  900144: [400, "invalid_request"],
  900561: [400, "invalid_request"],
  50049: [400, "invalid_instance"],
  50011: [400, "invalid_request"],
  50057: [400, "invalid_grant"],
  54005: [400, "invalid_grant"],
  70008: [400, "invalid_grant"],
  500112: [400, "invalid_request"],
  501481: [400, "invalid_grant"],
  501491: [400, "invalid_request"],
  700054: [400, "unsupported_response_type"],
  9002313: [400, "invalid_request"],
  90002: [400, "invalid_request"],
} as const satisfies Record<number, readonly [number, string]>;

export type SignInErrorNumber = keyof typeof KINDS;

/** A refusal with its AADSTS number as the code. */
export function signInFailure(number: SignInErrorNumber, message: string): ServiceFailure {
  return new ServiceFailure(KINDS[number][0], String(number), { message });
}

export function renderSignInFailure(failure: ServiceFailure, request: FailedRequest): Answer {
  const number = Number(failure.code);
  const isKnown = number in KINDS;
  const error = isKnown ? KINDS[number as SignInErrorNumber][1] : "server_error";
  const timestamp = new Date(request.nowMs)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d{3}Z$/, "Z");
  const ids = { trace_id: request.requestId, correlation_id: request.clientRequestId };
  const prefix = isKnown ? `AADSTS${number}: ` : "";
  return {
    status: failure.status,
    body: {
      error,
      error_description: `${prefix}${failure.message} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${timestamp}`,
      error_codes: isKnown ? [number] : [],
      timestamp,
      ...ids,
      ...(isKnown ? { error_uri: `https://login.microsoftonline.com/error?code=${number}` } : {}),
    },
  };
}
