/** People and groups that a site knows, and its administrators. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { resolveLogin } from "./claims.ts";
import { exception } from "./errors.ts";
import { collection, entity, result } from "./format.ts";
import type { Principal, Web } from "./model.ts";
import { argument } from "./path.ts";
import { entityBody, requireText, saveWeb, webRoute, type WebCall } from "./web-call.ts";

export function toPrincipal(principal: Principal, web: Web): Record<string, unknown> {
  return principal.principalType === 8 ? toGroup(principal, web) : toUser(principal);
}

function toUser(principal: Principal): Record<string, unknown> {
  const upn = principal.loginName.split("|")[2] ?? "";
  return {
    Id: principal.id,
    IsHiddenInUI: principal.isHiddenInUI,
    LoginName: principal.loginName,
    Title: principal.title,
    PrincipalType: principal.principalType,
    Email: principal.email,
    Expiration: "",
    IsEmailAuthenticationGuestUser: false,
    IsShareByEmailGuestUser: false,
    IsSiteAdmin: principal.isSiteAdmin,
    UserId: null,
    UserPrincipalName: principal.principalType === 1 ? upn : null,
  };
}

export function toGroup(group: Principal, web: Web): Record<string, unknown> {
  return {
    Id: group.id,
    IsHiddenInUI: group.isHiddenInUI,
    LoginName: group.loginName,
    Title: group.title,
    PrincipalType: group.principalType,
    AllowMembersEditMembership: group.id === 5,
    AllowRequestToJoinLeave: false,
    AutoAcceptRequestToJoinLeave: false,
    Description: group.description ?? null,
    OnlyAllowMembersViewMembership: false,
    OwnerTitle: web.principals.find(({ id }) => id === group.ownerId)?.title ?? "",
    RequestToJoinLeaveEmailSetting: "",
  };
}

export function typeOf(principal: Principal): string {
  return principal.principalType === 8 ? "SP.Group" : "SP.User";
}

/** Adds the one of that login name to the site if needed. @throws ServiceFailure when the directory has nobody of that name */
export function ensurePrincipal(context: WebCall, loginName: string): Principal {
  const { call, web } = context;
  const identity = resolveLogin(call, loginName);
  if (identity === undefined) {
    // The words are verified, status 500 is not.
    throw exception(500, "sharePoint", `The specified user ${loginName} could not be found.`);
  }
  const known = findByLogin(web, identity.loginName);
  if (known !== undefined) return known;
  const added: Principal = {
    id: web.nextPrincipalId,
    ...identity,
    isSiteAdmin: false,
    isHiddenInUI: false,
  };
  web.principals.push(added);
  web.nextPrincipalId += 1;
  saveWeb(call, web);
  return added;
}

function findByLogin(web: Web, loginName: string): Principal | undefined {
  const wanted = loginName.toLowerCase();
  return web.principals.find(
    (principal) => principal.principalType !== 8 && principal.loginName.toLowerCase() === wanted,
  );
}

/** A person or directory group that the site knows already. */
export function requireUser(web: Web, wanted: { id: number } | { loginName: string }): Principal {
  const found =
    "id" in wanted
      ? web.principals.find(({ id, principalType }) => id === wanted.id && principalType !== 8)
      : findByLogin(web, wanted.loginName);
  if (found === undefined) throw exception(404, "sharePoint", "User cannot be found.");
  return found;
}

/** Takes someone out of the site: groups, permissions and the list of users. */
function removeUser({ call, web }: WebCall, user: Principal): Answer {
  web.principals = web.principals.filter(({ id }) => id !== user.id);
  for (const group of web.principals)
    group.members = group.members?.filter((id) => id !== user.id) ?? [];
  const withoutUser = (list: Web["assignments"]): Web["assignments"] =>
    list.filter(({ principalId }) => principalId !== user.id);
  web.assignments = withoutUser(web.assignments);
  for (const list of web.lists) {
    if (list.assignments !== undefined) list.assignments = withoutUser(list.assignments);
  }
  saveWeb(call, web);
  return result(call, "Remove", null);
}

function update({ call, web }: WebCall, user: Principal): Answer {
  const change = entityBody(call, {
    type: "SP.User",
    properties: ["IsSiteAdmin", "Title", "Email"],
  });
  if (typeof change.IsSiteAdmin === "boolean") user.isSiteAdmin = change.IsSiteAdmin;
  if (typeof change.Title === "string") user.title = change.Title;
  if (typeof change.Email === "string") user.email = change.Email;
  saveWeb(call, web);
  return { status: 204 };
}

/** The user that the address names: `(5)` or `('i:0#.f|membership|…')`. */
function named({ call, web }: WebCall): Principal {
  const text = argument(call, "loginname");
  return requireUser(web, /^\d+$/.test(text) ? { id: Number(text) } : { loginName: text });
}

function show(call: Call, user: Principal): Answer {
  return entity(call, toUser(user), { type: "SP.User" });
}

const oneUser = {
  GET: (context: WebCall) => show(context.call, named(context)),
  MERGE: (context: WebCall) => update(context, named(context)),
  DELETE: (context: WebCall) => removeUser(context, named(context)),
};

const removal = { POST: (context: WebCall) => removeUser(context, named(context)) };

export const principalRoutes: readonly Route[] = [
  webRoute("web/ensureuser", {
    POST: (context) =>
      show(context.call, ensurePrincipal(context, requireText(context.call, "logonName"))),
  }),
  webRoute("web/siteusers", {
    GET: ({ call, web }) =>
      collection(
        call,
        web.principals.filter(({ principalType }) => principalType !== 8).map(toUser),
        "SP.User",
      ),
  }),
  webRoute("web/siteusers/:args{\\([^/]*\\)}", oneUser),
  webRoute("web/siteusers/getbyid/:args", oneUser),
  webRoute("web/siteusers/getbyloginname/:args", oneUser),
  webRoute("web/siteusers/removebyid/:args", removal),
  webRoute("web/siteusers/removebyloginname/:args", removal),
  webRoute("web/getuserbyid/:args", oneUser),
];
