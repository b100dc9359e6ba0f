/**
 * The document libraries of a site, as SharePoint's REST interface has them.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/working-with-lists-and-list-items-with-rest (checked 2026-11-27)
 * @see https://learn.microsoft.com/dotnet/api/microsoft.sharepoint.client.securableobject.breakroleinheritance (checked
 * 2026-11-27)
 */
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { hostOf, pathOf, quoted } from "./sharepoint-sites.ts";

/** `SP.ListTemplateType`. */
const DOCUMENT_LIBRARY = 101;

export interface SiteList {
  /** GUID. */
  readonly Id: string;
  readonly Title: string;
  readonly BaseTemplate: number;
  readonly Hidden: boolean;
  /** False while everybody who may open the site may open it. */
  readonly HasUniqueRoleAssignments: boolean;
}

const SELECT = "$select=Id,Title,BaseTemplate,Hidden,HasUniqueRoleAssignments";
const listsPath = (url: string): string => `${pathOf(url)}/_api/web/lists`;

/** Those that people see. */
export async function siteLibraries(context: ResourceContext, url: string): Promise<SiteList[]> {
  const client = context.service.sharePoint(hostOf(url));
  const found = await client.all<SiteList>(`${listsPath(url)}?${SELECT}`);
  return found.filter(({ BaseTemplate, Hidden }) => BaseTemplate === DOCUMENT_LIBRARY && !Hidden);
}

/** @throws RefusedError `not-a-library` for a list of another kind under that title */
export async function findLibrary(
  context: ResourceContext,
  { url, title }: { readonly url: string; readonly title: string },
): Promise<SiteList | undefined> {
  const found = await context.service
    .sharePoint(hostOf(url))
    .tryGet<SiteList>(`${listsPath(url)}/getbytitle(${quoted(title)})?${SELECT}`);
  if (found === undefined || found.BaseTemplate === DOCUMENT_LIBRARY) return found;
  throw new RefusedError({
    code: "not-a-library",
    message: `${title} at ${url} is a list and not a document library`,
    hint: "Give the library another name in the tenant file.",
  });
}

export const makeLibrary = (
  context: ResourceContext,
  { url, title }: { readonly url: string; readonly title: string },
): Promise<SiteList> =>
  context.service.sharePoint(hostOf(url)).post<SiteList>(
    listsPath(url),
    { BaseTemplate: DOCUMENT_LIBRARY, Title: title },
    // Nothing was there a moment ago, so what is there after a lost answer is ours.
    { find: () => findLibrary(context, { url, title }), settleMs: 0 },
  );

/** From then on nobody has access but administrators of the site, and whoever is given it there. */
export const closeLibrary = (
  context: ResourceContext,
  { url, listId }: { readonly url: string; readonly listId: string },
): Promise<void> =>
  context.service
    .sharePoint(hostOf(url))
    .post(
      `${listsPath(url)}(guid'${listId}')/breakroleinheritance(copyRoleAssignments=false,clearSubscopes=false)`,
      undefined,
      { idempotent: true },
    );
