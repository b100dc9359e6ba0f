/** Sites of Microsoft 365 groups: they come some time after the group and share its fate. */
import type { EventPayload, Scope } from "../core/workload.ts";
import { groups, type GraphObject } from "../entities/collections.ts";
import { MEMBERS, OWNERS } from "../entities/group-links.ts";
import { unifiedGroupLogin } from "./claims.ts";
import { hostsOf } from "./hosts.ts";
import { sites, type Site } from "./model.ts";
import { createSite, deleteSite, isTaken, purgeSite, restoreSite } from "./provisioning.ts";

const DEFAULT_LCID = 1033;
/** Group resources stay for 30 days, not for the 93 of other sites. */
const GROUP_BIN_DAYS = 30;

function isUnified(group: GraphObject): boolean {
  return Array.isArray(group.groupTypes) && group.groupTypes.includes("Unified");
}

export function groupSite(scope: Scope, groupId: string): Site | undefined {
  return scope.store.find(sites, "groupId", groupId)[0]?.object;
}

/** A group that an application made without owner or member gets its site when the first one comes. */
export function provisionGroupSite(scope: Scope, { id }: EventPayload): void {
  const group = scope.store.get(groups, id);
  if (group === undefined || !isUnified(group) || groupSite(scope, id) !== undefined) return;
  const people = [...scope.store.targets(OWNERS, id), ...scope.store.targets(MEMBERS, id)];
  if (people.length === 0) return;
  createSite(
    scope,
    {
      webUrl: freeUrl(scope, String(group.mailNickname)),
      title: String(group.displayName),
      description: typeof group.description === "string" ? group.description : "",
      template: "GROUP#0",
      lcid: DEFAULT_LCID,
      ownerLoginName: `${unifiedGroupLogin(id)}_o`,
      groupId: id,
    },
    { delayMs: scope.behaviour.siteProvisioningDelayMs },
  );
}

function freeUrl(scope: Scope, name: string): string {
  const wanted = `https://${hostsOf(scope).content}/sites/${name}`;
  for (let count = 0; ; count++) {
    const url = count === 0 ? wanted : `${wanted}${count}`;
    if (!isTaken(scope, url)) return url;
  }
}

function deletedGroupSite(scope: Scope, groupId: string): Site | undefined {
  return scope.store.list(sites, { deleted: true }).find(({ object }) => object.groupId === groupId)
    ?.object;
}

export function deleteGroupSite(scope: Scope, { id }: EventPayload): void {
  const site = groupSite(scope, id);
  if (site !== undefined) deleteSite(scope, site, GROUP_BIN_DAYS);
}

export function restoreGroupSite(scope: Scope, { id }: EventPayload): void {
  const site = deletedGroupSite(scope, id);
  if (site !== undefined) restoreSite(scope, site);
}

export function purgeGroupSite(scope: Scope, { id }: EventPayload): void {
  const site = deletedGroupSite(scope, id);
  if (site !== undefined) purgeSite(scope, site.id);
}
