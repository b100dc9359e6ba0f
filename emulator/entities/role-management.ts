/**
 * Directory roles: definitions, assignments, and the older directoryRoles.
 * @see https://learn.microsoft.com/graph/api/resources/unifiedroleassignment, directoryrole (checked 2026-11)
 */
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer, entityAnswer, noContent } from "../graph/responses.ts";
import { pageAnswer, pageOf } from "../graph/collection-query.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed, entityOperations } from "../graph/entity.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import { readEntity, readReference } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { shapeObject } from "../graph/shape.ts";
import { readQuery } from "../odata/query.ts";
import { directoryRoles, roleAssignments, roleDefinitions } from "./collections.ts";
import { asDirectoryRole, builtInRoles, directoryRoleDefinition } from "./directory-role.ts";
import { findDirectoryObject, findDirectoryObjects } from "./directory-types.ts";
import { ROLE_MEMBERS } from "./role-members.ts";

const CONFLICT =
  "A conflicting object with one or more of the specified property values is present in the directory.";
const DIRECTORY_SCOPE = "/";

const roleDefinitionDefinition: EntityDefinition = {
  type: "unifiedRoleDefinition",
  path: "/roleManagement/directory/roleDefinitions",
  collection: roleDefinitions,
  methods: ["list", "get", "create", "update", "delete"],
  readOnly: ["id", "isBuiltIn"],
  // The azuread plugin reads a new one once, without waiting.
  isReadableAtOnce: true,
  create: (_call, object) => {
    if (typeof object.displayName !== "string" || !Array.isArray(object.rolePermissions)) {
      throw badRequest("A displayName and rolePermissions are required.");
    }
    return {
      isEnabled: true,
      resourceScopes: [DIRECTORY_SCOPE],
      ...object,
      // Sent empty by the azuread plugin.
      templateId: object.templateId === "" ? object.id : (object.templateId ?? object.id),
      isBuiltIn: false,
    };
  },
  update: (_call, { before, after }) => {
    refuseBuiltIn(before);
    return after;
  },
  remove: (call, definition) => {
    refuseBuiltIn(definition);
    if (call.store.find(roleAssignments, "roleDefinitionId", definition.id).length > 0) {
      throw badRequest("The role definition cannot be deleted because it is assigned.");
    }
  },
};

const roleAssignmentDefinition: EntityDefinition = {
  type: "unifiedRoleAssignment",
  path: "/roleManagement/directory/roleAssignments",
  collection: roleAssignments,
  methods: ["list", "get", "create", "delete"],
  readOnly: ["id", "principalOrganizationId"],
  create: (call, object) => {
    const { principalId, roleDefinitionId } = object;
    if (typeof principalId !== "string" || typeof roleDefinitionId !== "string") {
      throw badRequest("A principalId and a roleDefinitionId are required.");
    }
    const principal = findDirectoryObject(call, principalId);
    if (principal === undefined) throw notFound(principalId);
    if (call.store.get(roleDefinitions, roleDefinitionId) === undefined)
      throw notFound(roleDefinitionId);
    const isOrdinaryGroup =
      principal.definition.type === "group" && principal.entry.object.isAssignableToRole !== true;
    if (isOrdinaryGroup) throw badRequest("The group is not assignable to a role.");
    const scope = object.directoryScopeId ?? DIRECTORY_SCOPE;
    const isTaken = call.store
      .find(roleAssignments, "principalId", principalId)
      .some(
        (entry) =>
          entry.object.roleDefinitionId === roleDefinitionId &&
          entry.object.directoryScopeId === scope,
      );
    if (isTaken) throw badRequest(CONFLICT);
    return { ...object, directoryScopeId: scope, principalOrganizationId: call.tenantId };
  },
  created: (call, assignment) => {
    const role = activateRole(call, String(assignment.roleDefinitionId));
    if (role !== undefined) call.store.link(ROLE_MEMBERS, role.id, String(assignment.principalId));
  },
  removed: (call, assignment) => {
    const role = call.store.find(
      directoryRoles,
      "roleTemplateId",
      String(assignment.roleDefinitionId),
    )[0]?.object;
    if (role !== undefined)
      call.store.unlink(ROLE_MEMBERS, role.id, String(assignment.principalId));
  },
};

const roleAssignmentRelations = {
  principal: (call: Call, assignment: GraphObject) => {
    const found = findDirectoryObject(call, String(assignment.principalId));
    if (found === undefined) return undefined;
    return shapeObject(
      call,
      { definition: found.definition, object: found.entry.object },
      { withType: true },
    );
  },
  roleDefinition: (call: Call, assignment: GraphObject) => {
    const object = call.store.get(roleDefinitions, String(assignment.roleDefinitionId));
    return object === undefined
      ? undefined
      : shapeObject(call, { definition: roleDefinitionDefinition, object });
  },
};

export const roleRoutes: readonly Route[] = [
  ...entityOperations(roleDefinitionDefinition),
  ...entityOperations(roleAssignmentDefinition, roleAssignmentRelations),
  ...entityOperations(directoryRoleDefinition),
  { method: "POST", path: "/directoryRoles", handle: activate },
  { method: "GET", path: "/directoryRoles/:id/members", handle: listMembers },
  { method: "POST", path: "/directoryRoles/:id/members/$ref", handle: addMember },
  { method: "DELETE", path: "/directoryRoles/:id/members/:otherId/$ref", handle: removeMember },
  { method: "GET", path: "/directoryRoleTemplates", handle: listTemplates },
  { method: "GET", path: "/directoryRoleTemplates/:id", handle: getTemplate },
];

export function addBuiltInRoles(scope: Scope): void {
  for (const { id, displayName, description } of builtInRoles) {
    const definition = {
      id,
      displayName,
      description,
      isBuiltIn: true,
      isEnabled: true,
      resourceScopes: [DIRECTORY_SCOPE],
      rolePermissions: [
        { allowedResourceActions: ["microsoft.directory/users/standard/read"], condition: null },
      ],
      templateId: id,
      version: "1",
    };
    scope.store.insert(roleDefinitions, definition, scope.nowMs);
  }
}

function refuseBuiltIn(definition: GraphObject): void {
  if (definition.isBuiltIn === true)
    throw badRequest("Built-in role definitions cannot be changed.");
}

function activateRole(scope: Scope, templateId: string): GraphObject | undefined {
  const known = scope.store.find(directoryRoles, "roleTemplateId", templateId)[0]?.object;
  const builtIn = builtInRoles.find((role) => role.id === templateId);
  if (known !== undefined || builtIn === undefined) return known;
  // As old as the directory: activating makes nothing new, and clients read the role at once (the azuread plugin fails when
  // it is not there).
  return scope.store.insert(directoryRoles, asDirectoryRole(builtIn, scope.newId()), 0);
}

function activate(call: Call): Answer {
  const { properties } = readEntity(call, "directoryRole");
  const templateId = String(properties.roleTemplateId);
  if (call.store.find(directoryRoles, "roleTemplateId", templateId).length > 0)
    throw badRequest(CONFLICT);
  const role = activateRole(call, templateId);
  if (role === undefined) throw notFound(templateId);
  return entityAnswer(
    call,
    shapeObject(call, { definition: directoryRoleDefinition, object: role }),
    {
      type: "directoryRole",
      context: "directoryRoles",
      status: 201,
    },
  );
}

function listMembers(call: Call): Answer {
  const role = addressed(call, directoryRoleDefinition);
  const query = readQuery(call, {
    type: "directoryObject",
    isDirectoryObject: true,
    maxPageSize: 999,
  });
  const found = findDirectoryObjects(call, call.store.targets(ROLE_MEMBERS, role.id));
  return pageAnswer(call, pageOf(call, found, query), {
    type: "directoryObject",
    context: "directoryObjects",
    query,
    withType: true,
  });
}

/** Adding a member is the same as assigning the role in the whole directory. */
function addMember(call: Call): Answer {
  const role = addressed(call, directoryRoleDefinition);
  const principalId = readReference(call);
  if (findDirectoryObject(call, principalId) === undefined) throw notFound(principalId);
  if (!call.store.link(ROLE_MEMBERS, role.id, principalId)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  }
  const assignment = {
    id: call.newId(),
    principalId,
    roleDefinitionId: String(role.roleTemplateId),
    directoryScopeId: DIRECTORY_SCOPE,
    principalOrganizationId: call.tenantId,
  };
  call.store.insert(roleAssignments, assignment, call.nowMs);
  return noContent();
}

function removeMember(call: Call): Answer {
  const role = addressed(call, directoryRoleDefinition);
  const principalId = call.params.otherId ?? "";
  if (!call.store.unlink(ROLE_MEMBERS, role.id, principalId)) throw notFound(principalId);
  for (const { object } of call.store.find(roleAssignments, "principalId", principalId)) {
    if (object.roleDefinitionId === role.roleTemplateId)
      call.store.remove(roleAssignments, object.id);
  }
  return noContent();
}

const templates = builtInRoles.map(({ id, displayName, description }) => ({
  id,
  deletedDateTime: null,
  displayName,
  description,
}));

function getTemplate(call: Call): Answer {
  const id = call.params.id ?? "";
  const template = templates.find((candidate) => candidate.id === id);
  if (template === undefined) throw notFound(id);
  return entityAnswer(call, template, {
    type: "directoryRoleTemplate",
    context: "directoryRoleTemplates",
  });
}

function listTemplates(call: Call): Answer {
  return collectionAnswer(call, templates, {
    type: "directoryRoleTemplate",
    context: "directoryRoleTemplates",
  });
}
