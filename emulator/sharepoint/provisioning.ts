/** The life of a site collection: provisioned, ready, in the bin, gone. */
import type { Scope } from "../core/workload.ts";
import { personLogin, resolveLogin, unifiedGroupLogin } from "./claims.ts";
import { hostsOf } from "./hosts.ts";
import { sites, webs, type Principal, type Site, type Web } from "./model.ts";
import { EDIT, FULL_CONTROL, READ } from "./roles.ts";

const DAY_MS = 24 * 3_600_000;

/**
 * How long a deleted site can be restored.
 * @see https://learn.microsoft.com/sharepoint/restore-deleted-site-collection (checked 2026-11)
 */
const BIN_DAYS = 93;

export const PURGE_JOB = "sharepoint.purge-site";

/** 25 TB, the most that one site may hold; also what a site gets while limits are automatic. */
export const SITE_MAXIMUM_MEGABYTES = 26_214_400;

export interface NewSite {
  webUrl: string;
  title: string;
  description: string;
  template: string;
  lcid: number;
  ownerLoginName: string;
  groupId?: string;
}

/** Whether the address is taken, by a live site or by one in the bin. */
export function isTaken(scope: Scope, webUrl: string): boolean {
  return findByUrl(scope, webUrl) !== undefined || findDeletedByUrl(scope, webUrl) !== undefined;
}

export function findByUrl(scope: Scope, webUrl: string): Site | undefined {
  return scope.store.find(sites, "webUrl", webUrl.replace(/\/$/, ""))[0]?.object;
}

/** Keys of deleted objects are gone, so the bin is searched as a whole. */
export function findDeletedByUrl(scope: Scope, webUrl: string): Site | undefined {
  const wanted = webUrl.replace(/\/$/, "").toLowerCase();
  return scope.store
    .list(sites, { deleted: true })
    .find(({ object }) => object.webUrl.toLowerCase() === wanted)?.object;
}

export function isReady(scope: Scope, site: Site): boolean {
  return site.readyMs <= scope.nowMs;
}

export function createSite(scope: Scope, wanted: NewSite, options: { delayMs: number }): Site {
  const site: Site = {
    ...wanted,
    id: scope.newId(),
    webId: scope.newId(),
    readyMs: scope.nowMs + options.delayMs,
    sharingCapability: wanted.groupId === undefined ? "Disabled" : "ExternalUserSharingOnly",
    storageMaximumMegabytes: SITE_MAXIMUM_MEGABYTES,
    storageWarningMegabytes: Math.floor(SITE_MAXIMUM_MEGABYTES * 0.98),
    lockState: "Unlock",
  };
  scope.store.insert(sites, site, scope.nowMs);
  scope.store.insert(webs, newWeb(scope, site), scope.nowMs);
  return site;
}

/** The root site that every tenant has. */
export function createRootSite(scope: Scope): void {
  const host = hostsOf(scope).content;
  createSite(
    scope,
    {
      webUrl: `https://${host}`,
      title: "Communication site",
      description: "",
      template: "SITEPAGEPUBLISHING#0",
      lcid: 1033,
      ownerLoginName: personLogin(`admin@${host}`),
    },
    { delayMs: 0 },
  );
}

/** Ids 3, 4 and 5 are the associated groups, as on a site made by the service. */
function newWeb(scope: Scope, site: Site): Web {
  const owner = ownerOf(scope, site);
  const members = membersOf(scope, site);
  return {
    id: site.id,
    nextPrincipalId: 7,
    principals: [
      owner,
      sharePointGroup(3, { site, name: "Owners", members: [owner.id] }),
      sharePointGroup(4, { site, name: "Visitors", members: [] }),
      sharePointGroup(5, {
        site,
        name: "Members",
        members: members === undefined ? [] : [members.id],
      }),
      ...(members === undefined ? [] : [members]),
    ],
    assignments: [
      { principalId: 3, roleDefinitionIds: [FULL_CONTROL] },
      { principalId: 4, roleDefinitionIds: [READ] },
      { principalId: 5, roleDefinitionIds: [EDIT] },
    ],
    lists: [
      {
        id: scope.newId(),
        title: "Documents",
        description: "",
        urlName: "Shared Documents",
        createdMs: scope.nowMs,
      },
    ],
  };
}

function ownerOf(scope: Scope, site: Site): Principal {
  const identity = resolveLogin(scope, site.ownerLoginName) ?? {
    principalType: 1 as const,
    loginName: site.ownerLoginName,
    title: site.ownerLoginName,
    email: "",
  };
  return { id: 1, ...identity, isSiteAdmin: true, isHiddenInUI: false };
}

function membersOf(scope: Scope, site: Site): Principal | undefined {
  if (site.groupId === undefined) return undefined;
  const identity = resolveLogin(scope, unifiedGroupLogin(site.groupId));
  return identity && { id: 6, ...identity, isSiteAdmin: false, isHiddenInUI: false };
}

function sharePointGroup(
  id: number,
  options: { site: Site; name: string; members: number[] },
): Principal {
  const title = `${options.site.title} ${options.name}`;
  return {
    id,
    principalType: 8,
    loginName: title,
    title,
    email: "",
    isSiteAdmin: false,
    isHiddenInUI: false,
    members: options.members,
    description: "",
    ownerId: 3,
  };
}

export function deleteSite(scope: Scope, site: Site, keepDays = BIN_DAYS): void {
  scope.store.softDelete(sites, site.id, scope.nowMs);
  scope.schedule(PURGE_JOB, {
    delayMs: keepDays * DAY_MS,
    payload: { siteId: site.id, deletedMs: scope.nowMs },
  });
}

export function restoreSite(scope: Scope, site: Site): void {
  scope.store.restore(sites, site.id);
}

export function purgeSite(scope: Scope, siteId: string): void {
  scope.store.remove(sites, siteId);
  scope.store.remove(webs, siteId);
}

/** A site that was restored meanwhile, or restored and deleted again, stays. */
export function runPurge(scope: Scope, payload: Record<string, unknown>): void {
  const siteId = String(payload.siteId);
  if (scope.store.deleted(sites, siteId)?.deletedMs === payload.deletedMs) purgeSite(scope, siteId);
}
