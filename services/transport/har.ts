/**
 * A trace as an HTTP Archive, which browsers and proxies can show. Without bodies, header values, query
 * values and keys in paths: what is left says what was asked when, and how long it took.
 * @see http://www.softwareishard.com/blog/har-12-spec/ (checked 2026-11)
 */
import type { RequestEvent } from "./types.ts";

export interface Har {
  log: {
    version: "1.2";
    creator: { name: string; version: string };
    entries: HarEntry[];
  };
}

export interface HarEntry {
  /** ISO 8601, UTC. */
  startedDateTime: string;
  /** Milliseconds. */
  time: number;
  request: HarMessage & { method: string; url: string; queryString: [] };
  response: HarMessage & {
    status: number;
    statusText: string;
    content: { size: number; mimeType: string };
    redirectURL: string;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
  comment: string;
}

interface HarMessage {
  httpVersion: string;
  cookies: [];
  headers: { name: string; value: string }[];
  headersSize: -1;
  bodySize: number;
}

/** The archive of these requests, in the order in which they began. */
export function toHar(events: readonly RequestEvent[], creator = "Tenantry"): Har {
  const inOrder = [...events].sort((one, other) => one.startedAtMs - other.startedAtMs);
  return {
    log: {
      version: "1.2",
      creator: { name: creator, version: "1" },
      entries: inOrder.map(entryOf),
    },
  };
}

function entryOf(event: RequestEvent): HarEntry {
  const ids = [{ name: "client-request-id", value: event.clientRequestId }];
  return {
    startedDateTime: new Date(event.startedAtMs).toISOString(),
    time: event.durationMs,
    request: {
      method: event.method,
      url: event.origin + event.operation,
      queryString: [],
      ...message(ids, event.bytesSent),
    },
    response: {
      // 0 is what the format has for "no answer".
      status: event.status ?? 0,
      statusText: event.outcome,
      content: { size: event.bytesReceived, mimeType: "" },
      redirectURL: "",
      ...message(
        event.requestId === undefined ? [] : [{ name: "request-id", value: event.requestId }],
        event.bytesReceived,
      ),
    },
    cache: {},
    timings: { send: 0, wait: event.durationMs, receive: 0 },
    comment: commentOf(event),
  };
}

function message(headers: HarMessage["headers"], bodySize: number): HarMessage {
  return { httpVersion: "HTTP/1.1", cookies: [], headers, headersSize: -1, bodySize };
}

function commentOf({ service, attempt, batchId, isBatch }: RequestEvent): string {
  const batch = batchId === undefined ? "" : `, ${isBatch ? "" : "in "}batch ${batchId}`;
  return `${service}, attempt ${attempt}${batch}`;
}
