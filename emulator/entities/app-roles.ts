/**
 * Microsoft's own service principals, and the application permissions that others have on them: what an application's
 * token says under `roles`.
 * @see https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments (checked 2026-11)
 */
import { toTimestamp } from "../core/clock.ts";
import { guidFrom } from "../core/random.ts";
import { applicationCredentials, type ApplicationCredentials } from "../core/tenants.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer, entityAnswer, noContent } from "../graph/responses.ts";
import { addressed } from "../graph/entity.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { knownPermissions } from "../graph/permissions.ts";
import { servicePrincipals } from "./collections.ts";
import { servicePrincipalDefinition } from "./service-principal.ts";

const SITES = "Sites.FullControl.All Sites.Manage.All Sites.Read.All Sites.ReadWrite.All";
/** [client id, name, permissions]; the ids of the permissions are the emulator's own, but for Exchange's. */
const SERVICES: readonly (readonly [appId: string, displayName: string, roles: string[]])[] = [
  ["00000003-0000-0000-c000-000000000000", "Microsoft Graph", knownPermissions()],
  ["00000003-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online", SITES.split(" ")],
  [
    "00000002-0000-0ff1-ce00-000000000000",
    "Office 365 Exchange Online",
    ["Exchange.ManageAsApp", "full_access_as_app"],
  ],
];
/** Exchange Web Services are not served: nobody holds this without having been given it. */
const ONLY_IF_GIVEN = "full_access_as_app";
const KNOWN_IDS: Readonly<Record<string, string>> = {
  "Exchange.ManageAsApp": "dc50a0fb-09a3-484d-be87-e023b12c6440",
};

function roleId(appId: string, role: string): string {
  return KNOWN_IDS[role] ?? guidFrom("app-role", appId, role);
}

export function addMicrosoftServices(scope: Scope): void {
  for (const [appId, displayName, roles] of SERVICES) {
    const principal = {
      id: scope.newId(),
      appId,
      displayName,
      appDisplayName: displayName,
      accountEnabled: true,
      servicePrincipalType: "Application",
      servicePrincipalNames: [appId],
      appOwnerOrganizationId: "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
      appRoles: roles.map((value) => ({
        allowedMemberTypes: ["Application"],
        description: value,
        displayName: value,
        id: roleId(appId, value),
        isEnabled: true,
        origin: "Application",
        value,
      })),
    };
    // As old as the directory: readable at once.
    scope.store.insert(servicePrincipals, principal, 0);
  }
}

function credentialsOf(scope: Scope, principal: GraphObject): ApplicationCredentials | undefined {
  return scope.store.get(applicationCredentials, String(principal.appId).toLowerCase());
}

/** Each permission of the principal on each service that has one of that name. */
function assignmentsOf(scope: Scope, principal: GraphObject): Record<string, unknown>[] {
  const credentials = credentialsOf(scope, principal);
  if (credentials === undefined) return [];
  return SERVICES.flatMap(([appId, , roles]) => {
    const resource = scope.store.find(servicePrincipals, "appId", appId)[0]?.object;
    if (resource === undefined) return [];
    return roles
      .filter((role) => credentials.roles?.includes(role) ?? role !== ONLY_IF_GIVEN)
      .map((role) => toAssignment(scope, { principal, resource, appRoleId: roleId(appId, role) }));
  });
}

function toAssignment(
  scope: Scope,
  link: { principal: GraphObject; resource: GraphObject; appRoleId: string },
): Record<string, unknown> {
  const { principal, resource, appRoleId } = link;
  return {
    id: guidFrom(principal.id, resource.id, appRoleId),
    deletedDateTime: null,
    appRoleId,
    createdDateTime: toTimestamp(
      scope.store.entry(servicePrincipals, principal.id)?.createdMs ?? scope.nowMs,
    ),
    principalDisplayName: principal.displayName,
    principalId: principal.id,
    principalType: "ServicePrincipal",
    resourceDisplayName: resource.displayName,
    resourceId: resource.id,
  };
}

function answer(call: Call, found: Record<string, unknown>[]): Answer {
  return collectionAnswer(call, found, {
    type: "appRoleAssignment",
    context: "appRoleAssignments",
  });
}

/** Name of the permission that an assignment is about. */
function roleNamed(scope: Scope, assignment: Record<string, unknown>): string {
  const resource = scope.store.get(servicePrincipals, String(assignment.resourceId));
  const roles = (resource?.appRoles ?? []) as { id: string; value: string }[];
  const role = roles.find(({ id }) => id === String(assignment.appRoleId).toLowerCase());
  if (role === undefined)
    throw badRequest("Permission being assigned was not found on application");
  return role.value;
}

function assign(call: Call): Answer {
  const { properties } = readEntity(call, "appRoleAssignment");
  const principal = addressed(call, servicePrincipalDefinition, String(properties.principalId));
  const resource = addressed(call, servicePrincipalDefinition, String(properties.resourceId));
  const role = roleNamed(call, { ...properties, resourceId: resource.id });
  const credentials = credentialsOf(call, principal);
  if (credentials !== undefined && (credentials.roles?.includes(role) ?? role !== ONLY_IF_GIVEN))
    throw badRequest("Permission being assigned already exists on the object");
  saveRoles(call, principal, [...(credentials?.roles ?? []), role]);
  const appRoleId = String(properties.appRoleId).toLowerCase();
  return entityAnswer(call, toAssignment(call, { principal, resource, appRoleId }), {
    type: "appRoleAssignment",
    context: "appRoleAssignments",
    status: 201,
  });
}

function saveRoles(scope: Scope, principal: GraphObject, roles: string[]): void {
  const known = credentialsOf(scope, principal);
  const id = String(principal.appId).toLowerCase();
  if (known !== undefined) scope.store.replace(applicationCredentials, { ...known, roles });
  else {
    const bare = { id, secretHashes: [], certificatePems: [], federated: [], roles };
    scope.store.insert(applicationCredentials, bare, scope.nowMs);
  }
}

/** Those of one principal, or those on one service. */
function listed(call: Call, relation: string): Record<string, unknown>[] {
  const own = addressed(call, servicePrincipalDefinition);
  if (relation === "appRoleAssignments") return assignmentsOf(call, own);
  return call.store
    .list(servicePrincipals)
    .flatMap(({ object }) => assignmentsOf(call, object))
    .filter(({ resourceId }) => resourceId === own.id);
}

function takeBack(call: Call, relation: string): Answer {
  const id = call.params.assignment ?? "";
  const found = listed(call, relation).find((assignment) => assignment.id === id);
  if (found === undefined) throw notFound(id);
  const principal = addressed(call, servicePrincipalDefinition, String(found.principalId));
  const gone = roleNamed(call, found);
  const held = credentialsOf(call, principal)?.roles ?? SERVICES.flatMap(([, , roles]) => roles);
  saveRoles(
    call,
    principal,
    held.filter((role) => role !== gone),
  );
  return noContent();
}

export const appRoleRoutes: readonly Route[] = [
  ...["appRoleAssignments", "appRoleAssignedTo"].flatMap((relation): Route[] => {
    const path = `${servicePrincipalDefinition.path}/:id/${relation}`;
    return [
      { method: "GET", path, handle: (call) => answer(call, listed(call, relation)) },
      { method: "POST", path, handle: assign },
      {
        method: "DELETE",
        path: `${path}/:assignment`,
        handle: (call) => takeBack(call, relation),
      },
    ];
  }),
  // Nobody is assigned to an application here.
  ...["/users", "/groups"].map((path): Route => ({
    method: "GET",
    path: `${path}/:id/appRoleAssignments`,
    handle: (call) => answer(call, []),
  })),
];
