/** The site collection and its root web. */
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Route } from "../core/workload.ts";
import { entity } from "./format.ts";
import type { Site } from "./model.ts";
import { entityBody, saveSite, webRoute, type WebCall } from "./web-call.ts";

function serverRelativeUrl(site: Site): string {
  return new URL(site.webUrl).pathname;
}

function toWeb(site: Site): Record<string, unknown> {
  return {
    Created: toTimestamp(site.readyMs),
    Description: site.description,
    HasUniqueRoleAssignments: true,
    Id: site.webId,
    Language: site.lcid,
    ServerRelativeUrl: serverRelativeUrl(site),
    Title: site.title,
    Url: site.webUrl,
    WebTemplate: site.template.split("#")[0],
  };
}

const NO_GROUP = "00000000-0000-0000-0000-000000000000";

function toSite(site: Site): Record<string, unknown> {
  return {
    GroupId: site.groupId ?? NO_GROUP,
    Id: site.id,
    ReadOnly: site.lockState === "ReadOnly",
    ServerRelativeUrl: serverRelativeUrl(site),
    Url: site.webUrl,
  };
}

function update({ call, site }: WebCall): Answer {
  const { Title: title, Description: description } = entityBody(call, {
    type: "SP.Web",
    properties: ["Title", "Description"],
  });
  saveSite(call, {
    ...site,
    ...(typeof title === "string" && { title }),
    ...(typeof description === "string" && { description }),
  });
  return { status: 204 };
}

export const webPropertyRoutes: readonly Route[] = [
  webRoute("web", {
    GET: ({ call, site }) => entity(call, toWeb(site), { type: "SP.Web" }),
    MERGE: update,
    PATCH: update,
  }),
  webRoute("site", { GET: ({ call, site }) => entity(call, toSite(site), { type: "SP.Site" }) }),
];
