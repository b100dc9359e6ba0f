/**
 * Answers to reads that nobody expected, redacted to their form: what is kept of a real tenant, so that the emulator
 * learns how the services differ. Holds no value, id, name or address; names of properties are those of Graph's schema.
 */
import type { Call, Reply } from "./call.ts";
import { graphTemplate, otherForms, typeOfAnswer } from "./graph-types.ts";
import { readServiceError } from "./service-errors.ts";
import type { OtherForm, UnexpectedAnswer } from "./types.ts";

/** What the client can do something with. Who gets 429 or 5xx sends again, whatever code comes with it. */
const STATUSES: ReadonlySet<number> = new Set([200, 401, 403, 404, 429, 500, 502, 503, 504]);

/** Of Graph's answers 401, 403 and 404; a new one may mean something else than its status says. */
const CODES: ReadonlySet<string> = new Set(
  (
    "InvalidAuthenticationToken CompactToken Authorization_RequestDenied accessDenied AccessDenied ErrorAccessDenied " +
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant Request_ResourceNotFound ResourceNotFound itemNotFound " +
    "ErrorItemNotFound ErrorInvalidUser MailboxNotEnabledForRESTAPI NotFound notFound UnknownError"
  ).split(" "),
);

/** Undefined for what was expected, and for what is not a read of Graph or SharePoint. */
export function unexpectedIn(
  { service, method, path }: Pick<Call, "service" | "method" | "path">,
  { status, headers, body }: Reply,
): UnexpectedAnswer | undefined {
  if (method !== "GET" || (service !== "graph" && service !== "sharepoint")) return undefined;
  const isGraph = service === "graph";
  const route = isGraph ? graphTemplate(path) : sharePointTemplate(path);
  const said = status === 200 ? undefined : readServiceError(body, headers).code;
  const seen = { service, route, status, code: said === undefined ? undefined : shown(said) };
  if (!STATUSES.has(status)) return { ...seen, unexpected: "status" };
  if (!isGraph) return undefined;
  if ([401, 403, 404].includes(status)) {
    return said !== undefined && CODES.has(said) ? undefined : { ...seen, unexpected: "code" };
  }
  const type = status === 200 ? typeOfAnswer(route) : undefined;
  const forms = type === undefined ? [] : distinct(otherForms(body, type));
  return forms.length === 0 ? undefined : { ...seen, unexpected: "form", forms };
}

const shown = (code: string): string => (/^[A-Za-z][A-Za-z_.]{0,79}$/.test(code) ? code : "{code}");

/** Only what stands behind `_api`, without the arguments of functions. */
const sharePointTemplate = (path: string): string => {
  const [, api = ""] = /\/(_api\/[^?]*)/.exec(path) ?? [];
  return api
    .replaceAll(/\(.*?\)(?=\/|$)/g, "({id})")
    .split("/")
    .map((segment) => (/^[A-Za-z_.]+(\(\{id\}\))?$/.test(segment) ? segment : "{id}"))
    .join("/");
};

const distinct = (forms: readonly OtherForm[]): OtherForm[] => [
  ...new Map(forms.map((form) => [JSON.stringify(form), form])).values(),
];
