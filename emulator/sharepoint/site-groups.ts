/** SharePoint's own groups of a site. */
import type { Answer, Route } from "../core/workload.ts";
import { exception } from "./errors.ts";
import { entity, result } from "./format.ts";
import type { Principal, Web } from "./model.ts";
import { parametersOf } from "./path.ts";
import { ensurePrincipal, groupsOf, requireUser, toPrincipal } from "./principals.ts";
import { entityBody, saveWeb, webFunction, webRoute, type WebCall } from "./web-call.ts";

const PROPERTIES = [
  "Title",
  "Description",
  "AllowMembersEditMembership",
  "OnlyAllowMembersViewMembership",
];

/** By id or by name. */
function requireGroup(web: Web, wanted: string): Principal {
  const isId = /^\d+$/.test(wanted);
  const found = groupsOf(web).find((group) =>
    isId ? group.id === Number(wanted) : group.title.toLowerCase() === wanted.toLowerCase(),
  );
  if (found === undefined) throw exception(404, "sharePoint", "Group cannot be found.");
  return found;
}

function named({ call, web }: WebCall): Principal {
  const [wanted = ""] = Object.values(parametersOf(call, ["id", "loginName", "name"]));
  return requireGroup(web, wanted);
}

function create(context: WebCall): Answer {
  const { call, web } = context;
  const { Title: title, Description: description } = entityBody(call, {
    type: "SP.Group",
    properties: PROPERTIES,
  });
  if (typeof title !== "string" || title === "") {
    throw exception(400, "argument", "The parameter Title cannot be null or empty.");
  }
  refuseTitleInUse(web, title);
  const group: Principal = {
    id: web.nextPrincipalId,
    principalType: 8,
    loginName: title,
    title,
    email: "",
    isSiteAdmin: false,
    isHiddenInUI: false,
    members: [],
    description: typeof description === "string" ? description : "",
    ownerId: 3,
  };
  web.principals.push(group);
  web.nextPrincipalId += 1;
  saveWeb(call, web);
  return entity(call, toPrincipal(group, web), 201);
}

function refuseTitleInUse(web: Web, title: string): void {
  if (groupsOf(web).some((group) => group.title.toLowerCase() === title.toLowerCase())) {
    throw exception(
      500,
      "sharePoint",
      "The specified name is already in use. Please try again with a new name.",
    );
  }
}

function update({ call, web }: WebCall, group: Principal): Answer {
  const change = entityBody(call, { type: "SP.Group", properties: PROPERTIES });
  const { Title: title, Description: description } = change;
  if (typeof title === "string" && title.toLowerCase() !== group.title.toLowerCase()) {
    refuseTitleInUse(web, title);
  }
  if (typeof title === "string") Object.assign(group, { title, loginName: title });
  if (typeof description === "string") group.description = description;
  saveWeb(call, web);
  return { status: 204 };
}

function remove(context: WebCall): Answer {
  const { call, web } = context;
  const group = named(context);
  web.principals = web.principals.filter(({ id }) => id !== group.id);
  web.assignments = web.assignments.filter(({ principalId }) => principalId !== group.id);
  saveWeb(call, web);
  return result(call, "Remove", null);
}

function addUser(context: WebCall, group: Principal): Answer {
  const { call, web } = context;
  const { LoginName: loginName } = entityBody(call, {
    type: "SP.User",
    properties: ["LoginName", "Email", "Title"],
  });
  if (typeof loginName !== "string") {
    throw exception(400, "argument", "The parameter LoginName cannot be null or empty.");
  }
  const user = ensurePrincipal(context, loginName);
  group.members = [...new Set([...(group.members ?? []), user.id])];
  saveWeb(call, web);
  return entity(call, toPrincipal(user, web), 201);
}

function removeUser({ call, web }: WebCall, group: Principal): Answer {
  // The last argument of the address names the user: users/removebyid(7).
  const inner = { ...call, params: { args: call.params.user ?? "" } };
  const [text = ""] = Object.values(parametersOf(inner, ["id", "loginName"]));
  const user = requireUser(web, /^\d+$/.test(text) ? { id: Number(text) } : { loginName: text });
  if (group.members?.includes(user.id) !== true) {
    throw exception(404, "sharePoint", `Can not find the user with ID: ${user.id}.`);
  }
  group.members = group.members.filter((id) => id !== user.id);
  saveWeb(call, web);
  return result(call, "RemoveById", null);
}

/** Writing to a group at an address of its own, and to its users. */
function groupRoutes(path: string, find: (context: WebCall) => Principal): Route[] {
  const takeOut = (context: WebCall): Answer => removeUser(context, find(context));
  return [
    webRoute(path, { MERGE: (context) => update(context, find(context)) }),
    webRoute(`${path}/users`, { POST: (context) => addUser(context, find(context)) }),
    ...["removebyid", "removebyloginname"].flatMap((name) => [
      webRoute(`${path}/users/${name}/:user`, { POST: takeOut }),
      webRoute(`${path}/users/${name}`, { POST: takeOut }),
    ]),
    ...["", "getbyid/", "getbyloginname/"].map((name) =>
      webRoute(`${path}/users/${name}:user{\\([^/]*\\)}`, { DELETE: takeOut }),
    ),
  ];
}

function associated(id: number): (context: WebCall) => Principal {
  return ({ web }) => requireGroup(web, String(id));
}

export const siteGroupRoutes: readonly Route[] = [
  webRoute("web/sitegroups", { POST: create }),
  ...webFunction("web/sitegroups/removebyid", remove),
  ...webFunction("web/sitegroups/removebyloginname", remove),
  ...groupRoutes("web/sitegroups/getbyid/:args", named),
  ...groupRoutes("web/sitegroups/getbyname/:args", named),
  ...groupRoutes("web/sitegroups/:args{\\([^/]*\\)}", named),
  ...groupRoutes("web/associatedownergroup", associated(3)),
  ...groupRoutes("web/associatedvisitorgroup", associated(4)),
  ...groupRoutes("web/associatedmembergroup", associated(5)),
];
