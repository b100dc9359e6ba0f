/** Reads the error bodies of all services into one shape, and says what each means. */
import type { FailureCode, FailureDetail } from "./errors.ts";
import type { ServiceName } from "./types.ts";

export interface ServiceError {
  /** The service's own code; missing when the body is not an error of the service. */
  code?: string;
  message?: string;
  details: FailureDetail[];
  requestId?: string;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Understands Graph, SharePoint (`odata.error`), Exchange, Veeam, Partner Center, Azure and Cloudflare; anything else gives no code. */
export function readServiceError(body: unknown, headers: Record<string, string>): ServiceError {
  const requestId =
    headers["request-id"] ?? headers.sprequestguid ?? headers["ms-requestid"] ?? undefined;
  const parsed = isObject(body) ? fromBody(body) : { details: [] };
  const known = parsed.requestId ?? requestId;
  return known === undefined ? parsed : { ...parsed, requestId: known };
}

function fromBody(body: Json): ServiceError {
  if (isObject(body["odata.error"])) return fromODataError(body["odata.error"]);
  if (isObject(body.error)) return fromODataError(body.error);
  if (Array.isArray(body.errors) && isObject(body.errors[0])) return fromODataError(body.errors[0]);
  // Veeam: errorCode and message. Partner Center (form not verified): code and description.
  return found(text(body.errorCode) ?? codeOf(body.code), {
    message: text(body.message) ?? text(body.description),
  });
}

function fromODataError(error: Json): ServiceError {
  const inner = error.innerError ?? error.innererror;
  const internal = isObject(inner) ? inner.internalexception : undefined;
  const details = Array.isArray(error.details)
    ? error.details.filter(isObject).map(readDetail)
    : [];
  // Exchange says `|Full.Type.Name|words` in its first detail, and the best words inside.
  const [, type, words] = /^\|([^|]+)\|(.*)$/s.exec(details[0]?.message ?? "") ?? [];
  const message = isObject(error.message) ? error.message.value : error.message;
  return found(type?.split(".").at(-1) ?? codeOf(error.code), {
    message: (isObject(internal) ? text(internal.message) : undefined) ?? words ?? text(message),
    details,
    requestId: isObject(inner) ? text(inner["request-id"]) : undefined,
  });
}

function readDetail(detail: Json): FailureDetail {
  const target = text(detail.target);
  return {
    code: codeOf(detail.code) ?? "",
    message: text(detail.message) ?? "",
    ...(target === undefined ? {} : { target }),
  };
}

function codeOf(code: unknown): string | undefined {
  return typeof code === "number" ? String(code) : text(code);
}

function found(
  code: string | undefined,
  rest: { message: string | undefined; details?: FailureDetail[]; requestId?: string | undefined },
): ServiceError {
  return {
    details: rest.details ?? [],
    ...(code === undefined ? {} : { code }),
    ...(rest.message === undefined ? {} : { message: rest.message }),
    ...(rest.requestId === undefined ? {} : { requestId: rest.requestId }),
  };
}

/** Words for "wait until it is there", seen in the services' answers. */
const PROVISIONING =
  /provisioning is in progress|MailboxNotEnabledForRESTAPI|mysite not found|being provisioned/i;
const EXISTS =
  /already exists?\b|conflicting object with one or more|ObjectConflict|PropertyConflict|nameAlreadyExists|ProxyAddressExists/i;
const NO_OBJECT = /ManagementObjectNotFoundException|RecipientNotFoundException/;
/** A reference that a replica cannot see yet. */
const NO_REFERENCE =
  /objects? being referenced do(?:es)? not exist|queried reference-property objects are not present|Not a valid reference update|One or more property values specified are invalid/i;

/** What the answer means. Only a 404 that is an error of the service itself is `not-found`. */
export function meaningOf(status: number, error: ServiceError): FailureCode {
  const words = [error.code, error.message, ...error.details.map((one) => one.code)].join(" ");
  switch (status) {
    case 400:
      if (NO_OBJECT.test(words)) return "not-found";
      return EXISTS.test(words) ? "already-exists" : "bad-request";
    case 401:
      return "sign-in-failed";
    case 403:
      return "forbidden";
    case 404:
      if (error.code === undefined || error.code === "UnknownError") return "unexpected-answer";
      return PROVISIONING.test(words) ? "provisioning" : "not-found";
    case 409:
      return EXISTS.test(words) ? "already-exists" : "conflict";
    case 410:
      return "expired";
    case 412:
    case 428:
      return "precondition-failed";
    case 422:
      return EXISTS.test(words) ? "already-exists" : "bad-request";
    case 424:
      return "dependency-failed";
    case 429:
      return "throttled";
    default:
      if (status >= 500) return "service-unavailable";
      return status >= 400 ? "bad-request" : "unexpected-answer";
  }
}

/** Whether the answer may only mean that a replica has not seen a new object yet. */
export function mayBeTooEarly(status: number, error: ServiceError): boolean {
  if (status === 404) return true;
  return status === 400 && NO_REFERENCE.test(error.message ?? "");
}

const HINTS: Record<FailureCode, string> = {
  "bad-request":
    "Correct the values named in the message; the service will not accept them later either.",
  "sign-in-failed":
    "Check the tenant id, application id and credential, and that the credential has not expired.",
  forbidden:
    "Grant the application the permission that this call needs, with admin consent in the tenant.",
  "not-found": "Check the name or id; the object may have been deleted outside this program.",
  provisioning: "The service is still setting it up: run again in a few minutes.",
  "already-exists": "Import the existing object, or choose another name.",
  conflict: "Somebody else is changing the same object: run again when they have finished.",
  "precondition-failed": "The object changed in the meantime: run again to read it anew.",
  expired: "What this link or token pointed to has expired: read from the start.",
  throttled: "The tenant's quota is used up by this or another program: run again later.",
  "service-unavailable": "The service is failing: run again later.",
  "unexpected-answer":
    "This answer did not come from the service: look for a proxy or a wrong address.",
  "incomplete-answer": "The list could not be read to its end, so it was not used: run again.",
  "connection-failed": "Check network, host name, proxy and certificate authorities.",
  "outcome-unknown": "Check in the tenant whether it happened before you run again.",
  "deadline-exceeded": "Run again later: what was done so far is kept.",
  "dependency-failed": "Fix the failure of the previous call.",
  cancelled: "Run again to continue: what was done so far is kept.",
};

/** What to do next. */
export function hintFor(code: FailureCode, service: ServiceName): string {
  if (code === "sign-in-failed" && service === "sharepoint") {
    return "SharePoint accepts an application only with a certificate: use a client certificate instead of a secret.";
  }
  if (code === "forbidden" && service === "exchange") {
    return "Grant the application Exchange.ManageAsApp of Office 365 Exchange Online, and give it the directory role Exchange Administrator.";
  }
  return HINTS[code];
}
