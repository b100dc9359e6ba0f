/** Document libraries of a site, with permissions of their own where inheritance is broken. */
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { exception, invalidQuery, notServed } from "./errors.ts";
import { entity, result, type Shown } from "./format.ts";
import { webs, type DocumentLibrary, type RoleAssignment, type Web } from "./model.ts";
import { argument, parametersOf } from "./path.ts";
import { roleAssignmentRoutes, toAssignment, type Securable } from "./role-assignments.ts";
import { entityBody, saveWeb, webRoute, type WebCall } from "./web-call.ts";

const DOCUMENT_LIBRARY = 101;
const PROPERTIES = [
  "Title",
  "Description",
  "BaseTemplate",
  "AllowContentTypes",
  "ContentTypesEnabled",
];

export function toList(context: WebCall, list: DocumentLibrary): Shown {
  const { site, web } = context;
  return {
    type: "SP.List",
    etag: `${list.id},${list.version ?? 1}`,
    properties: {
      BaseTemplate: DOCUMENT_LIBRARY,
      BaseType: 1,
      ContentTypesEnabled: false,
      Created: toTimestamp(list.createdMs),
      Description: list.description,
      EntityTypeName: list.urlName.replaceAll(" ", "_x0020_"),
      Hidden: false,
      Id: list.id,
      ItemCount: 0,
      ParentWebUrl: new URL(site.webUrl).pathname,
      Title: list.title,
    },
    onRequest: { HasUniqueRoleAssignments: list.assignments !== undefined },
    related: {
      RootFolder: () => ({
        type: "SP.Folder",
        properties: {
          Exists: true,
          ItemCount: 0,
          Name: list.urlName,
          ServerRelativeUrl: `${new URL(site.webUrl).pathname.replace(/\/$/, "")}/${list.urlName}`,
        },
      }),
      RoleAssignments: () =>
        (list.assignments ?? web.assignments).map((assignment) =>
          toAssignment(context, assignment),
        ),
    },
  };
}

function named({ call, web, site }: WebCall): DocumentLibrary {
  const wanted = argument(call).toLowerCase();
  const found = web.lists.find((list) => list.id === wanted || list.title.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw exception(
    404,
    "missingList",
    `List '${argument(call)}' does not exist at site with URL '${site.webUrl}'.`,
  );
}

export function isListTitleTaken(web: Web, title: string): boolean {
  return web.lists.some((list) => list.title.toLowerCase() === title.toLowerCase());
}

/** Adds a document library; the caller has looked whether the title is free. */
export function addLibrary(
  scope: Scope,
  web: Web,
  wanted: { title: string; description: string },
): DocumentLibrary {
  const list: DocumentLibrary = {
    id: scope.newId(),
    title: wanted.title,
    description: wanted.description,
    urlName: wanted.title.replaceAll(/[~"#%&*:<>?/\\{|}]/g, ""),
    createdMs: scope.nowMs,
  };
  web.lists.push(list);
  scope.store.replace(webs, web);
  return list;
}

function create(context: WebCall): Answer {
  const { call, web } = context;
  const body = entityBody(call, { type: "SP.List", properties: PROPERTIES });
  const { Title: title, Description: description = "", BaseTemplate: template } = body;
  if (template !== DOCUMENT_LIBRARY) throw notServed(`lists of template ${String(template)}`);
  if (typeof title !== "string" || title === "") {
    throw exception(400, "argument", "The parameter Title cannot be null or empty.");
  }
  if (isListTitleTaken(web, title)) {
    throw exception(
      500,
      "duplicate",
      "A list, survey, discussion board, or document library with the specified title already exists in this Web site.  Please choose another title.",
    );
  }
  const list = addLibrary(call, web, { title, description: String(description) });
  return entity(call, toList(context, list), 201);
}

function update(context: WebCall): Answer {
  const { call, web } = context;
  const list = named(context);
  const { Title: title, Description: description } = entityBody(call, {
    type: "SP.List",
    properties: PROPERTIES,
  });
  refuseOldVersion(call, list);
  if (typeof title === "string") list.title = title;
  if (typeof description === "string") list.description = description;
  list.version = (list.version ?? 1) + 1;
  saveWeb(call, web);
  return { status: 204 };
}

function remove(context: WebCall): Answer {
  const { call, web } = context;
  const list = named(context);
  refuseOldVersion(call, list);
  web.lists = web.lists.filter((other) => other !== list);
  saveWeb(call, web);
  return { status: 200 };
}

/** `If-Match` names the version that the client has seen; `*` is any. */
function refuseOldVersion({ headers }: Call, list: DocumentLibrary): void {
  const wanted = headers.get("if-match") ?? "*";
  const etag = `"${list.id},${list.version ?? 1}"`;
  if (wanted === "*" || wanted.replace(/^W\//, "").toLowerCase() === etag.toLowerCase()) return;
  throw exception(
    412,
    "sharePoint",
    `The request ETag value '${wanted}' does not match the object's ETag value '${etag}'.`,
  );
}

/** `clearSubscopes` is about items, of which the emulator has none. */
function breakInheritance(context: WebCall): Answer {
  const { call, web } = context;
  const list = named(context);
  const inner = { ...call, params: { args: call.params.options ?? "" } };
  const { copyroleassignments } = parametersOf(inner, ["copyRoleAssignments", "clearSubscopes"]);
  if (copyroleassignments === undefined)
    throw invalidQuery("The argument copyRoleAssignments is required.");
  list.assignments ??= copyroleassignments.toLowerCase() === "true" ? copyOf(web.assignments) : [];
  saveWeb(call, web);
  return result(call, "BreakRoleInheritance", null);
}

function copyOf(assignments: readonly RoleAssignment[]): RoleAssignment[] {
  return assignments.map(({ principalId, roleDefinitionIds }) => ({
    principalId,
    roleDefinitionIds: [...roleDefinitionIds],
  }));
}

function resetInheritance(context: WebCall): Answer {
  delete named(context).assignments;
  saveWeb(context.call, context.web);
  return result(context.call, "ResetRoleInheritance", null);
}

const librarySecurable: Securable = {
  read: (context) => named(context).assignments ?? context.web.assignments,
  write: (context, assignments) => {
    const list = named(context);
    if (list.assignments === undefined) {
      throw exception(
        500,
        "sharePoint",
        "You cannot customize permissions in this object because its permissions are inherited.",
      );
    }
    list.assignments = assignments;
  },
};

function listRoutes(path: string): Route[] {
  return [
    webRoute(path, {
      MERGE: update,
      DELETE: remove,
    }),
    webRoute(`${path}/breakroleinheritance/:options`, { POST: breakInheritance }),
    webRoute(`${path}/breakroleinheritance`, { POST: breakInheritance }),
    webRoute(`${path}/resetroleinheritance`, { POST: resetInheritance }),
    ...roleAssignmentRoutes(path, librarySecurable),
  ];
}

export const libraryRoutes: readonly Route[] = [
  webRoute("web/lists", { POST: create }),
  ...listRoutes("web/lists/getbytitle/:args"),
  ...listRoutes("web/lists/getbyid/:args"),
  ...listRoutes("web/lists/:args{\\([^/]*\\)}"),
];
