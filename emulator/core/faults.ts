/** Decides which request meets which fault; the same requests meet the same faults whatever their interleaving. */
import { createHash } from "node:crypto";
import type { Behaviour } from "./behaviour.ts";
import { fraction } from "./random.ts";
import type { RawRequest } from "./workload.ts";

export interface Faults {
  throttled: boolean;
  /** Status of a transient error, undefined for none. */
  serverError: 500 | 502 | 503 | 504 | undefined;
  concurrency: boolean;
  dropped: boolean;
  lostAnswer: boolean;
  slow: boolean;
  replica: number;
  /** Differs for every request and is the same in a repeated run. */
  requestKey: string;
}

const SERVER_ERRORS = [500, 502, 503, 504] as const;

export class FaultPlan {
  readonly #seed: number;
  readonly #behaviour: Behaviour;
  readonly #occurrences = new Map<string, number>();

  constructor(seed: number, behaviour: Behaviour) {
    this.#seed = seed;
    this.#behaviour = behaviour;
  }

  next(request: RawRequest): Faults {
    const body = createHash("sha256").update(request.body).digest("base64");
    const key = `${request.method} ${request.path}?${request.query.toString()} ${body}`;
    const occurrence = (this.#occurrences.get(key) ?? 0) + 1;
    this.#occurrences.set(key, occurrence);
    const requestKey = `${key} ${occurrence}`;
    const hits = (name: string, share: number): boolean =>
      fraction(this.#seed, name, requestKey) < share;
    const behaviour = this.#behaviour;
    const errorIndex = Math.floor(
      fraction(this.#seed, "status", requestKey) * SERVER_ERRORS.length,
    );
    return {
      throttled: hits("throttled", behaviour.throttledShare),
      serverError: hits("server-error", behaviour.serverErrorShare)
        ? SERVER_ERRORS[errorIndex]
        : undefined,
      concurrency: hits("concurrency", behaviour.concurrencyShare),
      dropped: hits("dropped", behaviour.droppedShare),
      lostAnswer: hits("lost", behaviour.lostAnswerShare),
      slow: hits("slow", behaviour.slowShare),
      replica: Math.floor(fraction(this.#seed, "replica", requestKey) * behaviour.replicas),
      requestKey,
    };
  }
}
