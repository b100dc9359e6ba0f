/** People who were given a site, or a library with permissions of its own, by themselves and not as members of a group. */
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import type { ResourceContext } from "../kit/define.ts";
import { readySite } from "./sharepoint-sites.ts";
import { siteLibraries } from "./site-libraries.ts";
import { accessTo, roleOf } from "./site-roles.ts";
import type { Access, Role } from "./site-roles.ts";

/** User principal names and mail addresses of guests, in lower case. */
type People = ReadonlySet<string>;

/** Who is known to have access. */
export interface KnownAccess {
  /** Full address of the site. */
  readonly url: string;
  readonly people: People;
  readonly libraries: readonly { readonly name: string; readonly people: People }[];
}

/** Somebody of whom nobody knew it. */
export interface Individual {
  readonly url: string;
  /** Undefined for the site itself. */
  readonly library: string | undefined;
  /** Lower case; of a guest the account's own. */
  readonly userPrincipalName: string;
  /** Undefined for a mixture of roles. */
  readonly role: Role | undefined;
}

/** Sorted by site, library and name. Only reads. */
export async function readIndividuals(
  connection: Connection,
  sites: readonly KnownAccess[],
): Promise<readonly Individual[]> {
  const context = readingContext(connection);
  const found = await Promise.all(sites.map((site) => individualsOf(context, site)));
  const keyOf = ({ url, library = "", userPrincipalName }: Individual): string =>
    [url, library, userPrincipalName].join(" ");
  return found.flat().sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

async function individualsOf(
  context: ResourceContext,
  { url, people, libraries }: KnownAccess,
): Promise<Individual[]> {
  if ((await readySite(context, url)) === undefined) return [];
  const [onSite, lists] = await Promise.all([
    accessTo(context, { siteUrl: url }),
    siteLibraries(context, url),
  ]);
  const closed = lists.filter(({ HasUniqueRoleAssignments }) => HasUniqueRoleAssignments);
  const inLibraries = await Promise.all(
    closed.map(async ({ Id: listId, Title: library }) => {
      const known = libraries.find(({ name }) => name.toLowerCase() === library.toLowerCase());
      const access = await accessTo(context, { siteUrl: url, listId });
      return strangersIn(access, known?.people ?? new Set()).map((one) => ({
        ...one,
        url,
        library,
      }));
    }),
  );
  const own = strangersIn(onSite, people).map((one) => ({ ...one, url, library: undefined }));
  return [...own, ...inLibraries.flat()];
}

const strangersIn = (
  access: readonly Access[],
  people: People,
): Pick<Individual, "userPrincipalName" | "role">[] =>
  access.flatMap((one) => {
    const [, userPrincipalName] = /^user:(.+)$/.exec(one.principal ?? "") ?? [];
    if (userPrincipalName === undefined) return [];
    if (people.has(userPrincipalName) || people.has(invitedAs(userPrincipalName))) return [];
    return [{ userPrincipalName, role: roleOf(one) }];
  });

/**
 * The mail address that a guest's account is named after: `tess_x.example#ext#@contoso.onmicrosoft.com`, as users quote it.
 * Not verified: addresses that are too long for a name.
 */
const invitedAs = (userPrincipalName: string): string =>
  userPrincipalName.replace(/_([^_]*)#ext#@.*$/, "@$1");
