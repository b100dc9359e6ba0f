/** Document libraries and the default drive as Graph shows them. */
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { guidFrom } from "../core/random.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { collectionAnswer, entityAnswer } from "../graph/responses.ts";
import { badRequest, notImplemented } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import { graphSiteId, oneAnswer, requireSite, selected, siteNotFound } from "./graph-sites.ts";
import { addLibrary, isListTitleTaken } from "./libraries.ts";
import { webs, type DocumentLibrary, type Site, type Web } from "./model.ts";

function requireWeb(call: Call, site: Site): Web {
  const web = call.store.get(webs, site.id);
  if (web === undefined) throw siteNotFound();
  return web;
}

function urlOf(list: DocumentLibrary, site: Site): string {
  return `${site.webUrl}/${encodeURIComponent(list.urlName)}`;
}

function toList(list: DocumentLibrary, site: Site): Record<string, unknown> {
  return {
    createdDateTime: toTimestamp(list.createdMs),
    description: list.description,
    displayName: list.title,
    eTag: `"${list.id},1"`,
    id: list.id,
    lastModifiedDateTime: toTimestamp(list.createdMs),
    list: { contentTypesEnabled: false, hidden: false, template: "documentLibrary" },
    name: list.urlName,
    parentReference: { siteId: graphSiteId(site) },
    webUrl: urlOf(list, site),
  };
}

function toDrive(list: DocumentLibrary, site: Site): Record<string, unknown> {
  return {
    createdDateTime: toTimestamp(list.createdMs),
    description: list.description,
    driveType: "documentLibrary",
    id: `b!${Buffer.from(guidFrom(site.id, list.id)).toString("base64url")}`,
    lastModifiedDateTime: toTimestamp(list.createdMs),
    name: list.title,
    webUrl: urlOf(list, site),
  };
}

function requireList(call: Call, web: Web): DocumentLibrary {
  const wanted = (call.params.list ?? "").toLowerCase();
  const found = web.lists.find((list) => list.id === wanted || list.title.toLowerCase() === wanted);
  if (found === undefined)
    throw new ServiceFailure(404, "itemNotFound", { message: "Item not found" });
  return found;
}

function lists(
  call: Call,
  toShown: (list: DocumentLibrary, site: Site) => Record<string, unknown>,
  type: string,
): Answer {
  const site = requireSite(call);
  const shown = requireWeb(call, site).lists.map((list) => toShown(list, site));
  return collectionAnswer(call, selected(call, type, shown), { type, context: `${type}s` });
}

function create(call: Call): Answer {
  const site = requireSite(call);
  const web = requireWeb(call, site);
  const { properties } = readEntity(call, "list");
  const { displayName, description, list } = properties;
  const template = (list as { template?: string } | undefined)?.template ?? "genericList";
  if (template !== "documentLibrary") throw notImplemented(`lists of template ${template}`);
  if (typeof displayName !== "string" || displayName === "")
    throw badRequest("displayName is required.");
  if (isListTitleTaken(web, displayName)) {
    throw new ServiceFailure(409, "nameAlreadyExists", {
      message: "The specified list title is already in use.",
    });
  }
  const added = addLibrary(call, web, {
    title: displayName,
    description: typeof description === "string" ? description : "",
  });
  return entityAnswer(call, toList(added, site), { type: "list", status: 201 });
}

function defaultDrive(call: Call): Answer {
  const site = requireSite(call);
  const [first] = requireWeb(call, site).lists;
  if (first === undefined)
    throw new ServiceFailure(404, "itemNotFound", { message: "Item not found" });
  return oneAnswer(call, toDrive(first, site), { type: "drive" });
}

export const libraryOperations: readonly Route[] = [
  { method: "GET", path: "/sites/:site/lists", handle: (call) => lists(call, toList, "list") },
  { method: "POST", path: "/sites/:site/lists", handle: create },
  {
    method: "GET",
    path: "/sites/:site/lists/:list",
    handle: (call) => {
      const site = requireSite(call);
      const list = toList(requireList(call, requireWeb(call, site)), site);
      return oneAnswer(call, list, { type: "list" });
    },
  },
  { method: "GET", path: "/sites/:site/drive", handle: defaultDrive },
  { method: "GET", path: "/sites/:site/drives", handle: (call) => lists(call, toDrive, "drive") },
];
