/**
 * Who administers a site: its owner (the primary administrator) and the others.
 * The addresses and the change of owner are those of cli-microsoft365 (`spo site admin add --primary`) and PnP Core
 * (`SetAsPrimarySiteCollectionAdministrator`), checked 2026-11; Microsoft documents only the properties' names.
 */
import type { Answer, Call, Route } from "../core/workload.ts";
import { resolveLogin, type Identity } from "./claims.ts";
import { exception } from "./errors.ts";
import { collection, result } from "./format.ts";
import { sites, webs, type Site, type Web } from "./model.ts";
import { argument } from "./path.ts";
import { adminRoute, bodyOf, saveWeb } from "./web-call.ts";

function administratorsOf(web: Web): Record<string, unknown>[] {
  return web.principals
    .filter(({ isSiteAdmin }) => isSiteAdmin)
    .map(({ email, loginName, title }) => ({
      email,
      loginName,
      name: title,
      userPrincipalName: loginName.split("|")[2] ?? "",
    }));
}

function requirePlace(call: Call, siteId: string): { site: Site; web: Web } {
  const site = call.store.get(sites, siteId.toLowerCase());
  const web = call.store.get(webs, siteId.toLowerCase());
  if (site === undefined || web === undefined) {
    throw exception(404, "sharePoint", `Cannot get site ${siteId}.`);
  }
  return { site, web };
}

function requireIdentity(call: Call, loginName: string): Identity {
  const identity = resolveLogin(call, loginName);
  if (identity !== undefined) return identity;
  throw exception(500, "sharePoint", `The specified user ${loginName} could not be found.`);
}

function administratorsWanted(call: Call): { siteId: string; loginNames: string[] } {
  const { secondaryAdministratorsFieldsData: data } = bodyOf(call);
  const { siteId, secondaryAdministratorLoginNames: loginNames } = (data ?? {}) as {
    siteId?: unknown;
    secondaryAdministratorLoginNames?: unknown;
  };
  if (typeof siteId !== "string" || !Array.isArray(loginNames)) {
    throw exception(
      400,
      "query",
      "The parameter secondaryAdministratorsFieldsData does not exist in method SetSiteSecondaryAdministrators.",
    );
  }
  return { siteId, loginNames: loginNames.map(String) };
}

function keepOnly(web: Web, loginName: string): void {
  for (const principal of web.principals) {
    principal.isSiteAdmin &&= principal.loginName === loginName;
  }
}

function addAdministrator(web: Web, identity: Identity): void {
  const known = web.principals.find(({ loginName }) => loginName === identity.loginName);
  if (known !== undefined) {
    known.isSiteAdmin = true;
    return;
  }
  web.principals.push({
    id: web.nextPrincipalId,
    ...identity,
    isSiteAdmin: true,
    isHiddenInUI: false,
  });
  web.nextPrincipalId += 1;
}

/** Replaces all administrators but the owner. */
function setAdministrators(call: Call): Answer {
  const { siteId, loginNames } = administratorsWanted(call);
  const { site, web } = requirePlace(call, siteId);
  const wanted = loginNames.map((loginName) => requireIdentity(call, loginName));
  keepOnly(web, site.ownerLoginName);
  for (const identity of wanted) addAdministrator(web, identity);
  saveWeb(call, web);
  return result(call, "SetSiteSecondaryAdministrators", null);
}

/**
 * Makes somebody the owner and an administrator; SharePoint's own groups stay as they are.
 * With `keepsOthers` (`SetOwnerWithoutUpdatingSecondaryAdmin`) the owner until now stays an administrator.
 * @see https://github.com/pnp/pnpcore/issues/1165 with it, https://github.com/MicrosoftDocs/office-docs-powershell/issues/4735
 * without it (checked 2026-11)
 * @param change `owner` is a login name or an address
 * @returns the new owner's login name
 * @throws ServiceFailure when the directory has nobody of that name
 */
export function changeOwner(
  call: Call,
  site: Site,
  change: { owner: string; keepsOthers: boolean },
): string {
  const { web } = requirePlace(call, site.id);
  const identity = requireIdentity(call, change.owner);
  if (!change.keepsOthers) keepOnly(web, identity.loginName);
  addAdministrator(web, identity);
  saveWeb(call, web);
  return identity.loginName;
}

function list(call: Call): Answer {
  const { web } = requirePlace(call, argument(call, "siteId"));
  const type = "SiteAdministratorsInfo";
  const found = administratorsOf(web).map((properties) => ({ type, properties }));
  return collection(call, found, type);
}

export const siteAdministratorRoutes: readonly Route[] = [
  adminRoute("spo.tenant/getsiteadministrators", { POST: list, GET: list }),
  adminRoute("spointernaluseonly.tenant/setsitesecondaryadministrators", {
    POST: setAdministrators,
  }),
];
