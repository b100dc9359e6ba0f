/** What SharePoint adds to Graph. */
import type { Route } from "../core/workload.ts";
import { entityAnswer } from "../graph/responses.ts";
import { badRequest } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import type { GraphPart } from "../graph/workload.ts";
import { libraryOperations } from "./graph-libraries.ts";
import { rewriteSitePath } from "./graph-path.ts";
import { permissionOperations } from "./graph-permissions.ts";
import { oneAnswer, siteOperations } from "./graph-sites.ts";
import { changeSettings, readSettings } from "./tenant-settings.ts";

const READ_ONLY_SETTINGS = ["id", "availableManagedPathsForSiteCreation"];

const SETTINGS = { type: "sharepointSettings", context: "admin/sharepoint/settings" };

const settingsOperations: readonly Route[] = [
  {
    method: "GET",
    path: "/admin/sharepoint/settings",
    handle: (call) => oneAnswer(call, { id: call.tenantId, ...readSettings(call) }, SETTINGS),
  },
  {
    method: "PATCH",
    path: "/admin/sharepoint/settings",
    handle: (call) => {
      const { properties } = readEntity(call, "sharepointSettings");
      const fixed = READ_ONLY_SETTINGS.find((name) => name in properties);
      if (fixed !== undefined)
        throw badRequest(`Property '${fixed}' is read-only and cannot be set.`);
      changeSettings(call, properties);
      return entityAnswer(call, { id: call.tenantId, ...readSettings(call) }, SETTINGS);
    },
  },
];

export const sitesPart: GraphPart = {
  operations: [
    ...siteOperations,
    ...libraryOperations,
    ...permissionOperations,
    ...settingsOperations,
  ],
  rewritePath: rewriteSitePath,
};
