/** The inverse of sites.ts: sites that exist as entries of a tenant file, where the file can say what they are. */
import type { InventoriedSite, SiteGrant } from "../../provider/index.ts";
import { siteEntry } from "../../tenant-file/index.ts";
import type { SiteEntry } from "../../tenant-file/index.ts";
import { fitting } from "./fitting.ts";
import type { DraftedGroups } from "./groups.ts";
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
  readonly group: DraftedGroups["names"];
}

type TeamSite = Extract<InventoriedSite, { kind: "team" }>;

const REASONS: Readonly<Record<Exclude<InventoriedSite["kind"], "team">, string>> = {
  communication: "a communication site",
  group: "comes and goes with its group or channel",
  personal: "somebody's own (OneDrive)",
  elsewhere: "has no address of its own under /sites or /teams",
  locked: "locked: nobody is let in",
  other: "made by the service, or from a template that a tenant file cannot say",
};

export function draftSites(sites: readonly InventoriedSite[], names: Names): DraftedSites {
  const people: ReadonlySet<string> = new Set(names.user.values());
  const judged = sites.map((site) => ({ site, reason: reasonToLeave(site, people) }));
  const drafted = judged
    .flatMap(({ site, reason }) =>
      site.kind === "team" && reason === undefined ? [entryOf(site, names)] : [],
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

const pathOf = ({ url }: InventoriedSite): string => new URL(url).pathname;

/** Undefined where the program would declare exactly this site. */
function reasonToLeave(site: InventoriedSite, people: ReadonlySet<string>): string | undefined {
  if (site.kind !== "team") return REASONS[site.kind];
  if (!people.has(site.access.owner)) return "its owner cannot be named in a tenant file";
  return fitting(siteEntry, { url: pathOf(site), title: site.title }).dropped.length === 0
    ? undefined
    : "its address or title has characters that a tenant file does not take";
}

function entryOf(site: TeamSite, names: Names): { entry: SiteEntry; remarks: readonly string[] } {
  const { owner, grants, others } = site.access;
  const permissions = grants.flatMap((grant) => permissionOf(grant, names)).sort(byName);
  const unnamed = others + grants.length - permissions.length;
  return {
    entry: { url: pathOf(site), title: site.title, owner, permissions },
    remarks:
      unnamed === 0
        ? []
        : [`Access of SharePoint's own groups and of others, left as it is: ${unnamed}.`],
  };
}

type Permission = NonNullable<SiteEntry["permissions"]>[number];

function permissionOf({ kind, id = "", role }: SiteGrant, names: Names): Permission[] {
  const name = names[kind].get(id);
  if (name === undefined) return [];
  return [kind === "user" ? { user: name, role } : { group: name, role }];
}

const byName = (one: Permission, other: Permission): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
