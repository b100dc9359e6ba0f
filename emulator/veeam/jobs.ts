/** Backup jobs: what of an organization goes to which repository, and when. */
import { toTimestamp } from "../core/clock.ts";
import type { Call, Scope } from "../core/workload.ts";
import { conflict, invalid } from "./errors.ts";
import { addItems, itemsOf, type ItemRequest, removeItems } from "./job-items.ts";
import { jobs, organizations, repositories, type Job, type SchedulePolicy } from "./model.ts";
import { parameter, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";
import { nextRunMs } from "./schedule.ts";
import {
  backupTimes,
  keepScheduledRuns,
  sessionsOf,
  startRun,
  statusOf,
  stopRun,
  toSessionAnswer,
} from "./sessions.ts";
import { requireObject } from "./storage.ts";

interface JobRequest {
  name?: string | null;
  description?: string | null;
  backupType?: string | null;
  organizationId?: string;
  repositoryId?: string | null;
  isEnabled?: boolean | null;
  runNow?: boolean | null;
  selectedItems?: ItemRequest[] | null;
  excludedItems?: ItemRequest[] | null;
  schedulePolicy?: SchedulePolicy;
}

const DEFAULT_SCHEDULE: SchedulePolicy = {
  scheduleEnabled: true,
  type: "Daily",
  dailyType: "Everyday",
  dailyTime: "22:00:00",
};

/** The properties of a request over those of a job; what the request leaves out stays. */
function jobOf(call: Call, base: Omit<Job, "name"> & { name?: string }): Job {
  const request = call.body as JobRequest;
  const name = request.name ?? base.name;
  if (!name) throw invalid("name: required");
  const organizationId = base.organizationId;
  const repositoryId = request.repositoryId ?? base.repositoryId;
  requireReference(
    call.store.get(repositories, repositoryId),
    `repositoryId: no repository '${repositoryId}'`,
  );
  const sameName = call.store.find(jobs, "name", name).map(({ object }) => object);
  if (sameName.some((job) => job.organizationId === organizationId && job.id !== base.id)) {
    throw conflict(`A backup job named '${name}' exists already.`);
  }
  const job: Job = {
    ...base,
    name,
    repositoryId,
    description: request.description ?? base.description,
    backupType: request.backupType ?? base.backupType,
    isEnabled: request.isEnabled ?? base.isEnabled,
    schedulePolicy: { ...base.schedulePolicy, ...request.schedulePolicy },
    selectedItems: request.selectedItems
      ? itemsOf(call, organizationId, request.selectedItems)
      : base.selectedItems,
    excludedItems: request.excludedItems
      ? itemsOf(call, organizationId, request.excludedItems)
      : base.excludedItems,
  };
  checkItems(job);
  return job;
}

function checkItems(job: Job): void {
  if (job.backupType === "SelectedItems" && job.selectedItems.length === 0) {
    throw invalid("selectedItems: at least one item is required with backupType SelectedItems");
  }
  if (job.backupType === "EntireOrganization" && job.selectedItems.length > 0) {
    throw invalid("selectedItems: not allowed with backupType EntireOrganization");
  }
}

function requireReference(found: unknown, message: string): void {
  if (found === undefined) throw invalid(message);
}

function toAnswer(scope: Scope, job: Job): Record<string, unknown> {
  const runs = sessionsOf(scope, "jobId", job.id);
  const last = runs.at(-1);
  const backups = backupTimes(scope, runs);
  const next = job.isEnabled ? nextRunMs(job.schedulePolicy, scope.nowMs) : undefined;
  return {
    id: job.id,
    name: job.name,
    description: job.description,
    backupType: job.backupType,
    organizationId: job.organizationId,
    repositoryId: job.repositoryId,
    isEnabled: job.isEnabled,
    schedulePolicy: job.schedulePolicy,
    eTag: job.eTag,
    ...(last && { lastRun: toTimestamp(last.startedMs), lastStatus: statusOf(scope, last) }),
    ...(backups && { lastBackup: toTimestamp(backups.last) }),
    ...(next !== undefined && { nextRun: toTimestamp(next) }),
  };
}

function requireJob(call: Call): Job {
  return requireObject(call, jobs, { kind: "Backup job", id: parameter(call, "jobId") });
}

function save(scope: Scope, job: Job): void {
  checkItems(job);
  const before = scope.store.get(jobs, job.id);
  if (before !== undefined) keepScheduledRuns(scope, before);
  scope.store.replace(jobs, { ...job, eTag: job.eTag + 1, scheduledFromMs: scope.nowMs });
}

function runningSession(scope: Scope, job: Job): ReturnType<typeof sessionsOf>[number] | undefined {
  return sessionsOf(scope, "jobId", job.id).find((run) => statusOf(scope, run) === "Running");
}

function start(scope: Scope, job: Job, full: boolean): Record<string, unknown> {
  if (runningSession(scope, job) !== undefined) {
    throw conflict(`Backup job '${job.name}' is already running.`);
  }
  return toSessionAnswer(scope, startRun(scope, job, { full }));
}

function create(call: Call): Record<string, unknown> {
  const request = call.body as Required<Pick<JobRequest, "organizationId">> & JobRequest;
  const organization = call.store.get(organizations, request.organizationId);
  requireReference(organization, `organizationId: no organization '${request.organizationId}'`);
  const job = jobOf(call, {
    id: call.newId(),
    description: "",
    backupType: "",
    organizationId: request.organizationId,
    repositoryId: "",
    isEnabled: true,
    schedulePolicy: DEFAULT_SCHEDULE,
    ...{ eTag: 1, scheduledFromMs: call.nowMs },
    selectedItems: [],
    excludedItems: [],
  });
  call.store.insert(jobs, job, call.nowMs);
  if (request.runNow === true) start(call, job, false);
  return toAnswer(call, job);
}

function list(call: Call): unknown {
  const filters = ["organizationId", "repositoryId"] as const;
  const found = call.store
    .list(jobs)
    .map(({ object }) => object)
    .filter((job) => filters.every((key) => (call.query.get(key) ?? job[key]) === job[key]));
  return page(
    call,
    found.map((job) => toAnswer(call, job)),
  );
}

/** The operations of one of a job's two lists of items. */
function itemOperations(list: "selectedItems" | "excludedItems"): OperationTable {
  const resource = list === "selectedItems" ? "SelectedItems" : "ExcludedItems";
  return {
    [`GET /v8/Jobs/{jobId}/${resource}`]: (call: Call) => page(call, requireJob(call)[list]),
    [`POST /v8/Jobs/{jobId}/${resource}`]: (call: Call) => {
      const job = requireJob(call);
      const added = itemsOf(call, job.organizationId, call.body as ItemRequest[]);
      save(call, { ...job, [list]: addItems(job[list], added) });
    },
    [`DELETE /v8/Jobs/{jobId}/${resource}`]: (call: Call) => {
      const job = requireJob(call);
      const named = (call.body as string[] | undefined) ?? call.query.get("ids")?.split(",") ?? [];
      save(call, { ...job, [list]: removeItems(job[list], named) });
    },
  };
}

export const jobOperations: OperationTable = {
  "GET /v8/Jobs": list,
  "POST /v8/Jobs": create,
  "GET /v8/Jobs/{jobId}": (call) => toAnswer(call, requireJob(call)),
  "PUT /v8/Jobs/{jobId}": (call) => {
    const job = jobOf(call, requireJob(call));
    save(call, job);
    if ((call.body as JobRequest).runNow === true) start(call, job, false);
  },
  "DELETE /v8/Jobs/{jobId}": (call) => {
    const job = requireJob(call);
    keepScheduledRuns(call, job);
    call.store.remove(jobs, job.id);
  },
  "POST /v8/Jobs/{jobId}/enable": (call) => {
    save(call, { ...requireJob(call), isEnabled: true });
  },
  "POST /v8/Jobs/{jobId}/disable": (call) => {
    save(call, { ...requireJob(call), isEnabled: false });
  },
  "POST /v8/Jobs/{jobId}/start": (call) =>
    start(call, requireJob(call), (call.body as { full?: boolean }).full === true),
  "POST /v8/Jobs/{jobId}/stop": (call) => {
    const running = runningSession(call, requireJob(call));
    if (running === undefined) throw conflict("The backup job is not running.");
    stopRun(call, running);
  },
  ...itemOperations("selectedItems"),
  ...itemOperations("excludedItems"),
};
