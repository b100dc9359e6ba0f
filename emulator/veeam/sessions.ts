/** Runs of backup jobs. A run's progress follows from the clock, so nothing has to be scheduled. */
import { toTimestamp } from "../core/clock.ts";
import type { Call, Scope } from "../core/workload.ts";
import { invalid } from "./errors.ts";
import { jobSessions, type Job, type JobSession } from "./model.ts";
import { parameter, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";
import { requireObject } from "./storage.ts";

/** How long an emulated run takes; real ones take minutes to hours. */
export const RUN_DURATION_MS = 60_000;

export type SessionStatus = "Running" | "Success" | "Stopped";

export function statusOf(session: JobSession, nowMs: number): SessionStatus {
  if (session.stoppedMs !== undefined) return "Stopped";
  return nowMs < session.startedMs + RUN_DURATION_MS ? "Running" : "Success";
}

/** When the run ended or will end; undefined while it runs. Milliseconds since 1970-01-01 UTC. */
function endMs(session: JobSession, nowMs: number): number | undefined {
  if (session.stoppedMs !== undefined) return session.stoppedMs;
  const end = session.startedMs + RUN_DURATION_MS;
  return end <= nowMs ? end : undefined;
}

/** Runs of one job or organization, oldest first. */
export function sessionsOf(scope: Scope, by: "jobId" | "organizationId", id: string): JobSession[] {
  return scope.store.find(jobSessions, by, id).map(({ object }) => object);
}

/** End of the newest and of the oldest successful run. */
export function backupTimes(
  scope: Scope,
  runs: readonly JobSession[],
): { first: number; last: number } | undefined {
  const ends = runs
    .filter((run) => statusOf(run, scope.nowMs) === "Success")
    .map((run) => run.startedMs + RUN_DURATION_MS);
  return ends.length === 0 ? undefined : { first: Math.min(...ends), last: Math.max(...ends) };
}

export function startRun(scope: Scope, job: Job, options: { full: boolean }): JobSession {
  const session: JobSession = {
    id: scope.newId(),
    jobId: job.id,
    repositoryId: job.repositoryId,
    organizationId: job.organizationId,
    full: options.full,
    startedMs: scope.nowMs,
  };
  return scope.store.insert(jobSessions, session, scope.nowMs);
}

export function stopRun(scope: Scope, session: JobSession): void {
  scope.store.replace(jobSessions, { ...session, stoppedMs: scope.nowMs });
}

export function toSessionAnswer(session: JobSession, nowMs: number): Record<string, unknown> {
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
    status: statusOf(session, nowMs),
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
  return (session) =>
    (jobId === null || session.jobId === jobId) &&
    (wanted === undefined || statusOf(session, call.nowMs) === wanted);
}

export const sessionOperations: OperationTable = {
  "GET /v8/JobSessions": (call) => {
    const newestFirst = call.store
      .list(jobSessions)
      .map(({ object }) => object)
      .reverse();
    return page(
      call,
      newestFirst.filter(filterOf(call)).map((session) => toSessionAnswer(session, call.nowMs)),
    );
  },
  "GET /v8/JobSessions/{jobSessionsId}": (call) => {
    const id = parameter(call, "jobSessionsId");
    return toSessionAnswer(
      requireObject(call, jobSessions, { kind: "Job session", id }),
      call.nowMs,
    );
  },
};
