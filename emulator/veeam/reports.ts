/** Reports of the backup server, about itself and its backups. */
import { toTimestamp } from "../core/clock.ts";
import { guidFrom } from "../core/random.ts";
import type { Call, Scope } from "../core/workload.ts";
import { users, groups } from "../entities/collections.ts";
import { activePlans, licenseStatesOf } from "../entities/license-states.ts";
import { servicePlans } from "../entities/service-plans.ts";
import { mailboxes } from "../exchange/model.ts";
import { sites } from "../sharepoint/model.ts";
import { listDirectory, type DirectoryKind, type Listed } from "./directory.ts";
import { notServed } from "./errors.ts";
import { organizations, type JobItem, type JobSession, type Organization } from "./model.ts";
import { parameter, type Handler, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";
import {
  allSessions,
  hasRestorePoint,
  momentOf,
  requireSession,
  RUN_DURATION_MS,
  statusOf,
  troublesOf,
} from "./sessions.ts";

const INSTALLATION = "9d6d8a52-7a3f-4f0e-8f3a-2b1c5d7e9f10";
/** The licence of the emulated server covers everybody. */
const LICENSE = {
  licenseID: INSTALLATION,
  email: "",
  status: "Valid",
  licenseExpires: null,
  gracePeriodExpires: null,
  type: "Community",
  package: "Emulator",
  licensedTo: "Emulator",
  totalNumber: 0,
  usedNumber: 0,
  newNumber: 0,
  supportID: "",
};

/** Filters that the emulator knows; it refuses others rather than give a whole list for a filtered one. */
const RUN_FILTERS = ["organizationId", "jobId", "repositoryId"] as const;
const OBJECT_FILTERS = {
  userId: "user",
  groupId: "group",
  siteId: "site",
  teamId: "team",
} as const;
const HARMLESS = ["limit", "offset"];

/** Runs to restore from that the query asks for, newest first. */
function backups(call: Call, filters: readonly string[]): JobSession[] {
  for (const name of call.query.keys()) {
    if (![...HARMLESS, ...RUN_FILTERS, ...filters].includes(name))
      throw notServed(`the filter ${name}`);
  }
  return allSessions(call)
    .reverse()
    .filter((run) => hasRestorePoint(call, run))
    .filter((run) =>
      RUN_FILTERS.every((name) => (call.query.get(name) ?? run[name]) === run[name]),
    );
}

function restorePoints(call: Call): JobSession[] {
  const { query } = call;
  const asked = Object.entries(OBJECT_FILTERS).filter(([name]) => query.has(name));
  const from = momentOf(call, "from") ?? Number.NEGATIVE_INFINITY;
  const to = momentOf(call, "to") ?? Number.POSITIVE_INFINITY;
  const found = backups(call, ["from", "to", "orderAsc", ...Object.keys(OBJECT_FILTERS)])
    .filter((run) => from < backupMs(run) && backupMs(run) < to)
    .filter((run) =>
      asked.every(([name, kind]) =>
        objectsIn(call, run, kind).some(({ id }) => id === query.get(name)),
      ),
    );
  return query.get("orderAsc") === "true" ? found.reverse() : found;
}

const backupMs = ({ startedMs }: JobSession): number => startedMs + RUN_DURATION_MS;

const restorePointId = (run: JobSession): string => guidFrom("restore-point", run.id);

function toRestorePoint(call: Call, run: JobSession): Record<string, unknown> {
  const organization = call.store.get(organizations, run.organizationId);
  return {
    id: restorePointId(run),
    isDeleted: false,
    repositoryId: run.repositoryId,
    backupTime: toTimestamp(backupMs(run)),
    jobId: run.jobId,
    organizationId: run.organizationId,
    isExchange: organization?.isExchangeOnline === true,
    isSharePoint: organization?.isSharePointOnline === true,
    isOneDrive: organization?.isSharePointOnline === true,
    isTeams: organization?.isTeamsOnline === true,
    isLongTermCopy: false,
    isCopy: false,
    isRetrieved: false,
    eTag: 1,
  };
}

/** Whether the run took the object; people are also taken by whole organizations. */
function takes({ taken }: JobSession, kind: DirectoryKind, id: string): boolean {
  const isNamed = (items: readonly JobItem[]): boolean =>
    items.some(
      (item) => item.type === "PartialOrganization" || (kind !== "team" && item[kind]?.id === id),
    );
  if (isNamed(taken.excludedItems)) return false;
  return taken.backupType === "EntireOrganization" || isNamed(taken.selectedItems);
}

/** What the run took and found, and which of it failed. */
function processed(
  call: Call,
  run: JobSession,
  kind: DirectoryKind,
): { readonly listed: Listed; readonly isFailed: boolean }[] {
  const organization = call.store.get(organizations, run.organizationId);
  if (organization === undefined) return [];
  const failed = new Set(troublesOf(call, run).map(({ msid }) => msid));
  return listDirectory(call, organization, kind)
    .filter(
      ({ id, msid }) => takes(run, kind, id) && wasThere(call, organization, { run, kind, msid }),
    )
    .map((listed) => ({ listed, isFailed: failed.has(listed.msid) || failed.has(undefined) }));
}

function wasThere(
  call: Call,
  { msid: tenantId }: Organization,
  {
    run,
    kind,
    msid,
  }: { readonly run: JobSession; readonly kind: DirectoryKind; readonly msid: string },
): boolean {
  const { store } = call.tenant(tenantId);
  if (kind === "site") return (store.get(sites, msid)?.readyMs ?? 0) <= run.startedMs;
  const created = store.get(kind === "user" ? users : groups, msid)?.createdDateTime;
  return typeof created !== "string" || Date.parse(created) <= run.startedMs;
}

const objectsIn = (call: Call, run: JobSession, kind: DirectoryKind): Listed[] =>
  processed(call, run, kind).flatMap(({ listed, isFailed }) => (isFailed ? [] : [listed]));

function protectedObjects(kind: DirectoryKind): Handler {
  return (call) => {
    const point = call.query.get("restorePointId");
    const runs = backups(call, ["restorePointId"]).filter(
      (run) => point === null || restorePointId(run) === point,
    );
    const found = new Map<string, Record<string, unknown>>();
    for (const run of runs.reverse()) {
      for (const listed of objectsIn(call, run, kind)) {
        found.set(listed.id, toProtected(call, { kind, listed, run }));
      }
    }
    return page(call, [...found.values()]);
  };
}

function toProtected(
  call: Call,
  {
    kind,
    listed,
    run,
  }: { readonly kind: DirectoryKind; readonly listed: Listed; readonly run: JobSession },
): Record<string, unknown> {
  const { organizationId } = run;
  const tenantId = call.store.get(organizations, organizationId)?.msid ?? "";
  return {
    id: listed.id,
    msid: listed.msid,
    displayName: listed.displayName ?? listed.title,
    ...(kind === "user" && userParts(call.tenant(tenantId), listed)),
    ...(kind === "group" && { mailboxes: [], sites: [] }),
    ...(kind === "team" && { description: listed.description }),
    ...(kind === "site" && { url: listed.url }),
    organizationId,
    backedUpOrganizationId: organizationId,
    eTag: 1,
  };
}

/** The mailbox with its archive, and the OneDrive that everybody with SharePoint has here. */
function userParts({ store }: Scope, { id, msid, name, displayName }: Listed) {
  const mailbox = store.get(mailboxes, msid);
  const user = store.get(users, msid);
  const boxes = mailbox === undefined ? [] : mailbox.hasArchive ? [false, true] : [false];
  const plans = user === undefined ? new Set<string>() : activePlans(licenseStatesOf(user));
  return {
    accountType: mailbox?.recipientTypeDetails === "SharedMailbox" ? "SharedMailbox" : "User",
    mailboxes: boxes.map((isArchive) => ({
      id: guidFrom("veeam.mailbox", msid, String(isArchive)),
      ...{ displayName, email: name, isArchive },
    })),
    oneDrives: SHAREPOINT_PLANS.some((plan) => plans.has(plan))
      ? [{ id: `${id}-onedrive`, displayName, url: `/personal/${String(name)}` }]
      : [],
    sites: [],
  };
}

const SHAREPOINT_PLANS = Object.values(servicePlans)
  .filter((plan) => "family" in plan && plan.family === "sharepoint")
  .map(({ id }) => id);

const OBJECT_TYPES = { user: "User", group: "Group", site: "Site", team: "Team" } as const;

function processedObjects(call: Call): unknown {
  const run = requireSession(call, parameter(call, "sessionId"));
  const kinds = Object.keys(OBJECT_TYPES) as DirectoryKind[];
  const found = kinds.flatMap((kind) =>
    processed(call, run, kind).map(({ listed, isFailed }) => ({
      id: listed.id,
      type: OBJECT_TYPES[kind],
      status: isFailed ? "Failed" : "Success",
    })),
  );
  return page(call, found);
}

function logItems(call: Call): unknown {
  const run = requireSession(call, parameter(call, "sessionId"));
  const status = statusOf(call, run);
  const item = {
    id: guidFrom("log-item", run.id),
    usn: 1,
    type: status === "Stopped" ? "Stop" : status,
    message: `Backup job ${status === "Running" ? "is running" : "finished"}`,
    creationTime: toTimestamp(run.startedMs),
  };
  return page(call, [item]);
}

export const reportOperations: OperationTable = {
  "GET /v8/License": () => LICENSE,
  "GET /v8/Health": () => ({ status: "Healthy", entries: {} }),
  "GET /v8/ServiceInstance": () => ({ installationId: INSTALLATION, version: "8.0.0.0" }),
  "GET /v8/RestorePoints": (call) =>
    page(
      call,
      restorePoints(call).map((run) => toRestorePoint(call, run)),
    ),
  "GET /v8/RestoreSessions": (call) => page(call, []),
  "GET /v8/ProtectedUsers": protectedObjects("user"),
  "GET /v8/ProtectedGroups": protectedObjects("group"),
  "GET /v8/ProtectedSites": protectedObjects("site"),
  "GET /v8/ProtectedTeams": protectedObjects("team"),
  "GET /v8/JobSessions/{sessionId}/LogItems": logItems,
  "GET /v8/JobSessions/{sessionId}/ProcessedObjects": processedObjects,
};
