/** Requests added up per operation, and as a table for people. */
import type { RequestEvent } from "../../services/index.ts";

interface OperationTimings {
  readonly service: string;
  /** Method and path with `{id}` for keys, such as `PATCH /users/{id}`. */
  readonly operation: string;
  /** Attempts, those inside a batch too. */
  readonly requests: number;
  readonly retries: number;
  /** Answered 429, or 503 by SharePoint. */
  readonly throttled: number;
  /** Not sent, or the answer was lost. */
  readonly unanswered: number;
  readonly totalMs: number;
  readonly longestMs: number;
}

export interface Timings {
  /** Requests without the batches around them. */
  readonly requests: number;
  /** What went over the wire: single requests and batches. */
  readonly httpRequests: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Busiest first. A request in a batch counts the time of its batch. */
  readonly operations: readonly OperationTimings[];
}

export function timingsOf(events: readonly RequestEvent[]): Timings {
  const onTheWire = events.filter(({ isBatch, batchId }) => isBatch || batchId === undefined);
  const rows = Map.groupBy(
    events,
    ({ service, method, operation }) => `${service} ${method} ${operation}`,
  );
  return {
    requests: events.filter(({ isBatch }) => !isBatch).length,
    httpRequests: onTheWire.length,
    bytesSent: sum(onTheWire.map(({ bytesSent }) => bytesSent)),
    bytesReceived: sum(onTheWire.map(({ bytesReceived }) => bytesReceived)),
    operations: [...rows.values()].map(rowOf).sort((one, other) => other.totalMs - one.totalMs),
  };
}

function rowOf(events: readonly RequestEvent[]): OperationTimings {
  const [first] = events;
  if (first === undefined) throw new Error("A row without requests");
  const count = (isCounted: (event: RequestEvent) => boolean): number =>
    events.filter(isCounted).length;
  const durations = events.map(({ durationMs }) => durationMs);
  return {
    service: first.service,
    operation: `${first.method} ${first.operation}`,
    requests: events.length,
    retries: count(({ attempt }) => attempt > 1),
    throttled: count(isThrottled),
    unanswered: count(({ outcome }) => outcome !== "answered"),
    totalMs: Math.round(sum(durations)),
    longestMs: Math.round(durations.reduce((one, other) => Math.max(one, other), 0)),
  };
}

const isThrottled = ({ status, service }: RequestEvent): boolean =>
  status === 429 || (status === 503 && service === "sharepoint");

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

const COLUMNS = ["requests", "retries", "throttled", "unanswered", "average ms", "longest ms"];

/** Lines of a table, the operations as wide as the widest. */
export function timingsTable(timings: Timings): string[] {
  const rows = timings.operations.map((row) => ({
    name: `${row.service} ${row.operation}`,
    cells: [
      row.requests,
      row.retries,
      row.throttled,
      row.unanswered,
      Math.round(row.totalMs / row.requests),
      row.longestMs,
    ],
  }));
  const width = Math.max("operation".length, ...rows.map(({ name }) => name.length));
  const line = (name: string, cells: readonly (string | number)[]): string =>
    [
      name.padEnd(width),
      ...cells.map((cell, at) => String(cell).padStart(COLUMNS[at]?.length ?? 0)),
    ].join("  ");
  return [
    line("operation", COLUMNS),
    ...rows.map(({ name, cells }) => line(name, cells)),
    `${timings.requests} requests, ${timings.httpRequests} over the wire; ${timings.bytesSent} bytes sent, ${timings.bytesReceived} received.`,
  ];
}
