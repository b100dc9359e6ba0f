/** The inverse of sites.ts: sites that exist as entries of a tenant file, where the file can say what they are. */
import type { InventoriedSite, Inventory, SiteGrant } from "../../provider/index.ts";
import { isMoreOpen } from "../../core/sharing.ts";
import { siteLanguageOf } from "../../core/windows-languages.ts";
import { libraryName, siteEntry } from "../../tenant-file/index.ts";
import type { SiteEntry } from "../../tenant-file/index.ts";
import { fitting } from "./fitting.ts";
import type { DraftedGroups } from "./groups.ts";
import type { DraftedGuests } from "./guests.ts";
import type { DraftedPeople, LeftAlone } from "./people.ts";

export interface DraftedSites {
  /** Sorted by address. */
  readonly sites: readonly SiteEntry[];
  readonly left: readonly LeftAlone[];
  /** What is said above an entry, by address within the tenant. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
}

/** What the file can call somebody or a group, by object id. */
interface Names {
  readonly user: DraftedPeople["names"];
  readonly guest: DraftedGuests["names"];
  readonly group: DraftedGroups["names"];
}

interface Around {
  readonly names: Names;
  /** Of the tenant. */
  readonly language: "nl" | "en";
  /** What holds for all sites; empty where nobody looked. */
  readonly tenant: NonNullable<Inventory["sharing"]>;
}

type OwnSite = Extract<InventoriedSite, { kind: "team" | "communication" }>;

const REASONS: Readonly<Record<Exclude<InventoriedSite["kind"], OwnSite["kind"]>, string>> = {
  group: "comes and goes with its group or channel",
  personal: "somebody's own (OneDrive)",
  elsewhere: "has no address of its own under /sites or /teams",
  locked: "locked: nobody is let in",
  other: "made by the service, or from a template that a tenant file cannot say",
};

export function draftSites(sites: readonly InventoriedSite[], around: Around): DraftedSites {
  const people: ReadonlySet<string> = new Set(around.names.user.values());
  const judged = sites.map((site) => ({ site, reason: reasonToLeave(site, people) }));
  const drafted = judged
    .flatMap(({ site, reason }) =>
      isOwn(site) && reason === undefined ? [entryOf(site, around)] : [],
    )
    .sort((one, other) => (one.entry.url < other.entry.url ? -1 : 1));
  return {
    sites: drafted.map(({ entry }) => entry),
    left: judged.flatMap(({ site: { url, title }, reason }) =>
      reason === undefined ? [] : [{ kind: "site" as const, name: title, id: url, reason }],
    ),
    remarks: new Map(
      drafted.flatMap(({ entry, remarks }) => (remarks.length === 0 ? [] : [[entry.url, remarks]])),
    ),
  };
}

const isOwn = (site: InventoriedSite): site is OwnSite => site.access !== undefined;

const pathOf = ({ url }: InventoriedSite): string => new URL(url).pathname;

/** Undefined where the program would declare exactly this site. */
function reasonToLeave(site: InventoriedSite, people: ReadonlySet<string>): string | undefined {
  if (!isOwn(site)) return REASONS[site.kind];
  if (!people.has(site.access.owner)) return "its owner cannot be named in a tenant file";
  return fitting(siteEntry, { url: pathOf(site), title: site.title }).dropped.length === 0
    ? undefined
    : "its address or title has characters that a tenant file does not take";
}

function entryOf(site: OwnSite, around: Around): { entry: SiteEntry; remarks: readonly string[] } {
  const { names } = around;
  const { owner, grants, others } = site.access;
  const permissions = permissionsOf(grants, names);
  const unnamed = others + grants.length - permissions.length;
  const libraries = site.libraries
    .filter(({ title }) => libraryName.safeParse(title).success)
    .map((library) => ({ ...library, permissions: permissionsOf(library.grants, names) }));
  const inLibraries = libraries.filter(
    (library) => library.others + library.grants.length > library.permissions.length,
  );
  return {
    entry: {
      ...{ url: pathOf(site), title: site.title, owner },
      ...settingsOf(site, around),
      permissions,
      ...(libraries.length === 0
        ? {}
        : {
            libraries: libraries.map(({ title: name, permissions: own }) => ({
              name,
              permissions: own,
            })),
          }),
    },
    remarks: [
      ...(unnamed === 0
        ? []
        : [`Access of SharePoint's own groups and of others, left as it is: ${unnamed}.`]),
      ...inLibraries.map(
        ({ title }) => `Others have access to the library ${title} too; left as it is.`,
      ),
    ],
  };
}

/** What would be the same without the key, or cannot be said beside the tenant's own settings, is left out. */
function settingsOf(
  { kind, settings: { lcid, sharingCapability, storageQuota } }: OwnSite,
  { language, tenant }: Around,
): Partial<SiteEntry> {
  const own = siteLanguageOf(lcid);
  const most = tenant.sharingCapability;
  const isAllowed =
    sharingCapability !== undefined && !(most !== undefined && isMoreOpen(sharingCapability, most));
  return {
    ...(kind === "team" ? {} : { template: kind }),
    ...(own === undefined || own === language ? {} : { language: own }),
    ...(isAllowed ? { sharingCapability } : {}),
    ...(tenant.isSitesStorageLimitAutomatic === false && storageQuota !== undefined
      ? { storageQuota }
      : {}),
  };
}

type Permission = NonNullable<SiteEntry["permissions"]>[number];

const permissionsOf = (grants: readonly SiteGrant[], names: Names): Permission[] =>
  grants.flatMap((grant) => permissionOf(grant, names)).sort(byName);

function permissionOf({ kind, id = "", role }: SiteGrant, names: Names): Permission[] {
  const name = names[kind].get(id);
  if (name === undefined) return [];
  return [kind === "group" ? { group: name, role } : { user: name, role }];
}

const byName = (one: Permission, other: Permission): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
