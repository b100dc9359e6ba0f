import type { Reply } from "./call.ts";
import type {
  Method,
  OperationStatistics,
  RequestEvent,
  RequestObserver,
  ServiceName,
} from "./types.ts";

export interface OperationKey {
  service: ServiceName;
  method: Method;
  operation: string;
}

export interface BatchTimes {
  id: string;
  baseUrl: string;
  startedAtMs: number;
  durationMs: number;
}

/** Adds up what calls and requests cost, and passes every request on to the observer. */
export class Telemetry {
  readonly #observer: RequestObserver | undefined;
  readonly #operations = new Map<string, OperationStatistics>();

  constructor(observer: RequestObserver | undefined) {
    this.#observer = observer;
  }

  /** One attempt ended. What travelled inside a batch is counted on the wire as part of that batch. */
  request(event: RequestEvent): void {
    const row = this.#row(event);
    if (event.status === 429 || (event.status === 503 && event.service === "sharepoint")) {
      row.throttled += 1;
    }
    if (event.batchId === undefined || event.isBatch) {
      row.httpRequests += 1;
      row.bytesSent += event.bytesSent;
      row.bytesReceived += event.bytesReceived;
    }
    this.#observer?.(event);
  }

  /** A request that travelled in a batch was answered. */
  inner(
    { service, method, operation }: OperationKey,
    { attempt, reply, batch }: { attempt: number; reply: Reply; batch: BatchTimes },
  ): void {
    const requestId = reply.headers["request-id"];
    this.request({
      service,
      method,
      operation,
      origin: new URL(batch.baseUrl).origin,
      startedAtMs: batch.startedAtMs,
      durationMs: batch.durationMs,
      attempt,
      status: reply.status,
      outcome: "answered",
      isBatch: false,
      batchId: batch.id,
      clientRequestId: reply.clientRequestId ?? "",
      bytesSent: 0,
      bytesReceived: 0,
      ...(requestId === undefined ? {} : { requestId }),
    });
  }

  /** One call came to its end. */
  call(key: OperationKey, outcome: { durationMs: number; tries: number; failed: boolean }): void {
    const row = this.#row(key);
    row.calls += 1;
    row.failures += outcome.failed ? 1 : 0;
    row.retries += Math.max(0, outcome.tries - 1);
    row.totalMs += outcome.durationMs;
    row.longestMs = Math.max(row.longestMs, outcome.durationMs);
  }

  statistics(): OperationStatistics[] {
    return [...this.#operations.values()]
      .map((row) => ({ ...row }))
      .sort(
        (one, other) => other.totalMs - one.totalMs || (one.operation < other.operation ? -1 : 1),
      );
  }

  #row({ service, method, operation }: OperationKey): OperationStatistics {
    const name = `${method} ${operation}`;
    const row = this.#operations.get(`${service} ${name}`) ?? {
      service,
      operation: name,
      calls: 0,
      failures: 0,
      retries: 0,
      throttled: 0,
      httpRequests: 0,
      totalMs: 0,
      longestMs: 0,
      bytesSent: 0,
      bytesReceived: 0,
    };
    this.#operations.set(`${service} ${name}`, row);
    return row;
  }
}
