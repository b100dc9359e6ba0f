/**
 * `POST /$batch`: up to 20 requests in one.
 * @see https://learn.microsoft.com/graph/json-batching (checked 2026-11)
 */
import { z } from "zod";
import { ServiceFailure } from "../core/failure.ts";
import { headerRecord } from "../core/header-record.ts";
import { fraction } from "../core/random.ts";
import type { Answer, BatchRoute, RawRequest } from "../core/workload.ts";

const MAX_REQUESTS = 20;

/** Ids are text; numbers are taken as such. */
const requestId = z.union([z.string().min(1), z.number().transform(String)]);

const innerRequest = z.object({
  id: requestId,
  method: z.string(),
  url: z.string(),
  headers: headerRecord.nullish().transform((given) => given ?? {}),
  body: z.unknown().optional(),
  dependsOn: z
    .array(requestId)
    .nullish()
    .transform((ids) => ids ?? []),
});

type InnerRequest = z.output<typeof innerRequest>;

interface InnerResponse {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

export const batchRoute: BatchRoute = {
  method: "POST",
  path: "/$batch",
  handleBatch: async (request, run) => {
    const answered = new Map<string, InnerResponse>();
    for (const ready of inRounds(readBatch(request))) {
      const responses = await Promise.all(
        ready.map(
          async (one) => [one.id, await runInner(one, { request, run, answered })] as const,
        ),
      );
      for (const [id, response] of responses) answered.set(keyOf(id), response);
    }
    // The service promises no order; a fixed shuffle keeps clients from relying on one.
    const responses = [...answered.values()].toSorted(
      (one, other) => fraction("batch", one.id) - fraction("batch", other.id),
    );
    return { status: 200, body: { responses } };
  },
};

/** Requests that can run at once, round after round; nothing has run when the batch is refused. */
function inRounds(requests: readonly InnerRequest[]): InnerRequest[][] {
  const rounds: InnerRequest[][] = [];
  const placed = new Set<string>();
  let open = requests;
  while (open.length > 0) {
    const ready = open.filter(({ dependsOn }) => dependsOn.every((id) => placed.has(keyOf(id))));
    if (ready.length === 0) throw malformed("The dependencies of the requests form a circle.");
    for (const { id } of ready) placed.add(keyOf(id));
    open = open.filter((candidate) => !ready.includes(candidate));
    rounds.push(ready);
  }
  return rounds;
}

/** Ids are not case-sensitive. */
function keyOf(id: string): string {
  return id.toLowerCase();
}

async function runInner(
  inner: InnerRequest,
  context: {
    request: RawRequest;
    run: (request: RawRequest) => Promise<Answer>;
    answered: Map<string, InnerResponse>;
  },
): Promise<InnerResponse> {
  const { request, run, answered } = context;
  const hasFailed = (id: string): boolean => (answered.get(keyOf(id))?.status ?? 500) >= 400;
  if (inner.dependsOn.some(hasFailed)) {
    const message = "The request failed because a request it depends on failed.";
    return refusal(inner, 424, { code: "FailedDependency", message });
  }
  const [version = ""] = /^\/[^/]+/.exec(request.path) ?? [];
  const url = new URL(`${version}/${inner.url.replace(/^\/+/, "")}`, "https://localhost");
  if (
    !url.pathname.startsWith(`${version}/`) ||
    /^\/[^/]+\/(?:\$|%24)batch\/?$/i.test(url.pathname)
  ) {
    const message = `The URL '${inner.url}' is not one that a batch can hold.`;
    return refusal(inner, 400, { code: "BadRequest", message });
  }
  const headers = new Headers(inner.headers);
  headers.set("authorization", request.headers.get("authorization") ?? "");
  const answer = await run({
    method: inner.method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body:
      inner.body === undefined
        ? new Uint8Array()
        : new TextEncoder().encode(JSON.stringify(inner.body)),
  });
  return {
    id: inner.id,
    status: answer.status,
    headers: {
      ...(answer.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...answer.headers,
    },
    ...(answer.body === undefined && answer.text === undefined
      ? {}
      : { body: answer.body ?? answer.text }),
  };
}

function refusal(
  { id }: InnerRequest,
  status: number,
  error: { code: string; message: string },
): InnerResponse {
  return { id, status, headers: { "Content-Type": "application/json" }, body: { error } };
}

function readBatch(request: RawRequest): InnerRequest[] {
  const requests = parse(request)?.requests;
  if (!Array.isArray(requests) || requests.length === 0)
    throw malformed("Invalid batch payload format.");
  if (requests.length > MAX_REQUESTS) {
    throw malformed(`Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`);
  }
  const inner = requests.map(readInner);
  const ids = new Set(inner.map(({ id }) => keyOf(id)));
  const repeated = inner.find(({ id }, index) =>
    inner.slice(0, index).some((other) => keyOf(other.id) === keyOf(id)),
  );
  if (repeated !== undefined)
    throw malformed(`Request Id ${repeated.id} has to be unique in a batch.`);
  const unknown = inner.flatMap(({ dependsOn }) => dependsOn).find((id) => !ids.has(keyOf(id)));
  if (unknown !== undefined)
    throw malformed(`A request depends on '${unknown}', which is not part of the batch.`);
  return inner;
}

function parse(request: RawRequest): { requests?: unknown } | null {
  try {
    return JSON.parse(Buffer.from(request.body).toString("utf8")) as { requests?: unknown } | null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed("Invalid batch payload format.");
  }
}

function readInner(value: unknown): InnerRequest {
  const read = innerRequest.safeParse(value);
  if (!read.success) throw malformed("Invalid batch payload format.");
  const { id, method, headers, body } = read.data;
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  if (body !== undefined && !hasType) {
    throw malformed(`Request '${id}' has a body and no Content-Type header.`);
  }
  return { ...read.data, method: method.toUpperCase() };
}

function malformed(message: string): ServiceFailure {
  return new ServiceFailure(400, "BadRequest", { message });
}
