/** Up to ten commands in one request, each in a transaction of its own. */
import type { Answer, BatchRoute, RawRequest } from "../core/workload.ts";
import { invalidOperation } from "./errors.ts";

/** The limit that public clients keep; what the service itself allows is not documented. */
const MAX_REQUESTS = 10;

interface InnerRequest {
  id: string;
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
}

function isInner(value: unknown): value is InnerRequest {
  return (
    typeof value === "object" &&
    value !== null &&
    ["id", "method", "url"].every((name) => typeof Reflect.get(value, name) === "string")
  );
}

function malformed(message: string): Error {
  return invalidOperation("Microsoft.OData.ODataException", message);
}

function readBatch(request: RawRequest): InnerRequest[] {
  let body: { requests?: unknown } | null;
  try {
    body = JSON.parse(Buffer.from(request.body).toString("utf8")) as { requests?: unknown } | null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed("The batch is not JSON.");
  }
  const requests = body?.requests;
  if (!Array.isArray(requests) || !requests.every(isInner)) {
    throw malformed("Each request of a batch needs id, method and url.");
  }
  if (requests.length > MAX_REQUESTS) {
    throw malformed(`A batch holds at most ${MAX_REQUESTS} requests; got ${requests.length}.`);
  }
  return requests;
}

/** Inner addresses are absolute, or relative to the batch's own. */
function toRaw(inner: InnerRequest, outer: RawRequest): RawRequest {
  const base = `https://localhost${outer.path.replace(/\$batch$/, "")}`;
  const url = new URL(inner.url.replace(/^\//, ""), base);
  const headers = new Headers({ "content-type": "application/json", ...inner.headers });
  headers.set("authorization", outer.headers.get("authorization") ?? "");
  return {
    method: inner.method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: new TextEncoder().encode(JSON.stringify(inner.body ?? {})),
  };
}

export const batchRoute: BatchRoute = {
  method: "POST",
  path: "/adminapi/:version{beta|v1\\.0}/:tenant/$batch",
  handleBatch: async (request, run) => {
    const responses: (Pick<Answer, "status" | "headers" | "body"> & { id: string })[] = [];
    for (const inner of readBatch(request)) {
      const { status, headers = {}, body, text } = await run(toRaw(inner, request));
      responses.push({ id: inner.id, status, headers, body: body ?? text });
    }
    return { status: 200, body: { responses } };
  },
};
