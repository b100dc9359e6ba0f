/**
 * Who made a difference, and when, as the directory's audit log has it: what came through Exchange or SharePoint is not in it.
 * @see https://learn.microsoft.com/graph/api/directoryaudit-list, resources/directoryaudit (v1.0, checked 2026-11-28)
 * @see https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention (checked 2026-11-28)
 * Names of properties: examples on these pages, the others not verified. The newest entry that names the property counts.
 */
import { DAY_MS } from "../../core/calendar.ts";
import { isRequestError } from "../../services/index.ts";
import type { Connection } from "../kit/connection.ts";
import { isGranted, notGranted, permissionsOfHistory } from "../permissions.ts";
import type { Part } from "../permissions.ts";

/** One difference from what was applied. */
export interface SoughtChange {
  /** Of the caller's choice. */
  readonly key: string;
  /** Under which the state has the object. */
  readonly id: string;
  /** Undefined for an object that is gone. */
  readonly path: string | undefined;
  /** Object ids of those who came to the list or left it; empty for what is no list of objects. */
  readonly elements: readonly string[];
}

interface Cause {
  /** UTC. */
  readonly at: string;
  /** User principal name of a person, name of an application; undefined where the log does not say. */
  readonly by: string | undefined;
  /** False: the log says that the object was changed, and not what of it. */
  readonly isExact: boolean;
}

export interface FoundCauses {
  readonly causes: ReadonlyMap<string, Cause>;
  /** The first moment of which the log was asked, UTC. */
  readonly from: string;
}

/** When this program was at work: what applications did then is no difference. UTC. */
export interface ApplyTime {
  readonly startedAt: string;
  readonly finishedAt: string;
}

interface DirectoryAudit {
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly initiatedBy?: {
    readonly user?: {
      readonly userPrincipalName?: string | null;
      readonly id?: string | null;
    } | null;
    readonly app?: { readonly displayName?: string | null; readonly appId?: string | null } | null;
  };
  readonly targetResources?:
    | readonly {
        readonly id?: string | null;
        readonly type?: string | null;
        readonly modifiedProperties?: readonly { readonly displayName?: string | null }[] | null;
      }[]
    | null;
}

const [AUDIT_LOG, BESIDES] = permissionsOfHistory;
/** With Entra ID P1; without it seven, and asking for more is refused. */
const KEPT_DAYS = [30, 7] as const;
/** The clock of whoever looked and the service's, and changes that were not seen everywhere yet. */
const MARGIN_MS = 3_600_000;
/** 1,000 entries each, five in ten seconds: who is not found by then is not found. */
const MOST_PAGES = 30;

/**
 * Newest first, until each difference has an entry that names it.
 * @param asked.since since when they may be there, UTC
 */
export async function findCauses(
  connection: Connection,
  asked: {
    readonly changes: readonly SoughtChange[];
    readonly since: string;
    readonly now: Date;
    readonly applies: readonly ApplyTime[];
  },
): Promise<Part<FoundCauses>> {
  const changes = asked.changes.filter(({ id }) => idOf(id) !== undefined);
  if (changes.length === 0) return { found: { causes: new Map(), from: asked.since } };
  const { service } = connection;
  if (!isGranted(AUDIT_LOG, await service.grantedPermissions("graph")))
    return notGranted(AUDIT_LOG);
  for (const days of KEPT_DAYS) {
    const firstMs = asked.now.getTime() - days * DAY_MS;
    const from = new Date(Math.max(Date.parse(asked.since) - MARGIN_MS, firstMs)).toISOString();
    try {
      return { found: { causes: await search(connection, { ...asked, changes, from }), from } };
    } catch (error) {
      if (isRequestError(error, "forbidden")) {
        const needs = { permission: BESIDES };
        return { reason: `Microsoft Graph refuses it without ${BESIDES}`, needs };
      }
      if (!isRequestError(error, "bad-request") || days === KEPT_DAYS.at(-1)) throw error;
    }
  }
  throw new Error("The last of these either answers or throws");
}

async function search(
  { service: { graph } }: Connection,
  {
    changes,
    applies,
    from,
  }: {
    readonly changes: readonly SoughtChange[];
    readonly applies: readonly ApplyTime[];
    readonly from: string;
  },
): Promise<ReadonlyMap<string, Cause>> {
  const causes = new Map<string, Cause>();
  const isOpen = ({ key }: SoughtChange): boolean => causes.get(key)?.isExact !== true;
  const query = `$filter=activityDateTime ge ${from}&$orderby=activityDateTime desc&$top=1000`;
  let pages = 0;
  for await (const page of graph.pages<DirectoryAudit>(`/auditLogs/directoryAudits?${query}`)) {
    for (const entry of page.filter((one) => !isOwn(one, applies))) {
      for (const change of changes.filter(isOpen)) {
        const match = matchOf(entry, change);
        if (match === undefined || (match === "object" && causes.has(change.key))) continue;
        causes.set(change.key, causeOf(entry, match === "exact"));
      }
    }
    pages += 1;
    if (pages === MOST_PAGES || !changes.some(isOpen)) break;
  }
  return causes;
}

function isOwn(entry: DirectoryAudit, applies: readonly ApplyTime[]): boolean {
  if (entry.initiatedBy?.user !== null && entry.initiatedBy?.user !== undefined) return false;
  const at = Date.parse(entry.activityDateTime);
  return applies.some(
    ({ startedAt, finishedAt }) => Date.parse(startedAt) <= at && at <= Date.parse(finishedAt),
  );
}

function causeOf({ activityDateTime, initiatedBy }: DirectoryAudit, isExact: boolean): Cause {
  const { user, app } = initiatedBy ?? {};
  const by = user?.userPrincipalName ?? user?.id ?? app?.displayName ?? app?.appId ?? undefined;
  return { at: new Date(activityDateTime).toISOString(), by, isExact };
}

/** Names of the directory's older interface, in small letters; all others are those of Graph. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  mobilephone: "mobile",
  businessphones: "telephonenumber",
  faxnumber: "facsimiletelephonenumber",
  officelocation: "physicaldeliveryofficename",
  othermails: "othermail",
  licenses: "assignedlicense",
  managerid: "manager.objectid",
};

/** What stands under every change, and names none. */
const SAYS_NOTHING = /^(?:included updated properties|action client name|targetid\.)/;

/** What makes no property another one. */
const OTHER_ACTIVITY = /^(?:add|restore|delete|hard delete)\b|\b(?:member|owner)\b/;

/** `object`: the object was changed, and the entry does not say what of it. */
function matchOf(entry: DirectoryAudit, change: SoughtChange): "exact" | "object" | undefined {
  const id = idOf(change.id);
  const targets = entry.targetResources ?? [];
  const ids = new Set(targets.flatMap((target) => target.id?.toLowerCase() ?? []));
  if (id === undefined || !ids.has(id)) return undefined;
  const { path, elements } = change;
  const activity = entry.activityDisplayName.toLowerCase();
  if (path === undefined) return /^(?:hard )?delete\b/.test(activity) ? "exact" : undefined;
  if (elements.length > 0) {
    const isOfList = activity.includes(path.replace(/s$/, "").toLowerCase());
    return isOfList && elements.some((one) => ids.has(one.toLowerCase())) ? "exact" : undefined;
  }
  const names = targets
    .flatMap(({ modifiedProperties }) => modifiedProperties ?? [])
    .flatMap(({ displayName }) => displayName?.toLowerCase() ?? [])
    .filter((name) => !SAYS_NOTHING.test(name));
  const own = path.toLowerCase();
  if (names.includes(OLDER_NAMES[own] ?? own)) return "exact";
  // Of policies there is one property, the whole of it.
  const isWhole = names.length === 0 || targets.some(({ type }) => type === "Policy");
  return isWhole && !OTHER_ACTIVITY.test(activity) ? "object" : undefined;
}

/** The object id within the id of a resource, such as `/users/…`; undefined for what is not of the directory. */
const idOf = (id: string): string | undefined =>
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(id)?.[0].toLowerCase();
