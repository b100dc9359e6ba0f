/** Document libraries of a site, with permissions of their own where inheritance is broken. */
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { exception, notServed } from "./errors.ts";
import { collection, entity, result } from "./format.ts";
import { webs, type DocumentLibrary, type RoleAssignment, type Site, type Web } from "./model.ts";
import { argument, argumentsOf } from "./path.ts";
import { roleAssignmentRoutes, type Securable } from "./role-assignments.ts";
import { entityBody, saveWeb, webRoute, type WebCall } from "./web-call.ts";

const DOCUMENT_LIBRARY = 101;
const PROPERTIES = [
  "Title",
  "Description",
  "BaseTemplate",
  "AllowContentTypes",
  "ContentTypesEnabled",
];

function toList(list: DocumentLibrary, site: Site): Record<string, unknown> {
  return {
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
    HasUniqueRoleAssignments: list.assignments !== undefined,
  };
}

/** `HasUniqueRoleAssignments` is given only to those who ask for it. */
function shown(call: Call, list: DocumentLibrary, site: Site): Record<string, unknown> {
  const { HasUniqueRoleAssignments: isUnique, ...rest } = toList(list, site);
  const isAsked =
    call.query.get("$select")?.toLowerCase().includes("hasuniqueroleassignments") === true;
  return isAsked ? { ...rest, HasUniqueRoleAssignments: isUnique } : rest;
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

function create({ call, web, site }: WebCall): Answer {
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
  return entity(call, shown(call, list, site), { type: "SP.List", status: 201 });
}

function update(context: WebCall): Answer {
  const { call, web } = context;
  const list = named(context);
  const { Title: title, Description: description } = entityBody(call, {
    type: "SP.List",
    properties: PROPERTIES,
  });
  if (typeof title === "string") list.title = title;
  if (typeof description === "string") list.description = description;
  saveWeb(call, web);
  return { status: 204 };
}

function remove(context: WebCall): Answer {
  const { call, web } = context;
  const list = named(context);
  web.lists = web.lists.filter((other) => other !== list);
  saveWeb(call, web);
  return { status: 200 };
}

/** Both arguments are required; `clearSubscopes` is about items, of which the emulator has none. */
function breakInheritance(context: WebCall): Answer {
  const { call, web } = context;
  const list = named(context);
  const { copyroleassignments, clearsubscopes } = argumentsOf(
    call.params.options ?? "",
    call.query,
  );
  if (copyroleassignments === undefined || clearsubscopes === undefined) {
    throw exception(
      400,
      "query",
      "The arguments copyRoleAssignments and clearSubscopes are required.",
    );
  }
  list.assignments ??= copyroleassignments === "true" ? copyOf(web.assignments) : [];
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
      GET: (context) =>
        entity(context.call, shown(context.call, named(context), context.site), {
          type: "SP.List",
        }),
      MERGE: update,
      PATCH: update,
      DELETE: remove,
    }),
    webRoute(`${path}/breakroleinheritance/:options`, { POST: breakInheritance }),
    webRoute(`${path}/breakroleinheritance`, { POST: breakInheritance }),
    webRoute(`${path}/resetroleinheritance`, { POST: resetInheritance }),
    ...roleAssignmentRoutes(path, librarySecurable),
  ];
}

export const libraryRoutes: readonly Route[] = [
  webRoute("web/lists", {
    GET: ({ call, web, site }) =>
      collection(
        call,
        web.lists.map((list) => shown(call, list, site)),
        "SP.List",
      ),
    POST: create,
  }),
  ...listRoutes("web/lists/getbytitle/:args"),
  ...listRoutes("web/lists/getbyid/:args"),
  ...listRoutes("web/lists/:args{\\([^/]*\\)}"),
];
