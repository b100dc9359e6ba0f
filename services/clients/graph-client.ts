/** Microsoft Graph: calls travel in batches, reads and writes alike. */
import { Batcher, type BatchItem, type BatchWire, type Outcome } from "../transport/batch.ts";
import { makeCall, type Call } from "../transport/call.ts";
import type { Clock } from "../transport/clock.ts";
import { CollectionReader } from "../transport/collection-reader.ts";
import { GraphRequestError } from "../transport/errors.ts";
import { Gate } from "../transport/semaphore.ts";
import { KnownObjects } from "../transport/known-objects.ts";
import { relativeTo, withoutQueryValues } from "../transport/paths.ts";
import { graphClaims } from "../transport/quota-ledger.ts";
import { readODataPage, restClient, type RestRequest } from "../transport/rest.ts";
import { RelationCopy } from "../transport/relation-copy.ts";
import type { RelationMemory } from "../transport/relations.ts";
import type { Runner, Transport } from "../transport/call-runner.ts";
import type { Reply } from "../transport/call.ts";
import type { Authorization, Sender } from "../transport/request-sender.ts";
import { hintFor } from "../transport/service-errors.ts";
import type { Telemetry } from "../transport/telemetry.ts";
import type {
  Answer,
  Collection,
  GraphCall,
  GraphClient,
  ReadableOptions,
} from "../transport/types.ts";
import { waitUntil } from "../transport/wait.ts";
import { WrittenObjects } from "../transport/written-objects.ts";

const LARGEST_BATCH = 20;

type Version = "v1.0" | "beta";

export interface GraphClientOptions {
  baseUrl: string;
  sender: Sender;
  authorization: Authorization;
  runner: Runner;
  telemetry: Telemetry;
  clock: Clock;
  concurrentRequests: number;
  signal: AbortSignal;
  relations: RelationMemory | undefined;
}

export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { baseUrl, runner, clock } = options;
  const gate = new Gate(options.concurrentRequests);
  const written = new WrittenObjects();
  const known = new KnownObjects();
  const channels = { "v1.0": channel(options, "v1.0", gate), beta: channel(options, "beta", gate) };

  const prepare = (request: RestRequest): { call: Call; version: Version; batch: boolean } => {
    const { version: wanted, batch = true, find, ...rest } = request;
    const { version, path } = locate(baseUrl, request.path, wanted ?? "v1.0");
    const claims = graphClaims(request.method, path);
    known.calling(path);
    if (request.method !== "GET") written.sending(path);
    const claim = known.creating();
    const looking = find === undefined ? {} : { find: () => find(claim) };
    const call = makeCall({ ...rest, ...looking, service: "graph", path, claims });
    return { call, version, batch };
  };

  const run = async (call: Call, transport: Transport): Promise<Answer<unknown>> => {
    const answer = await runner.run(call, transport);
    if (call.method !== "GET") written.answered(answer.body);
    if (call.method === "POST") known.answered(answer.body);
    return answer;
  };

  const perform = (request: RestRequest): Promise<Answer<unknown>> => {
    const { call, version, batch } = prepare(request);
    const { batcher, sendAlone } = channels[version];
    return run(call, async (attempt, signal) => {
      const item = { call, attempt, signal };
      if (!batch) return gate.run(() => sendAlone(item));
      const [outcome] = await batcher.send([item]);
      return replyOf(outcome);
    });
  };

  const rest = restClient({ service: "graph", perform, readPage: readODataPage });
  const readsAll = options.relations !== undefined;
  const reader = new CollectionReader(rest, { written, clock, readsAll });
  const relations =
    options.relations &&
    new RelationCopy(
      {
        get: async <T>(path: string, how: { version: Version; batch: false }) =>
          (await perform({ method: "GET", path, ...how })).body as T,
        pathOf: (link) => locate(baseUrl, link, "v1.0").path,
      },
      { memory: options.relations, clock },
    );
  return {
    ...rest,
    tryGetOneOf: (collection, id, { isFresh = false } = {}) =>
      reader.tryGet(collection, id, { isFresh }),
    allOf: <T>(collection: Collection) => reader.all<T>(collection),
    tryRelated: async (id, relation) => await relations?.find(id, relation),
    distrustRelations: () => relations?.distrust() ?? false,
    send: <T>(call: GraphCall<T>) => perform(call) as Promise<Answer<T>>,
    sequence: async (calls) => {
      const steps = calls.map((call) => prepare(call));
      const answers: Answer<unknown>[] = [];
      const first = steps[0];
      if (!first) return answers;
      if (steps.some(({ version }) => version !== first.version)) {
        throw new TypeError("The calls of a sequence must be of one version of Graph.");
      }
      const chain = new Chain(
        channels[first.version].batcher,
        steps.map((step) => step.call),
      );
      for (const [index, { call }] of steps.entries()) {
        answers.push(await run(call, (attempt, signal) => chain.send(index, { attempt, signal })));
      }
      return answers;
    },
    waitUntilReadable: <T>(path: string, readable: ReadableOptions<T> = {}) => {
      const { until = () => true, consecutive = 1, intervalMs = 1000, ...call } = readable;
      let inARow = 0;
      const probe = async () => {
        const found = await rest.tryGet<T>(path, call);
        inARow = found !== undefined && until(found) ? inARow + 1 : 0;
        return inARow >= consecutive ? found : undefined;
      };
      const what = `${withoutQueryValues(path)} to be readable`;
      const wait = { what, intervalMs, clock, signal: readable.signal ?? options.signal };
      const { deadlineMs } = readable;
      return waitUntil<T>(probe, deadlineMs === undefined ? wait : { ...wait, deadlineMs });
    },
  };
}

/** Takes a path, or an absolute URL of this Graph, apart. */
function locate(
  baseUrl: string,
  pathOrUrl: string,
  version: Version,
): { version: Version; path: string } {
  for (const one of ["v1.0", "beta"] as const) {
    const path = relativeTo(`${baseUrl}/${one}`, pathOrUrl);
    if (path !== undefined) return { path, version: path === pathOrUrl ? version : one };
  }
  throw new GraphRequestError({
    code: "unexpected-answer",
    message: "A link points outside Graph; the token is not sent there.",
    hint: hintFor("unexpected-answer", "graph"),
    service: "graph",
    method: "GET",
    path: withoutQueryValues(pathOrUrl),
  });
}

interface Channel {
  batcher: Batcher;
  sendAlone: (item: BatchItem) => Promise<Reply>;
}

function channel(options: GraphClientOptions, version: Version, gate: Gate): Channel {
  const { baseUrl, sender, authorization, telemetry, clock } = options;
  const root = `${baseUrl}/${version}`;
  const sendAlone = ({ call, attempt, signal }: BatchItem) => {
    signal.throwIfAborted();
    const { service, method, operation, headers, body } = call;
    const out = { service, method, operation, headers, body, attempt, url: root + call.path };
    return sender.send(method === "GET" ? { ...out, signal } : out, authorization);
  };
  const wire: BatchWire = {
    sendAlone,
    sendBatch: (requests, { id, signal }) =>
      sender.send(
        {
          ...(signal && { signal }),
          service: "graph",
          method: "POST",
          operation: "/$batch",
          url: `${root}/$batch`,
          headers: {},
          body: { requests },
          attempt: 1,
          batchId: id,
          reads: requests.every(({ method }) => method === "GET"),
        },
        authorization,
      ),
    innerUrl: (call) => call.path,
    onInner: ({ call, attempt }, reply, batch) => {
      const durationMs = clock.now() - batch.startedAtMs;
      telemetry.inner(call, { attempt, reply, batch: { ...batch, durationMs, baseUrl } });
    },
  };
  return { sendAlone, batcher: new Batcher(wire, { clock, gate, maxItems: LARGEST_BATCH }) };
}

function replyOf(outcome: Outcome | undefined): Reply {
  if (outcome && "reply" in outcome) return outcome.reply;
  throw outcome?.failure as Error;
}

/**
 * Calls that are done in order. What travels with a call is remembered for its own turn: an answer
 * that came along is taken instead of sending again.
 */
class Chain {
  readonly #batcher: Batcher;
  readonly #calls: Call[];
  readonly #early = new Map<number, Outcome>();

  constructor(batcher: Batcher, calls: Call[]) {
    this.#batcher = batcher;
    this.#calls = calls;
  }

  async send(index: number, how: Omit<BatchItem, "call">): Promise<Reply> {
    const early = this.#early.get(index);
    if (early) {
      this.#early.delete(index);
      return replyOf(early);
    }
    // What may have happened already is not sent along: its own turn decides about it.
    const known = Math.min(...this.#early.keys(), index + LARGEST_BATCH);
    const together = this.#calls.slice(index, known);
    const outcomes = await this.#batcher.send(together.map((call) => ({ call, ...how })));
    outcomes.forEach((outcome, offset) => {
      const notDone = "reply" in outcome && outcome.reply.status === 424;
      if (offset > 0 && !notDone) this.#early.set(index + offset, outcome);
    });
    return replyOf(outcomes[0]);
  }
}
