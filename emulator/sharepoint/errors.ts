/** SharePoint's refusals: a number, an exception's name and a sentence. */
import { ServiceFailure } from "../core/failure.ts";
import type { Answer, FailedRequest } from "../core/workload.ts";

const EXCEPTION = {
  sharePoint: "-2146232832, Microsoft.SharePoint.SPException",
  unauthorized: "-2147024891, System.UnauthorizedAccessException",
  argument: "-2147024809, System.ArgumentException",
  notSupported: "-2146233067, System.NotSupportedException",
  query: "-1, Microsoft.SharePoint.Client.InvalidClientQueryException",
  duplicate: "-2130575342, Microsoft.SharePoint.SPException",
  missingList: "-1, System.ArgumentException",
  missingResource: "-1, Microsoft.SharePoint.Client.ResourceNotFoundException",
} as const;

export type ExceptionName = keyof typeof EXCEPTION;

export function exception(status: number, name: ExceptionName, message: string): ServiceFailure {
  return new ServiceFailure(status, EXCEPTION[name], { message });
}

/** What nobody at this address answers with: a page, not JSON. */
export function fileNotFound(): ServiceFailure {
  return new ServiceFailure(404, "FileNotFound", { message: "404 FILE NOT FOUND" });
}

export function accessDenied(): ServiceFailure {
  return exception(
    403,
    "unauthorized",
    "Access denied. You do not have permission to perform this action or access this resource.",
  );
}

export function invalidQuery(message: string): ServiceFailure {
  return exception(400, "query", message);
}

/** Tokens that SharePoint refuses before it looks at the request. */
export function unsupportedToken(message: string): ServiceFailure {
  return new ServiceFailure(401, "invalid_token", { message });
}

export function notServed(operation: string): ServiceFailure {
  return exception(501, "notSupported", `The emulator does not implement ${operation}.`);
}

/** Error bodies follow the format that the client accepts. */
export function renderSharePointFailure(failure: ServiceFailure, request: FailedRequest): Answer {
  const { status, message } = failure;
  const headers = { ...failure.headers, SPRequestGuid: request.requestId };
  if (failure.code === "FileNotFound") return { status, headers, text: message };
  if (status === 401) {
    return {
      status,
      headers: {
        ...headers,
        "x-ms-diagnostics": `3001000;reason="${message}";category="invalid_client"`,
      },
      body: { error_description: message },
    };
  }
  const value = { code: codeOf(failure), message: { lang: "en-US", value: message } };
  const isVerbose = request.headers.get("accept")?.includes("odata=verbose") === true;
  return { status, headers, body: isVerbose ? { error: value } : { "odata.error": value } };
}

function codeOf(failure: ServiceFailure): string {
  // The core's own refusals have names of Graph.
  return /^-\d+, /.test(failure.code) ? failure.code : `-1, ${failure.code}`;
}
