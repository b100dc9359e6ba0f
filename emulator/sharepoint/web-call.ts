/** A request to SharePoint: who may ask, which site it is about, and the methods of one address. */
import type { Answer, Call, Route } from "../core/workload.ts";
import {
  accessDenied,
  exception,
  fileNotFound,
  invalidQuery,
  notServed,
  unsupportedToken,
} from "./errors.ts";
import { isKnownMember } from "./known-members.ts";
import { hostsOf } from "./hosts.ts";
import { sites, webs, type Site, type Web } from "./model.ts";
import { parametersOf } from "./path.ts";
import { findByUrl, isReady } from "./provisioning.ts";

const READ_ROLES = [
  "Sites.Read.All",
  "Sites.ReadWrite.All",
  "Sites.Manage.All",
  "Sites.FullControl.All",
];
const WRITE_ROLES = ["Sites.FullControl.All"];

export const SHAREPOINT_ROLES: readonly string[] = READ_ROLES;

export interface WebCall {
  call: Call;
  site: Site;
  web: Web;
}

type Method = "GET" | "POST" | "PATCH" | "MERGE" | "DELETE";

type MethodTable<Context> = Partial<Record<Method, (context: Context) => Answer>>;

/** An address inside a site, for example `web/siteusers`. */
export function webRoute(path: string, methods: MethodTable<WebCall>): Route {
  return route(path, methods, webCallOf);
}

/** A function at the end of an address, its arguments in parentheses or elsewhere. */
export function webFunction(path: string, run: (context: WebCall) => Answer): Route[] {
  return [webRoute(path, { POST: run }), webRoute(`${path}/:args`, { POST: run })];
}

function webCallOf(call: Call): WebCall {
  const site = requireSite(call);
  const web = call.store.get(webs, site.id);
  if (web === undefined) throw fileNotFound();
  return { call, site, web };
}

/** An address of the tenant's content host, outside any site. */
export function contentRoute(path: string, methods: MethodTable<Call>): Route {
  return route(path, methods, (call) => onHost(call, "content"));
}

/** An address of the tenant's admin host. */
export function adminRoute(path: string, methods: MethodTable<Call>): Route {
  return route(path, methods, (call) => onHost(call, "admin"));
}

function route<Context>(
  path: string,
  methods: MethodTable<Context>,
  contextOf: (call: Call) => Context,
): Route {
  return {
    // What has nothing to say to GET leaves it to the tree.
    method: methods.GET === undefined ? "WRITE" : "*",
    path: `/:host/:site/${path}`,
    handle: (call) => {
      const method = effectiveMethod(call);
      authorize(call, method);
      const handler = methods[method] ?? (method === "PATCH" ? methods.MERGE : undefined);
      const context = contextOf(call);
      if (handler === undefined) throw notServed(`${method} ${path}`);
      return handler(context);
    },
  };
}

/** Clients that may only POST say what they mean in a header. */
function effectiveMethod(call: Call): Method {
  return (call.headers.get("x-http-method") ?? call.method).toUpperCase() as Method;
}

/** @throws ServiceFailure 401 for tokens that SharePoint does not take, 403 without the permission */
function authorize(call: Call, method: Method): void {
  if (call.token?.credential !== "certificate")
    throw unsupportedToken("Unsupported app only token.");
  const hosts = hostsOf(call);
  const host = call.params.host;
  if (host !== hosts.content && host !== hosts.admin) {
    throw unsupportedToken("Invalid issuer or signature.");
  }
  const wanted = method === "GET" ? READ_ROLES : WRITE_ROLES;
  if (!wanted.some((role) => call.token?.roles.includes(role) === true)) throw accessDenied();
}

function onHost(call: Call, kind: "content" | "admin"): Call {
  if (call.params.host !== hostsOf(call)[kind]) throw fileNotFound();
  return call;
}

/** The site at the request's address; one that is being provisioned is not there yet. */
function requireSite(call: Call): Site {
  const path = call.params.site ?? "/";
  const site = findByUrl(call, `https://${call.params.host ?? ""}${path === "/" ? "" : path}`);
  if (site === undefined || !isReady(call, site)) throw fileNotFound();
  return site;
}

export function saveSite(call: Call, site: Site): void {
  call.store.replace(sites, site);
}

export function saveWeb(call: Call, web: Web): void {
  call.store.replace(webs, web);
}

/** The request's JSON object, or an empty one. */
export function bodyOf(call: Call): Record<string, unknown> {
  const { body } = call;
  if (body === undefined) return {};
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalidQuery("The request body must be a JSON object.");
  }
  return body as Record<string, unknown>;
}

/** A text, for example `logonName`, of the body or of the address. */
export function requireText(call: Call, name: string): string {
  const value = parametersOf(call, [name])[name.toLowerCase()];
  if (value === undefined || value === "") {
    throw exception(400, "argument", `The parameter ${name} cannot be null or empty.`);
  }
  return value;
}

/**
 * The properties of an entity in the body.
 * @throws ServiceFailure 400 for an unknown property, or for a verbose body that does not name its type
 */
export function entityBody(
  call: Call,
  entity: { type: string; properties: readonly string[] },
): Record<string, unknown> {
  const { __metadata: metadata, ...properties } = bodyOf(call);
  const isVerbose = call.headers.get("content-type")?.replaceAll(" ", "").includes("odata=verbose");
  if (isVerbose === true && metadata === undefined) {
    throw invalidQuery(
      "An entry without a type name was found, but no expected type was specified. To allow entries without type information, the expected type must also be specified when the model is specified.",
    );
  }
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([given]) => !given.includes("@") && !given.startsWith("odata."))
      .map(([given, value]) => {
        const name = entity.properties.find((one) => one.toLowerCase() === given.toLowerCase());
        if (name !== undefined) return [name, value];
        if (isKnownMember(entity.type, given)) throw notServed(`${given} of ${entity.type}`);
        throw invalidQuery(
          `The property '${given}' does not exist on type '${entity.type}'. Make sure to only use property names that are defined by the type.`,
        );
      }),
  );
}
