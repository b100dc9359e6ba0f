/** Puts calls that are made at the same time into one request. */
import { randomUUID } from "node:crypto";
import type { Call } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { Gate } from "./semaphore.ts";
import type { Reply } from "./call.ts";
import { connectionFailure, WireFailure } from "./http.ts";

/** How long the first call waits for company. */
const WINDOW_MS = 5;
/** A bigger body travels alone: a batch is at most 4 MB. */
const LARGEST_BODY_BYTES = 100_000;
/** 404 is about the address of batches: it is not about the requested objects. */
const NO_BATCH = new Set([400, 404, 413]);

export interface BatchItem {
  call: Call;
  attempt: number;
  /** Fires when nothing new may be sent. */
  signal: AbortSignal;
}

/** What became of one item. */
export type Outcome = { reply: Reply } | { failure: unknown };

export interface BatchWire {
  sendAlone(item: BatchItem): Promise<Reply>;
  /** Sends the outer request; its body is `{ requests }`. `signal` may end it while it is under way. */
  sendBatch(
    requests: InnerRequest[],
    batch: { id: string; signal: AbortSignal | undefined },
  ): Promise<Reply>;
  /** How an inner request names its target. */
  innerUrl(call: Call): string;
  /** Called for every inner answer, for the trace. */
  onInner(item: BatchItem, reply: Reply, batch: { id: string; startedAtMs: number }): void;
}

export interface InnerRequest {
  id: string;
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
  dependsOn?: string[];
}

interface Waiting {
  /** Calls that follow each other: each is done only after the success of the one before it. */
  items: BatchItem[];
  settle: (outcomes: Outcome[]) => void;
}

export class Batcher {
  readonly #clock: Clock;
  readonly #gate: Gate;
  readonly #wire: BatchWire;
  readonly #maxItems: number;
  #waiting: Waiting[] = [];
  #pumping = false;

  constructor(wire: BatchWire, options: { clock: Clock; gate: Gate; maxItems: number }) {
    this.#wire = wire;
    this.#clock = options.clock;
    this.#gate = options.gate;
    this.#maxItems = options.maxItems;
  }

  /** Items of one call of `send` keep their order. Never rejects: each item has its own outcome. */
  send(items: BatchItem[]): Promise<Outcome[]> {
    if (items.some(({ call }) => isLarge(call))) {
      return this.#gate.run(() => this.#oneByOne(items));
    }
    return new Promise((settle) => {
      this.#waiting.push({ items, settle });
      if (!this.#pumping) void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.#waiting.length > 0) {
      if (this.#count() < this.#maxItems) await this.#clock.sleep(WINDOW_MS);
      await this.#gate.enter();
      const units = this.#takeUnits().filter(({ items, settle }) => {
        const stopped = items.find(({ signal }) => signal.aborted)?.signal;
        if (stopped) settle(items.map(() => ({ failure: stopped.reason as unknown })));
        return !stopped;
      });
      void this.#sendUnits(units).finally(() => {
        this.#gate.leave();
      });
    }
    this.#pumping = false;
  }

  #count(): number {
    return this.#waiting.reduce((sum, { items }) => sum + items.length, 0);
  }

  #takeUnits(): Waiting[] {
    const units: Waiting[] = [];
    let free = this.#maxItems;
    for (const unit of this.#waiting) {
      if (unit.items.length > free && units.length > 0) break;
      units.push(unit);
      free -= unit.items.length;
    }
    this.#waiting = this.#waiting.slice(units.length);
    return units;
  }

  async #sendUnits(units: Waiting[]): Promise<void> {
    const items = units.flatMap((unit) => unit.items);
    if (items.length === 0) return;
    if (items.length === 1 || items.length > this.#maxItems) return this.#settleAlone(units);
    const batchId = randomUUID();
    const startedAtMs = this.#clock.now();
    let outer: Reply;
    try {
      outer = await this.#wire.sendBatch(this.#requestsOf(units), {
        id: batchId,
        signal: endingSignal(items),
      });
    } catch (failure) {
      settleAll(units, () => ({ failure }));
      return;
    }
    // The batch itself was not understood: alone, each request gets an answer of its own.
    if (NO_BATCH.has(outer.status)) return this.#settleAlone(units);
    if (outer.status >= 300) {
      settleAll(units, () => ({ reply: outer }));
      return;
    }
    const replies = innerReplies(outer);
    let index = 0;
    settleAll(units, (item) => {
      const reply = replies.get(String(++index));
      if (!reply) return { failure: new WireFailure("lost", new Error("missing in the batch")) };
      this.#wire.onInner(item, reply, { id: batchId, startedAtMs });
      return { reply };
    });
  }

  #requestsOf(units: Waiting[]): InnerRequest[] {
    let id = 0;
    return units.flatMap(({ items }) =>
      items.map(({ call }, position) => {
        id += 1;
        const hasBody = call.body !== undefined;
        const headers = { ...call.headers };
        if (hasBody) headers["content-type"] ??= "application/json";
        return {
          id: String(id),
          method: call.method,
          url: this.#wire.innerUrl(call),
          ...(Object.keys(headers).length > 0 ? { headers } : {}),
          ...(hasBody ? { body: call.body } : {}),
          ...(position > 0 ? { dependsOn: [String(id - 1)] } : {}),
        };
      }),
    );
  }

  async #settleAlone(units: Waiting[]): Promise<void> {
    await Promise.all(
      units.map(async ({ items, settle }) => {
        settle(await this.#oneByOne(items));
      }),
    );
  }

  /** Like a batch with `dependsOn`: after a failure the rest is answered 424. */
  async #oneByOne(items: BatchItem[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const item of items) {
      const outcome = await this.#alone(item);
      outcomes.push(outcome);
      if (!("reply" in outcome) || outcome.reply.status >= 300) break;
    }
    while (outcomes.length < items.length) outcomes.push({ reply: FAILED_DEPENDENCY });
    return outcomes;
  }

  async #alone(item: BatchItem): Promise<Outcome> {
    try {
      item.signal.throwIfAborted();
      return { reply: await this.#wire.sendAlone(item) };
    } catch (error) {
      return { failure: connectionFailure(error) ?? error };
    }
  }
}

const FAILED_DEPENDENCY: Reply = {
  status: 424,
  headers: {},
  body: { error: { code: "FailedDependency", message: "A request before this one failed." } },
};

/** What ends a batch that is under way: nothing where it writes, or where calls are cancelled one by one. */
function endingSignal(items: readonly BatchItem[]): AbortSignal | undefined {
  const signal = items[0]?.signal;
  return items.every((item) => item.call.reads && item.signal === signal) ? signal : undefined;
}

function isLarge(call: Call): boolean {
  if (call.body === undefined) return false;
  return Buffer.byteLength(JSON.stringify(call.body)) > LARGEST_BODY_BYTES;
}

function settleAll(units: Waiting[], outcomeOf: (item: BatchItem) => Outcome): void {
  for (const { items, settle } of units) settle(items.map(outcomeOf));
}

/** Answers by id. What is malformed is left out, and so counts as lost. */
function innerReplies(outer: Reply): Map<string, Reply> {
  const { responses } = (outer.body ?? {}) as { responses?: unknown };
  const replies = new Map<string, Reply>();
  for (const one of Array.isArray(responses) ? (responses as unknown[]) : []) {
    const { id, status, headers, body } = (one ?? {}) as Record<string, unknown>;
    if (!(typeof id === "string" || typeof id === "number") || !(Number(status) > 0)) continue;
    replies.set(String(id), {
      status: Number(status),
      headers: lowerCase(headers),
      body,
      ...(outer.clientRequestId === undefined ? {} : { clientRequestId: outer.clientRequestId }),
      ...(outer.renewToken === undefined ? {} : { renewToken: outer.renewToken }),
    });
  }
  return replies;
}

function lowerCase(headers: unknown): Record<string, string> {
  const pairs = typeof headers === "object" && headers !== null ? Object.entries(headers) : [];
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
