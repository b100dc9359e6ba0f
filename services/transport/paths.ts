/** What may be said about a URL: encoded values going in, no personal data coming out. */

/**
 * A path with its values encoded: `` odata`/users/${upn}/manager` ``. A value between single quotes is
 * an OData string, so its quotes are doubled too: `` odata`/users?$filter=userPrincipalName eq '${upn}'` ``.
 */
export function odata(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  return strings.reduce((path, text, index) => {
    const value = String(values[index - 1]);
    return (
      path + encodeURIComponent(path.endsWith("'") ? value.replaceAll("'", "''") : value) + text
    );
  });
}

/** The path for an error message: the names of query options without their values. */
export function withoutQueryValues(path: string): string {
  const [plain, query] = splitQuery(path);
  if (query === undefined) return plain;
  const names = query.split("&").map((option) => option.split("=", 1)[0]);
  return `${plain}?${names.join("&")}`;
}

/** Segments after which a key follows; only there is a name that looks like any other word a key. */
const COLLECTIONS = new Set(
  (
    "users groups members owners sites lists items drives domains applications servicePrincipals devices " +
    "directoryObjects subscriptions contracts customers orders deletedItems roleAssignments " +
    "namedLocations authenticationStrengthPolicies delegatedAdminRelationships accessAssignments permissions " +
    "Organizations Jobs BackupRepositories Accounts Proxies resourceGroups dnsZones TXT CNAME SRV zones"
  ).split(" "),
);
const KEY = /^(?:[0-9a-f]{8}-[0-9a-f-]{27,}.*|\d+|.*[@,%:].*|(?=.*\d)[\w-]{24,})$/i;
const WORD_AFTER_COLLECTION = /^(?:\$.*|microsoft\.graph\..*|delta|getByIds|add|root|[a-z]+\(.*)$/;

/** The path as an operation: keys replaced by `{id}`, query dropped. */
export function operationOf(path: string): string {
  const segments = splitQuery(path)[0].split("/");
  return segments
    .map((segment, index) => {
      const shape = segment.replace(/\((?!\)).*\)/, "({id})");
      if (shape !== segment) return shape;
      const follows = COLLECTIONS.has(segments[index - 1] ?? "");
      const isSiteName = ["sites", "teams", "personal"].includes(segments[index - 1] ?? "");
      if (KEY.test(segment)) return "{id}";
      return (follows || isSiteName) && !WORD_AFTER_COLLECTION.test(segment) ? "{id}" : segment;
    })
    .join("/");
}

/** Path and query of a URL that may be absolute, as long as it stays below `baseUrl`; else `undefined`. */
export function relativeTo(baseUrl: string, pathOrUrl: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(pathOrUrl)) return pathOrUrl;
  return pathOrUrl.startsWith(`${baseUrl}/`) ? pathOrUrl.slice(baseUrl.length) : undefined;
}

const OBJECT_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const WHOLE_OBJECT_ID = new RegExp(`^${OBJECT_ID.source}$`, "i");

/** The ids of objects that a path names, its query left out, in lower case. */
export function idsIn(path: string): string[] {
  return (splitQuery(path)[0].match(OBJECT_ID) ?? []).map((id) => id.toLowerCase());
}

export function isObjectId(text: string): boolean {
  return WHOLE_OBJECT_ID.test(text);
}

function splitQuery(path: string): [string, string?] {
  const at = path.indexOf("?");
  return at < 0 ? [path] : [path.slice(0, at), path.slice(at + 1)];
}
