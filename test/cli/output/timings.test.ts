import { describe, expect, it } from "vitest";
import { timingsOf, timingsTable } from "../../../cli/output/timings.ts";
import type { RequestEvent } from "../../../services/index.ts";

const event = (properties: Partial<RequestEvent>): RequestEvent => ({
  service: "graph",
  method: "GET",
  operation: "/users/{id}",
  origin: "https://localhost",
  startedAtMs: 0,
  durationMs: 10,
  attempt: 1,
  status: 200,
  outcome: "answered",
  isBatch: false,
  clientRequestId: "",
  bytesSent: 100,
  bytesReceived: 1000,
  ...properties,
});

const events = [
  event({}),
  event({ attempt: 2, status: 429, durationMs: 30 }),
  event({ attempt: 3, outcome: "lost", durationMs: 50 }),
  event({ method: "POST", operation: "/$batch", isBatch: true, batchId: "1", durationMs: 200 }),
  event({ method: "PATCH", batchId: "1", bytesSent: 0, bytesReceived: 0 }),
  event({ method: "PATCH", batchId: "1", bytesSent: 0, bytesReceived: 0 }),
  event({ service: "sharepoint", operation: "/_api/site", status: 503, durationMs: 1 }),
];

describe("timings", () => {
  it("add up attempts per operation, the busiest first", () => {
    expect(timingsOf(events).operations).toMatchObject([
      { operation: "POST /$batch", requests: 1, totalMs: 200 },
      {
        operation: "GET /users/{id}",
        ...{ requests: 3, retries: 2, throttled: 1, unanswered: 1, totalMs: 90, longestMs: 50 },
      },
      { operation: "PATCH /users/{id}", requests: 2 },
      { service: "sharepoint", operation: "GET /_api/site", throttled: 1 },
    ]);
  });

  it("count a batch and what is in it once each: on the wire, and as requests", () => {
    expect(timingsOf(events)).toMatchObject({
      ...{ requests: 6, httpRequests: 5, bytesSent: 500, bytesReceived: 5000 },
    });
  });

  it("are shown in columns, with a last line about the whole", () => {
    expect(timingsTable(timingsOf(events.slice(0, 2)))).toEqual([
      "operation              requests  retries  throttled  unanswered  average ms  longest ms",
      "graph GET /users/{id}         2        1          1           0          20          30",
      "2 requests, 2 over the wire; 200 bytes sent, 2000 received.",
    ]);
  });
});
