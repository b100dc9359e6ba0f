/** Reports of the backup server, about itself and its backups. */
import { toTimestamp } from "../core/clock.ts";
import { guidFrom } from "../core/random.ts";
import type { Call } from "../core/workload.ts";
import { listDirectory, type DirectoryKind } from "./directory.ts";
import { notServed } from "./errors.ts";
import { jobs, jobSessions, organizations, type Job, type JobSession } from "./model.ts";
import { parameter, type Handler, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";
import { RUN_DURATION_MS, statusOf } from "./sessions.ts";
import { requireObject } from "./storage.ts";

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
const FILTERS = ["organizationId", "jobId", "repositoryId"] as const;
const HARMLESS = ["limit", "offset", "orderAsc"];

/** Successful runs, which are what there is to restore from. */
function backups(call: Call): JobSession[] {
  for (const name of call.query.keys()) {
    if (!HARMLESS.includes(name) && !FILTERS.some((known) => known === name))
      throw notServed(`the filter ${name}`);
  }
  return call.store
    .list(jobSessions)
    .map(({ object }) => object)
    .filter((run) => statusOf(run, call.nowMs) === "Success")
    .filter((run) => FILTERS.every((name) => (call.query.get(name) ?? run[name]) === run[name]));
}

function toRestorePoint(call: Call, run: JobSession): Record<string, unknown> {
  const organization = call.store.get(organizations, run.organizationId);
  return {
    id: guidFrom("restore-point", run.id),
    isDeleted: false,
    repositoryId: run.repositoryId,
    backupTime: toTimestamp(run.startedMs + RUN_DURATION_MS),
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

/** Whether the job takes the object; people are also taken by whole organizations. */
function covers(job: Job | undefined, kind: DirectoryKind, id: string): boolean {
  if (job === undefined) return false;
  const isNamed = (items: Job["selectedItems"]): boolean =>
    items.some((item) => item.type === "PartialOrganization" || item[kind]?.id === id);
  if (isNamed(job.excludedItems)) return false;
  return job.backupType === "EntireOrganization" || isNamed(job.selectedItems);
}

function protectedObjects(kind: DirectoryKind): Handler {
  return (call) => {
    const found = new Map<string, Record<string, unknown>>();
    for (const run of backups(call)) {
      const organization = call.store.get(organizations, run.organizationId);
      const job = call.store.get(jobs, run.jobId);
      if (organization === undefined) continue;
      for (const listed of listDirectory(call, organization, kind)) {
        if (covers(job, kind, listed.id)) found.set(listed.id, toProtected(kind, listed, run));
      }
    }
    return page(call, [...found.values()]);
  };
}

function toProtected(
  kind: DirectoryKind,
  listed: Record<string, unknown>,
  { organizationId }: JobSession,
): Record<string, unknown> {
  return {
    id: listed.id,
    msid: listed.msid,
    displayName: listed.displayName ?? listed.title,
    ...(kind === "user" && { accountType: "User", mailboxes: [], oneDrives: [], sites: [] }),
    ...(kind === "group" && { mailboxes: [], sites: [] }),
    ...(kind === "site" && { url: listed.url }),
    organizationId,
    backedUpOrganizationId: organizationId,
    eTag: 1,
  };
}

function logItems(call: Call): unknown {
  const id = parameter(call, "sessionId");
  const run = requireObject(call, jobSessions, { kind: "Job session", id });
  const status = statusOf(run, call.nowMs);
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
      backups(call).map((run) => toRestorePoint(call, run)),
    ),
  "GET /v8/RestoreSessions": (call) => page(call, []),
  "GET /v8/ProtectedUsers": protectedObjects("user"),
  "GET /v8/ProtectedGroups": protectedObjects("group"),
  "GET /v8/ProtectedSites": protectedObjects("site"),
  "GET /v8/JobSessions/{sessionId}/LogItems": logItems,
};
