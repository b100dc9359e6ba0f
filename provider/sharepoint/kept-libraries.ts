/**
 * What somebody has on libraries with permissions of their own, when they lose the site: SharePoint may take that too.
 * @see https://github.com/MicrosoftDocs/OfficeDocs-SharePoint/issues/2189 (as a user reports it; quoted, not read)
 * @see https://learn.microsoft.com/previous-versions/office/developer/sharepoint-2010/ee587470(v=office.14): only
 * `RemoveFromCurrentScopeOnly` leaves the subscopes alone; of the REST interface not verified (checked 2026-11-27)
 */
import type { ResourceContext } from "../kit/define.ts";
import type { Principal } from "./grants.ts";
import { siteLibraries } from "./site-libraries.ts";
import { accessTo, addRole } from "./site-roles.ts";
import type { Access, Securable } from "./site-roles.ts";

interface Held extends Access {
  readonly place: Securable;
}

/** Carries it out, reads the libraries back, and gives again what went with the site. */
export async function keepingLibraries<T>(
  context: ResourceContext,
  { siteUrl, losing }: { readonly siteUrl: string; readonly losing: readonly Principal[] },
  carryOut: () => Promise<T>,
): Promise<T> {
  const keys = new Set(losing.map(({ key }) => key));
  const before = keys.size === 0 ? [] : await accessBelow(context, siteUrl, keys);
  const done = await carryOut();
  await Promise.all(before.map((held) => giveAgain(context, held)));
  return done;
}

async function accessBelow(
  context: ResourceContext,
  siteUrl: string,
  keys: ReadonlySet<string>,
): Promise<Held[]> {
  const closed = (await siteLibraries(context, siteUrl)).filter(
    ({ HasUniqueRoleAssignments }) => HasUniqueRoleAssignments,
  );
  const found = await Promise.all(
    closed.map(async ({ Id: listId }) => {
      const place = { siteUrl, listId };
      return (await accessTo(context, place)).map((access) => ({ ...access, place }));
    }),
  );
  return found.flat().filter(({ principal }) => principal !== undefined && keys.has(principal));
}

async function giveAgain(
  context: ResourceContext,
  { place, principalId, roles }: Held,
): Promise<void> {
  const now = (await accessTo(context, place)).find((one) => one.principalId === principalId);
  const has = new Set(now?.roles.map(({ Id }) => Id));
  for (const { Id: roleId } of roles) {
    if (!has.has(roleId)) await addRole(context, place, { principalId, roleId });
  }
}
