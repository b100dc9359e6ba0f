/** The native provider `m365` and the drop-in for `azuread`: resources, and their server. */
export { policy } from "./backup/backup-policy.ts";
export { describe, providerPackages, serviceAssigned } from "./catalogue.ts";
export { groupMembership } from "./directory/group-membership.ts";
export { tenant } from "./directory/tenant.ts";
export { backupCredentialsOf, credentialOfEnvironment } from "./environment.ts";
export type { ResourceContext, ResourceDefinition } from "./kit/define.ts";
export { listenOnLoopback } from "./kit/loopback.ts";
export { PackageProvider, resourceClass } from "./kit/pulumi-class.ts";
export type { ResourceInstance } from "./kit/pulumi-class.ts";
export type { MovedPath } from "./kit/carry-over.ts";
export type { Connection } from "./kit/connection.ts";
export { serveProvider } from "./kit/server.ts";
export type { ProviderServer } from "./kit/server.ts";
export { decode } from "./kit/values.ts";
export type { Properties } from "./kit/values.ts";
export { groupLicense } from "./licensing/group-license.ts";
export {
  elementKey,
  findByKey,
  isReleasable,
  isSame,
  kindOfPath,
  movedPaths,
  readLive,
  uniqueKey,
} from "./live.ts";
export type { LiveObject } from "./live.ts";
export { subscription } from "./licensing/subscription.ts";
export { userLicense } from "./licensing/user-license.ts";
export { azureadPackage, m365Package } from "./registry.ts";
export { sitePermissions } from "./sharepoint/site-permissions.ts";
export { site } from "./sharepoint/site.ts";
