/** SharePoint's REST interface on every host of every tenant; what Graph shows of sites is in graph-part.ts. */
import { findTenant } from "../core/tenants.ts";
import type { Workload } from "../core/workload.ts";
import { renderSharePointFailure } from "./errors.ts";
import {
  deleteGroupSite,
  provisionGroupSite,
  purgeGroupSite,
  restoreGroupSite,
} from "./group-sites.ts";
import { libraryRoutes } from "./libraries.ts";
import { rewriteSharePointPath } from "./path.ts";
import { principalRoutes } from "./principals.ts";
import { PURGE_JOB, createRootSite, runPurge } from "./provisioning.ts";
import { sharePointQuota, sharePointQuotaHeaders } from "./quotas.ts";
import { roleAssignmentRoutes, webSecurable } from "./role-assignments.ts";
import { siteAdministratorRoutes } from "./site-administrators.ts";
import { siteGroupRoutes } from "./site-groups.ts";
import { siteManagerRoutes } from "./site-manager.ts";
import { tenantAdminRoutes } from "./tenant-admin.ts";
import { SHAREPOINT_ROLES } from "./web-call.ts";
import { everythingElse, webPropertyRoutes } from "./web-properties.ts";

export const sharePoint: Workload = {
  name: "sharepoint",
  prefixes: ["/sharepoint"],
  signIn: "entra",
  resourceId: "00000003-0000-0ff1-ce00-000000000000",
  realm: (registry, path) => {
    const [, name = ""] = /^\/sharepoint\/(.+?)(?:-admin|-my)?\.sharepoint\.com/i.exec(path) ?? [];
    return findTenant(registry, `${name}.onmicrosoft.com`)?.id;
  },
  acceptsAudience: (audience, { path }) => {
    const [, host] = /^https:\/\/([a-z0-9-]+\.sharepoint\.com)$/i.exec(audience) ?? [];
    if (host === undefined) return false;
    return (
      path === undefined || path.toLowerCase().startsWith(`/sharepoint/${host.toLowerCase()}/`)
    );
  },
  roles: SHAREPOINT_ROLES,
  rewritePath: rewriteSharePointPath,
  routes: [
    ...siteManagerRoutes,
    ...webPropertyRoutes,
    ...principalRoutes,
    ...siteGroupRoutes,
    ...roleAssignmentRoutes("web", webSecurable),
    ...libraryRoutes,
    ...tenantAdminRoutes,
    ...siteAdministratorRoutes,
    ...everythingElse,
  ],
  renderFailure: renderSharePointFailure,
  quota: sharePointQuota,
  quotaHeaders: sharePointQuotaHeaders,
  jobs: { [PURGE_JOB]: runPurge },
  listeners: {
    "tenant.created": createRootSite,
    "group.created": provisionGroupSite,
    "group.updated": provisionGroupSite,
    "group.deleted": deleteGroupSite,
    "group.restored": restoreGroupSite,
    "group.purged": purgeGroupSite,
  },
};
