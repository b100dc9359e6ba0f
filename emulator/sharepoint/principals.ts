/** People and groups that a site knows, and its administrators. */
import type { Answer, Route } from "../core/workload.ts";
import { resolveLogin } from "./claims.ts";
import { exception } from "./errors.ts";
import { entity, result, type Shown } from "./format.ts";
import type { Principal, Web } from "./model.ts";
import { parametersOf } from "./path.ts";
import {
  entityBody,
  requireText,
  saveWeb,
  webFunction,
  webRoute,
  type WebCall,
} from "./web-call.ts";

export function toPrincipal(principal: Principal, web: Web): Shown {
  return principal.principalType === 8 ? toGroup(principal, web) : toUser(principal, web);
}

function toUser(principal: Principal, web: Web): Shown {
  const upn = principal.loginName.split("|")[2] ?? "";
  return {
    type: "SP.User",
    properties: {
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
    },
    related: {
      Groups: () =>
        groupsOf(web)
          .filter(({ members }) => members?.includes(principal.id))
          .map((group) => toGroup(group, web)),
    },
  };
}

function toGroup(group: Principal, web: Web): Shown {
  const owner = web.principals.find(({ id }) => id === group.ownerId);
  return {
    type: "SP.Group",
    properties: {
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
      OwnerTitle: owner?.title ?? "",
      RequestToJoinLeaveEmailSetting: "",
    },
    related: {
      Owner: () => owner && toPrincipal(owner, web),
      Users: () =>
        web.principals
          .filter(({ id }) => group.members?.includes(id))
          .map((user) => toPrincipal(user, web)),
    },
  };
}

export function groupsOf(web: Web): Principal[] {
  return web.principals.filter(({ principalType }) => principalType === 8);
}

export function usersOf(web: Web): Principal[] {
  return web.principals.filter(({ principalType }) => principalType !== 8);
}

/** What an application is to SharePoint, which has no user for it. */
const APPLICATION: Principal = {
  id: 1073741822,
  principalType: 1,
  loginName: "i:0i.t|00000003-0000-0ff1-ce00-000000000000|app@sharepoint",
  title: "SharePoint App",
  email: "",
  isSiteAdmin: false,
  isHiddenInUI: false,
};

export function toCurrentUser(web: Web): Shown {
  return toUser(APPLICATION, web);
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
  const { loginname: text = "" } = parametersOf(call, ["loginName"]);
  const { id = text } = parametersOf(call, ["id"]);
  if (/^\d+$/.test(id)) return requireUser(web, { id: Number(id) });
  const byMail = usersOf(web).find(
    ({ email }) => email !== "" && email.toLowerCase() === text.toLowerCase(),
  );
  return byMail ?? requireUser(web, { loginName: text });
}

function ensureUser(context: WebCall): Answer {
  const user = ensurePrincipal(context, requireText(context.call, "logonName"));
  return entity(context.call, toPrincipal(user, context.web));
}

const oneUser = {
  MERGE: (context: WebCall) => update(context, named(context)),
  DELETE: (context: WebCall) => removeUser(context, named(context)),
};
const remove = (context: WebCall): Answer => removeUser(context, named(context));

export const principalRoutes: readonly Route[] = [
  ...webFunction("web/ensureuser", ensureUser),
  webRoute("web/siteusers/:args{\\([^/]*\\)}", oneUser),
  ...["siteusers/getbyid", "siteusers/getbyloginname", "siteusers/getbyemail", "getuserbyid"].map(
    (path) => webRoute(`web/${path}/:args`, oneUser),
  ),
  ...webFunction("web/siteusers/removebyid", remove),
  ...webFunction("web/siteusers/removebyloginname", remove),
];
