/** The site collection and its root web. */
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Route } from "../core/workload.ts";
import { guidFrom } from "../core/random.ts";
import { notServed } from "./errors.ts";
import { result, type Shown } from "./format.ts";
import { toList } from "./libraries.ts";
import type { Site } from "./model.ts";
import { groupsOf, toCurrentUser, toPrincipal, usersOf } from "./principals.ts";
import { toAssignment } from "./role-assignments.ts";
import { roleDefinitions, toRoleDefinition } from "./roles.ts";
import { readTree } from "./tree.ts";
import { entityBody, saveSite, webRoute, type WebCall } from "./web-call.ts";

function serverRelativeUrl(site: Site): string {
  return new URL(site.webUrl).pathname;
}

function toWeb(context: WebCall): Shown {
  const { site, web } = context;
  const group = (id: number) => (): Shown | undefined => {
    const found = web.principals.find((principal) => principal.id === id);
    return found && toPrincipal(found, web);
  };
  return {
    type: "SP.Web",
    properties: {
      Created: toTimestamp(site.readyMs),
      Description: site.description,
      HasUniqueRoleAssignments: true,
      Id: site.webId,
      Language: site.lcid,
      ServerRelativeUrl: serverRelativeUrl(site),
      Title: site.title,
      Url: site.webUrl,
      WebTemplate: site.template.split("#")[0],
    },
    related: {
      AssociatedOwnerGroup: group(3),
      AssociatedVisitorGroup: group(4),
      AssociatedMemberGroup: group(5),
      CurrentUser: () => toCurrentUser(web),
      SiteUsers: () => usersOf(web).map((user) => toPrincipal(user, web)),
      SiteGroups: () => groupsOf(web).map((one) => toPrincipal(one, web)),
      RoleAssignments: () => web.assignments.map((one) => toAssignment(context, one)),
      RoleDefinitions: () => roleDefinitions.map((role) => toRoleDefinition(role, site.lcid)),
      Lists: () => web.lists.map((list) => toList(context, list)),
    },
  };
}

const NO_GROUP = "00000000-0000-0000-0000-000000000000";

function toSite(context: WebCall): Shown {
  const { site, web } = context;
  const owner = web.principals.find(({ loginName }) => loginName === site.ownerLoginName);
  return {
    type: "SP.Site",
    properties: {
      GroupId: site.groupId ?? NO_GROUP,
      Id: site.id,
      ReadOnly: site.lockState === "ReadOnly",
      ServerRelativeUrl: serverRelativeUrl(site),
      Url: site.webUrl,
    },
    related: {
      Owner: () => owner && toPrincipal(owner, web),
      RootWeb: () => toWeb(context),
    },
  };
}

/** What the addresses below `_api` start from. */
function rootsOf(context: WebCall): Shown {
  return {
    type: "",
    properties: {},
    related: {
      web: () => toWeb(context),
      site: () => toSite(context),
      lists: () => context.web.lists.map((list) => toList(context, list)),
    },
  };
}

/** `getuserbyid(7)` is the site's user of that id. */
function read({ call, ...context }: WebCall): Answer {
  const { host = "", site = "" } = call.params;
  const path = call.path
    .slice(`/${host}/${site}/`.length)
    .replace(/^web\/getuserbyid\//, "web/siteusers/getbyid/");
  return readTree(call, rootsOf({ call, ...context }), path);
}

/** Asked for before a write by clients that know no other way; nothing asks for the digest here. */
function contextInfo({ call, site }: WebCall): Answer {
  return result(call, "GetContextWebInformation", {
    FormDigestTimeoutSeconds: 1800,
    FormDigestValue: `0x${guidFrom(site.id, call.nowMs).replaceAll("-", "").toUpperCase()},${new Date(call.nowMs).toUTCString()}`,
    LibraryVersion: "16.0.0.0",
    SiteFullUrl: site.webUrl,
    SupportedSchemaVersions: ["14.0.0.0", "15.0.0.0"],
    WebFullUrl: site.webUrl,
  });
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
  webRoute("web", { GET: read, MERGE: update }),
  webRoute("contextinfo", { POST: contextInfo }),
];

/** Whatever no other route writes to. Reading goes by the tree; nothing says which other addresses can be written to. */
export const everythingElse: readonly Route[] = [
  ...["web", "site", "lists"].map((root) => webRoute(`${root}/*`, { GET: read })),
  ...["site", "lists"].map((root) => webRoute(root, { GET: read })),
  {
    method: "*",
    path: "*",
    handle: (call) => {
      throw notServed(`${call.method} ${call.path}`);
    },
  },
];
