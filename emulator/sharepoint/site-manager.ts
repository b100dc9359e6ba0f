/**
 * SPSiteManager: creating, watching and deleting sites without a group.
 * @see https://learn.microsoft.com/sharepoint/dev/apis/site-creation-rest (checked 2026-11)
 */
import type { Answer, Call, Route } from "../core/workload.ts";
import { personLogin, resolveLogin } from "./claims.ts";
import { exception } from "./errors.ts";
import { result } from "./format.ts";
import { hostsOf } from "./hosts.ts";
import { sites, type Site } from "./model.ts";
import { argument } from "./path.ts";
import { createSite, deleteSite, findByUrl, isReady, isTaken } from "./provisioning.ts";
import { bodyOf, contentRoute, requireText } from "./web-call.ts";

const STATUS = { notFound: 0, provisioning: 1, ready: 2, error: 3, urlTaken: 4 } as const;

const TEMPLATES = ["SITEPAGEPUBLISHING#0", "STS#3"];
const DEFAULT_LCID = 1033;

const REQUEST_PROPERTIES = [
  "Title",
  "Url",
  "Lcid",
  "ShareByEmailEnabled",
  "Classification",
  "SensitivityLabel",
  "Description",
  "WebTemplate",
  "SiteDesignId",
  "Owner",
  "WebTemplateExtensionId",
  "__metadata",
];

const TYPES: Readonly<Record<string, "string" | "number" | "boolean">> = {
  Title: "string",
  Url: "string",
  Lcid: "number",
  ShareByEmailEnabled: "boolean",
  Description: "string",
  WebTemplate: "string",
  Owner: "string",
};

interface CreationRequest {
  Title?: string;
  Url?: string;
  Lcid?: number;
  Description?: string;
  WebTemplate?: string;
  Owner?: string;
}

function statusAnswer(
  call: Call,
  name: "Create" | "Status",
  outcome: { site?: Site | undefined; status: number },
): Answer {
  const { site, status } = outcome;
  return result(call, name, {
    SiteId: site?.id ?? "",
    SiteStatus: status,
    SiteUrl: site?.webUrl ?? "",
  });
}

function statusOf(call: Call, site: Site | undefined): number {
  if (site === undefined) return STATUS.notFound;
  return isReady(call, site) ? STATUS.ready : STATUS.provisioning;
}

/** @throws ServiceFailure for a property that the request type does not have, or of another type */
function creationRequest(call: Call): CreationRequest {
  const { request } = bodyOf(call);
  if (typeof request !== "object" || request === null) {
    throw exception(400, "query", "The parameter request does not exist in method create.");
  }
  for (const name of Object.keys(request)) {
    if (REQUEST_PROPERTIES.includes(name)) continue;
    throw exception(
      400,
      "query",
      `The property '${name}' does not exist on type 'Microsoft.SharePoint.Portal.SPSiteCreationRequest'. Make sure to only use property names that are defined by the type.`,
    );
  }
  for (const [name, type] of Object.entries(TYPES)) {
    const value: unknown = Reflect.get(request, name) ?? undefined;
    if (value === undefined || typeof value === type) continue;
    throw exception(
      400,
      "query",
      `Cannot convert the value of the property '${name}' to the expected type.`,
    );
  }
  return request;
}

function isGoodUrl(call: Call, url: string): boolean {
  const prefix = `https://${hostsOf(call).content}/`;
  const path = url.toLowerCase().startsWith(prefix)
    ? url.slice(prefix.length).replace(/\/$/, "")
    : "";
  return /^(sites|teams)\/[^/"#%*:<>?\\|]+$/i.test(path);
}

function create(call: Call): Answer {
  const request = creationRequest(call);
  const {
    Title: title,
    Url: url,
    Owner: owner,
    WebTemplate: template = TEMPLATES[0] ?? "",
  } = request;
  if (!title) throw exception(400, "argument", "The parameter Title cannot be null or empty.");
  if (!url) throw exception(400, "argument", "The parameter Url cannot be null or empty.");
  // Without a signed-in user there is nobody else who could own the site.
  if (!owner) throw exception(400, "argument", "The parameter Owner cannot be null or empty.");
  if (isTaken(call, url)) return statusAnswer(call, "Create", { status: STATUS.urlTaken });
  const identity = resolveLogin(call, owner) ?? resolveLogin(call, personLogin(owner));
  if (identity === undefined || !isGoodUrl(call, url) || !TEMPLATES.includes(template)) {
    return statusAnswer(call, "Create", { status: STATUS.error });
  }
  const site = createSite(
    call,
    {
      title,
      template,
      webUrl: url.replace(/\/$/, ""),
      description: request.Description ?? "",
      lcid: request.Lcid ?? DEFAULT_LCID,
      ownerLoginName: identity.loginName,
    },
    { delayMs: call.behaviour.siteProvisioningDelayMs },
  );
  return statusAnswer(call, "Create", { site, status: statusOf(call, site) });
}

function status(call: Call): Answer {
  const site = findByUrl(call, argument(call, "url"));
  return statusAnswer(call, "Status", { site, status: statusOf(call, site) });
}

function remove(call: Call): Answer {
  const site = call.store.get(sites, requireText(call, "siteId").toLowerCase());
  if (site === undefined) throw exception(404, "sharePoint", "Cannot find the site.");
  if (site.groupId !== undefined) {
    // Group sites go with their group; GroupSiteManager, which could, is for people only.
    throw exception(400, "sharePoint", "This site belongs to a Microsoft 365 group.");
  }
  deleteSite(call, site);
  return result(call, "Delete", null);
}

export const siteManagerRoutes: readonly Route[] = [
  contentRoute("spsitemanager/create", { POST: create }),
  contentRoute("spsitemanager/status", { GET: status }),
  contentRoute("spsitemanager/delete", { POST: remove }),
];
