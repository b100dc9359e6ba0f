/** Up to ten commands in one request, each in a transaction of its own. */
import { z } from "zod";
import { headerRecord } from "../core/header-record.ts";
import type { Answer, BatchRoute, RawRequest } from "../core/workload.ts";
import { invalidOperation } from "./errors.ts";

/** The limit that public clients keep; what the service itself allows is not documented. */
const MAX_REQUESTS = 10;

const innerRequest = z.object({
  id: z.coerce.string(),
  method: z.string(),
  url: z.string(),
  headers: headerRecord.optional(),
  body: z.unknown().optional(),
});

type InnerRequest = z.output<typeof innerRequest>;

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
  const read = z.array(innerRequest).safeParse(body?.requests);
  if (!read.success) throw malformed("Each request of a batch needs id, method and url.");
  const requests = read.data;
  if (requests.length > MAX_REQUESTS) {
    throw malformed(`A batch holds at most ${MAX_REQUESTS} requests; got ${requests.length}.`);
  }
  return requests;
}

/** Inner addresses are absolute, or relative to the batch's own. */
function toRaw(inner: InnerRequest, outer: RawRequest): RawRequest {
  const base = `https://localhost${outer.path.replace(/\$batch$/, "")}`;
  const address = inner.url.replace(/^\//, "");
  if (!URL.canParse(address, base)) throw malformed(`'${inner.url}' is not a URL.`);
  const url = new URL(address, base);
  const headers = new Headers({ "content-type": "application/json", ...inner.headers });
  headers.set("authorization", outer.headers.get("authorization") ?? "");
  return {
    method: inner.method,
    path: /^\/exchange\//i.test(url.pathname) ? url.pathname : `/exchange${url.pathname}`,
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
    const inner = readBatch(request).map((one) => ({ id: one.id, raw: toRaw(one, request) }));
    for (const { id, raw } of inner) {
      const { status, headers = {}, body, text } = await run(raw);
      responses.push({ id, status, headers, body: body ?? text });
    }
    return { status: 200, body: { responses } };
  },
};
