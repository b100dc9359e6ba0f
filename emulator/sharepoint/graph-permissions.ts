/**
 * Permissions that a site gives to applications (`Sites.Selected`); people and groups are SharePoint's own business.
 * @see https://learn.microsoft.com/graph/api/site-post-permissions (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { collectionAnswer, entityAnswer, noContent } from "../graph/responses.ts";
import { badRequest } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import { requireSite } from "./graph-sites.ts";

const ROLES = ["read", "write", "manage", "fullcontrol"];

interface Identity {
  application?: { id?: string; displayName?: string };
}

interface ApplicationPermission extends StoredObject {
  siteId: string;
  roles: string[];
  application: { id: string; displayName: string };
}

const permissions = defineCollection<ApplicationPermission>("sharepoint.application-permission", {
  siteId: (permission) => permission.siteId,
});

function toPermission({ id, roles, application }: ApplicationPermission): Record<string, unknown> {
  return {
    id,
    roles,
    grantedToIdentitiesV2: [{ application }],
    grantedToIdentities: [{ application }],
  };
}

function requirePermission(call: Call): ApplicationPermission {
  const site = requireSite(call);
  const found = call.store.get(permissions, call.params.permission ?? "");
  if (found?.siteId !== site.id)
    throw new ServiceFailure(404, "itemNotFound", { message: "Item not found" });
  return found;
}

function rolesOf(value: unknown): string[] {
  const roles = Array.isArray(value) ? value.map(String) : [];
  const unknown = roles.find((role) => !ROLES.includes(role));
  if (roles.length === 0 || unknown !== undefined) {
    throw badRequest(`The roles must be among ${ROLES.join(", ")}; got ${unknown ?? "none"}.`);
  }
  return roles;
}

/** Posting twice for one application makes two entries, as at the service (unverified). */
function create(call: Call): Answer {
  const site = requireSite(call);
  const { properties } = readEntity(call, "permission");
  const granted = (properties.grantedToIdentities ?? properties.grantedToIdentitiesV2) as
    Identity[] | undefined;
  const application = granted?.[0]?.application;
  if (granted?.length !== 1 || application?.id === undefined) {
    throw badRequest(
      "grantedToIdentities must name one application; users and groups cannot be granted access here.",
    );
  }
  const permission: ApplicationPermission = {
    id: Buffer.from(`i:0i.t|ms.sp.ext|${call.newId()}@${call.tenantId}`).toString("base64url"),
    siteId: site.id,
    roles: rolesOf(properties.roles),
    application: { id: application.id, displayName: application.displayName ?? "" },
  };
  call.store.insert(permissions, permission, call.nowMs);
  return entityAnswer(call, toPermission(permission), { type: "permission", status: 201 });
}

export const permissionOperations: readonly Route[] = [
  {
    method: "GET",
    path: "/sites/:site/permissions",
    handle: (call) => {
      const found = call.store.find(permissions, "siteId", requireSite(call).id);
      return collectionAnswer(
        call,
        found.map(({ object }) => toPermission(object)),
        { type: "permission", context: "permissions" },
      );
    },
  },
  { method: "POST", path: "/sites/:site/permissions", handle: create },
  {
    method: "GET",
    path: "/sites/:site/permissions/:permission",
    handle: (call) =>
      entityAnswer(call, toPermission(requirePermission(call)), { type: "permission" }),
  },
  {
    method: "PATCH",
    path: "/sites/:site/permissions/:permission",
    handle: (call) => {
      const roles = rolesOf(readEntity(call, "permission").properties.roles);
      const changed = { ...requirePermission(call), roles };
      call.store.replace(permissions, changed);
      return entityAnswer(call, toPermission(changed), { type: "permission" });
    },
  },
  {
    method: "DELETE",
    path: "/sites/:site/permissions/:permission",
    handle: (call) => {
      call.store.remove(permissions, requirePermission(call).id);
      return noContent();
    },
  },
];
