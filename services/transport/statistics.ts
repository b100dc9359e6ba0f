import type { ServiceName } from "./types.ts";

/** What one operation (method and path template) cost so far. Times in milliseconds. */
export interface OperationStatistics {
  service: ServiceName;
  /** Such as `GET /users/{id}`. */
  operation: string;
  /** Calls that reached an end, good or bad. */
  calls: number;
  failures: number;
  /** Attempts after the first. */
  retries: number;
  /** Answers with status 429, and 503 from services that throttle with it. */
  throttled: number;
  /** HTTP requests on the wire; calls that travelled in a batch count under `POST /$batch`. */
  httpRequests: number;
  totalMs: number;
  longestMs: number;
  bytesSent: number;
  bytesReceived: number;
}
