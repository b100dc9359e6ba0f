/** Sites as Graph shows them, and creating them through /beta. */
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { groups } from "../entities/collections.ts";
import { collectionAnswer, entityAnswer, type AnswerOptions } from "../graph/responses.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import { readQuery } from "../odata/query.ts";
import { personLogin, resolveLogin } from "./claims.ts";
import { groupSite } from "./group-sites.ts";
import { hostsOf } from "./hosts.ts";
import { sites, type Site } from "./model.ts";
import { createSite, findByUrl, isReady, isTaken } from "./provisioning.ts";

export function siteNotFound(): ServiceFailure {
  return new ServiceFailure(404, "itemNotFound", { message: "Requested site could not be found" });
}

/** `{host},{site id},{web id}`, the id under which Graph knows a site. */
export function graphSiteId(site: Site): string {
  return `${new URL(site.webUrl).host},${site.id},${site.webId}`;
}

function toSite(call: Call, site: Site): Record<string, unknown> {
  const { host, pathname } = new URL(site.webUrl);
  const created = toTimestamp(call.store.entry(sites, site.id)?.createdMs ?? site.readyMs);
  return {
    createdDateTime: created,
    description: site.description,
    displayName: site.title,
    id: graphSiteId(site),
    isPersonalSite: pathname.startsWith("/personal/"),
    lastModifiedDateTime: created,
    name: pathname === "/" ? "" : (pathname.split("/").at(-1) ?? ""),
    root: {},
    siteCollection: { hostname: host },
    webUrl: site.webUrl,
  };
}

/** The site that the path names: composite id, site id, `root`, host, or host and address. */
export function requireSite(call: Call): Site {
  const site = findSite(call, call.params.site ?? "");
  if (site === undefined || !isReady(call, site)) throw siteNotFound();
  return site;
}

function findSite(call: Call, name: string): Site | undefined {
  const host = hostsOf(call).content;
  if (name === "root") return findByUrl(call, `https://${host}`);
  const [, namedHost, address] = /^([^:,]+\.[^:,]+)(?::(\/.*))?$/.exec(name) ?? [];
  if (namedHost !== undefined) return findByUrl(call, `https://${namedHost}${address ?? ""}`);
  const [, siteId] = name.split(",");
  return call.store.get(sites, (siteId ?? name).toLowerCase());
}

/** `$select` and paging of objects that Graph keeps no collection of. */
export function selected(
  call: Call,
  type: string,
  objects: readonly Record<string, unknown>[],
): Record<string, unknown>[] {
  const { select } = readQuery(plainQuery(call), {
    type,
    isDirectoryObject: false,
    maxPageSize: 999,
  });
  if (select === undefined) return [...objects];
  return objects.map((object) =>
    Object.fromEntries(select.filter((name) => name in object).map((name) => [name, object[name]])),
  );
}

/** The sites' own parameter, with a dollar or without; it is not OData's. */
const isSearch = (name: string): boolean => /^\$?search$/i.test(name);

function plainQuery(call: Call): { query: URLSearchParams; headers: Headers } {
  const query = new URLSearchParams([...call.query].filter(([name]) => !isSearch(name)));
  return { query, headers: call.headers };
}

export function oneAnswer(
  call: Call,
  object: Record<string, unknown>,
  { type, context = `${type}s` }: AnswerOptions,
): Answer {
  const [shown = {}] = selected(call, type, [object]);
  return entityAnswer(call, shown, { type, context });
}

function list(call: Call): Answer {
  const [, given = "*"] = [...call.query].find(([name]) => isSearch(name)) ?? [];
  const search = given.replace(/^"(.*)"$/s, "$1").toLowerCase();
  const found = call.store
    .list(sites)
    .map(({ object }) => object)
    .filter((site) => isReady(call, site))
    .filter(
      ({ title, webUrl }) =>
        search === "*" || `${title} ${webUrl}`.toLowerCase().includes(search.replace(/\*$/, "")),
    );
  const shown = selected(
    call,
    "site",
    found.map((site) => toSite(call, site)),
  );
  return collectionAnswer(call, shown, { type: "site", context: "sites" });
}

interface SiteOperation extends StoredObject {
  siteId: string;
  createdMs: number;
}

const operations = defineCollection<SiteOperation>("sharepoint.site-operation");

const TEMPLATES: Readonly<Record<string, string>> = {
  sitepagepublishing: "SITEPAGEPUBLISHING#0",
  sts: "STS#3",
};

interface SiteRequest {
  name?: string;
  webUrl?: string;
  locale?: string;
  description?: string;
  template?: string;
  ownerIdentityToResolve?: { email?: string };
}

const REQUEST_PROPERTIES = [
  "name",
  "webUrl",
  "locale",
  "description",
  "shareByEmailEnabled",
  "template",
  "ownerIdentityToResolve",
];

const LCID: Readonly<Record<string, number>> = { "en-us": 1033, "nl-nl": 1043 };

/** @see https://learn.microsoft.com/graph/api/site-post?view=graph-rest-beta (checked 2026-11) */
function create(call: Call): Answer {
  if (call.prefix !== "/beta") {
    throw new ServiceFailure(405, "Request_BadRequest", {
      message: "Specified HTTP method is not allowed for the request target.",
    });
  }
  const request = (call.body ?? {}) as SiteRequest;
  const unknown = Object.keys(request).find((name) => !REQUEST_PROPERTIES.includes(name));
  if (unknown !== undefined) {
    throw badRequest(
      `The property '${unknown}' does not exist on type 'microsoft.graph.site'. Make sure to only use property names that are defined by the type or mark the type as open type.`,
    );
  }
  const { name, webUrl } = request;
  const template = TEMPLATES[request.template ?? "sitepagepublishing"];
  const owner = request.ownerIdentityToResolve?.email ?? "";
  const identity = resolveLogin(call, personLogin(owner)) ?? resolveLogin(call, owner);
  if (!name || !webUrl || template === undefined)
    throw badRequest("name, webUrl and template are required.");
  if (identity === undefined) throw badRequest("The owner could not be resolved.");
  if (!webUrl.toLowerCase().startsWith(`https://${hostsOf(call).content}/`)) {
    throw badRequest("The webUrl is not valid.");
  }
  if (isTaken(call, webUrl)) {
    // Unverified: which status and code the service gives here.
    throw new ServiceFailure(409, "nameAlreadyExists", {
      message: "The specified site already exists.",
    });
  }
  const site = createSite(
    call,
    {
      title: name,
      webUrl: webUrl.replace(/\/$/, ""),
      description: request.description ?? "",
      template,
      lcid: LCID[(request.locale ?? "en-US").toLowerCase()] ?? 1033,
      ownerLoginName: identity.loginName,
    },
    { delayMs: call.behaviour.siteProvisioningDelayMs },
  );
  const operation = call.store.insert(
    operations,
    { id: call.newId(), siteId: site.id, createdMs: call.nowMs },
    call.nowMs,
  );
  const location = `${call.origin}/beta/sites/getOperationStatus(operationId='${operation.id}')`;
  return { status: 202, headers: { location } };
}

function operationStatus(call: Call): Answer {
  const [, id = ""] = /^operationId='(.*)'$/.exec(call.params.key ?? "") ?? [];
  const operation = call.store.get(operations, id);
  if (operation === undefined) throw notFound(id);
  const site = call.store.get(sites, operation.siteId);
  const isDone = site !== undefined && isReady(call, site);
  return entityAnswer(
    call,
    {
      id,
      createdDateTime: toTimestamp(operation.createdMs),
      status: site === undefined ? "failed" : isDone ? "succeeded" : "running",
      percentageComplete: isDone ? 100 : 0,
      resourceId: isDone ? graphSiteId(site) : null,
      resourceLocation: isDone ? site.webUrl : null,
    },
    { type: "richLongRunningOperation" },
  );
}

/** While it is provisioned, the site of a group is not found in words of its own. */
function rootOfGroup(call: Call): Answer {
  const id = call.params.group ?? "";
  if (call.store.get(groups, id) === undefined) throw notFound(id);
  const site = groupSite(call, id);
  if (site === undefined || !isReady(call, site)) {
    throw new ServiceFailure(404, "ResourceNotFound", {
      message: "Resource provisioning is in progress. Please try again.",
    });
  }
  return oneAnswer(call, toSite(call, site), { type: "site" });
}

export const siteOperations: readonly Route[] = [
  { method: "GET", path: "/sites", handle: list },
  { method: "GET", path: "/sites/getAllSites", handle: list },
  { method: "POST", path: "/sites", handle: create },
  { method: "GET", path: "/sites/getOperationStatus/:key", handle: operationStatus },
  {
    method: "GET",
    path: "/sites/:site",
    handle: (call) => oneAnswer(call, toSite(call, requireSite(call)), { type: "site" }),
  },
  { method: "GET", path: "/groups/:group/sites/root", handle: rootOfGroup },
];
