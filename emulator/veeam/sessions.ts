/** Runs of backup jobs. Runs by schedule and their progress follow from the clock. */
import { toTimestamp } from "../core/clock.ts";
import type { Call, Scope } from "../core/workload.ts";
import { guidFrom } from "../core/random.ts";
import { invalid, notFound } from "./errors.ts";
import { jobs, jobSessions, troubles, type Job, type JobSession, type Trouble } from "./model.ts";
import { parameter, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";
import { nextRunMs } from "./schedule.ts";

/** How long an emulated run takes; real ones take minutes to hours. */
export const RUN_DURATION_MS = 60_000;

export type SessionStatus = "Running" | "Success" | "Warning" | "Failed" | "Stopped";

/** Runs that went wrong, wholly or for some; a run that has not ended is running. */
export function statusOf(scope: Scope, session: JobSession): SessionStatus {
  if (session.stoppedMs !== undefined) return "Stopped";
  if (scope.nowMs < session.startedMs + RUN_DURATION_MS) return "Running";
  const met = troublesOf(scope, session);
  if (met.some(({ msid }) => msid === undefined)) return "Failed";
  return met.length > 0 ? "Warning" : "Success";
}

/** What went wrong in a run. */
export const troublesOf = (scope: Scope, { startedMs }: JobSession): Trouble[] =>
  scope.store
    .list(troubles)
    .map(({ object }) => object)
    .filter(({ fromMs, untilMs }) => fromMs <= startedMs && startedMs < untilMs);

/** Whether there is something to restore from it: a run that failed for some keeps the others. */
export const hasRestorePoint = (scope: Scope, session: JobSession): boolean =>
  ["Success", "Warning"].includes(statusOf(scope, session));

/** When the run ended or will end; undefined while it runs. Milliseconds since 1970-01-01 UTC. */
function endMs(session: JobSession, nowMs: number): number | undefined {
  if (session.stoppedMs !== undefined) return session.stoppedMs;
  const end = session.startedMs + RUN_DURATION_MS;
  return end <= nowMs ? end : undefined;
}

/** All runs, oldest first. Those by schedule follow from the clock until their job changes, and are stored then. */
export function allSessions(scope: Scope): JobSession[] {
  const stored = scope.store.list(jobSessions).map(({ object }) => object);
  const scheduled = scope.store.list(jobs).flatMap(({ object }) => scheduledRuns(scope, object));
  return [...stored, ...scheduled].sort((one, other) => one.startedMs - other.startedMs);
}

/** Runs of one job or organization, oldest first. */
export const sessionsOf = (
  scope: Scope,
  by: "jobId" | "organizationId",
  id: string,
): JobSession[] => allSessions(scope).filter((session) => session[by] === id);

/** @throws ServiceFailure 404 */
export function requireSession(scope: Scope, id: string): JobSession {
  const session = allSessions(scope).find((one) => one.id === id);
  if (session === undefined) throw notFound("Job session", id);
  return session;
}

function scheduledRuns({ nowMs }: Scope, job: Job): JobSession[] {
  const runs: JobSession[] = [];
  if (!job.isEnabled) return runs;
  let at = nextRunMs(job.schedulePolicy, job.scheduledFromMs);
  while (at !== undefined && at <= nowMs) {
    runs.push({ ...runOf(job, at), id: guidFrom("job-session", job.id, at), full: false });
    at = nextRunMs(job.schedulePolicy, at);
  }
  return runs;
}

/** Stores what ran by schedule up to now, so that a job that is changed or removed keeps it. */
export function keepScheduledRuns(scope: Scope, job: Job): void {
  for (const run of scheduledRuns(scope, job)) scope.store.insert(jobSessions, run, scope.nowMs);
}

function runOf(job: Job, startedMs: number) {
  const { id, repositoryId, organizationId, backupType, selectedItems, excludedItems } = job;
  const taken = { backupType, selectedItems, excludedItems };
  return { jobId: id, repositoryId, organizationId, startedMs, taken };
}

/** End of the newest and of the oldest run that can be restored from. */
export function backupTimes(
  scope: Scope,
  runs: readonly JobSession[],
): { first: number; last: number } | undefined {
  const ends = runs
    .filter((run) => hasRestorePoint(scope, run))
    .map((run) => run.startedMs + RUN_DURATION_MS);
  return ends.length === 0 ? undefined : { first: Math.min(...ends), last: Math.max(...ends) };
}

export function startRun(scope: Scope, job: Job, options: { full: boolean }): JobSession {
  const session = { ...runOf(job, scope.nowMs), id: scope.newId(), full: options.full };
  return scope.store.insert(jobSessions, session, scope.nowMs);
}

export function stopRun(scope: Scope, session: JobSession): void {
  scope.store.replace(jobSessions, { ...session, stoppedMs: scope.nowMs });
}

export function toSessionAnswer(scope: Scope, session: JobSession): Record<string, unknown> {
  const { nowMs } = scope;
  const end = endMs(session, nowMs);
  const elapsedMs = (end ?? nowMs) - session.startedMs;
  return {
    id: session.id,
    jobId: session.jobId,
    repositoryId: session.repositoryId,
    mainSessionId: session.id,
    creationTime: toTimestamp(session.startedMs),
    endTime: end === undefined ? null : toTimestamp(end),
    retryCount: 0,
    jobWillBeRetried: false,
    progress: Math.min(100, Math.floor((elapsedMs / RUN_DURATION_MS) * 100)),
    jobType: "Backup",
    jobSessionConfigType: session.full ? "Full" : "Incremental",
    status: statusOf(scope, session),
    eTag: 1,
  };
}

/** The filter's words are not all those of the answer: `Succeeded` asks for `Success`. */
const STATUS_OF_FILTER: Readonly<Record<string, string>> = {
  Stopped: "Stopped",
  Running: "Running",
  Succeeded: "Success",
  Failed: "Failed",
  Warning: "Warning",
};

function filterOf(call: Call): (session: JobSession) => boolean {
  const status = call.query.get("status");
  const wanted = status === null ? undefined : STATUS_OF_FILTER[status];
  if (status !== null && wanted === undefined) throw invalid(`status: '${status}' is not known`);
  const jobId = call.query.get("jobId");
  const lower = momentOf(call, "endTimeLowerBound") ?? Number.NEGATIVE_INFINITY;
  const upper = momentOf(call, "endTimeUpperBound") ?? Number.POSITIVE_INFINITY;
  return (session) =>
    lower < (endMs(session, call.nowMs) ?? call.nowMs) &&
    (endMs(session, call.nowMs) ?? call.nowMs) < upper &&
    (jobId === null || session.jobId === jobId) &&
    (wanted === undefined || statusOf(call, session) === wanted);
}

/** Milliseconds since 1970-01-01 UTC; undefined where the query does not say it. @throws ServiceFailure 400 */
export function momentOf({ query }: Call, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw invalid(`${name}: '${text}' is not a date and time`);
  return moment;
}

export const sessionOperations: OperationTable = {
  "GET /v8/JobSessions": (call) => {
    const newestFirst = allSessions(call).reverse();
    return page(
      call,
      newestFirst.filter(filterOf(call)).map((session) => toSessionAnswer(call, session)),
    );
  },
  "GET /v8/JobSessions/{jobSessionsId}": (call) =>
    toSessionAnswer(call, requireSession(call, parameter(call, "jobSessionsId"))),
};
