/** What was asked and answered, without names, addresses, bodies or tokens. */
export interface RequestLogEntry {
  /** Milliseconds since 1970-01-01 UTC. */
  atMs: number;
  workload: string;
  method: string;
  /** The route's pattern, so that no user principal name of a URL is kept. */
  route: string;
  status: number;
  durationMs: number;
  /** True for a request inside a batch. */
  inBatch: boolean;
  requestId: string;
}

const KEPT_ENTRIES = 10_000;

export type RequestListener = (entry: RequestLogEntry) => void;

export class RequestLog {
  readonly #entries: RequestLogEntry[] = [];
  readonly #listener: RequestListener | undefined;
  #total = 0;

  /** @param listener told of each request when it has been answered */
  constructor(listener?: RequestListener) {
    this.#listener = listener;
  }

  add(entry: RequestLogEntry): void {
    this.#total += 1;
    this.#entries.push(entry);
    if (this.#entries.length > KEPT_ENTRIES) this.#entries.shift();
    this.#listener?.(entry);
  }

  /** The newest entries, oldest first. */
  entries(): readonly RequestLogEntry[] {
    return this.#entries;
  }

  /** Requests since the start, also those no longer kept. */
  get total(): number {
    return this.#total;
  }

  clear(): void {
    this.#entries.length = 0;
    this.#total = 0;
  }
}
