/**
 * Veeam Backup for Microsoft 365 v8: the backup vendor's own server, outside Microsoft.
 * @see https://helpcenter.veeam.com/references/vbo365/8/rest (checked 2026-11)
 */
import type { Workload } from "../core/workload.ts";
import { tenantDataOf } from "./tenant-data.ts";
import { renderVeeamFailure } from "./errors.ts";
import { jobOperations } from "./jobs.ts";
import { routesNotServed, routesOf } from "./operation.ts";
import { organizationOperations } from "./organizations.ts";
import { reportOperations } from "./reports.ts";
import { repositoryOperations } from "./repositories.ts";
import { sessionOperations } from "./sessions.ts";
import { storageOperations } from "./storage.ts";
import { tokenRoute } from "./token.ts";

export { backupOperator } from "./sign-in.ts";

export const veeam: Workload = {
  name: "veeam",
  prefixes: ["/veeam"],
  signIn: "own",
  renderFailure: renderVeeamFailure,
  tenantData: tenantDataOf,
  routes: [
    tokenRoute,
    ...routesOf(organizationOperations),
    ...routesOf(repositoryOperations),
    ...routesOf(storageOperations),
    ...routesOf(jobOperations),
    ...routesOf(sessionOperations),
    ...routesOf(reportOperations),
    ...routesNotServed(),
  ],
};
