/** Decides which request meets which fault; the same requests meet the same faults whatever their interleaving. */
import { createHash } from "node:crypto";
import { RETRY_AFTER_FORMS, type Behaviour, type RetryAfterForm } from "./behaviour.ts";
import { fraction } from "./random.ts";
import type { RawRequest } from "./workload.ts";

export interface Faults {
  /** How a 429 without used-up quota says when to come back; undefined = no such answer. */
  throttled: { form: RetryAfterForm; seconds: number } | undefined;
  /** Status of a transient error, undefined for none. */
  serverError: number | undefined;
  concurrency: boolean;
  dropped: boolean;
  lostAnswer: boolean;
  slow: boolean;
  replica: number;
  /** Differs for every request and is the same in a repeated run. */
  requestKey: string;
}

const MAX_RETRY_AFTER_SECONDS = 10;

export class FaultPlan {
  readonly #seed: number;
  readonly #behaviour: Behaviour;
  readonly #occurrences = new Map<string, number>();

  constructor(seed: number, behaviour: Behaviour) {
    this.#seed = seed;
    this.#behaviour = behaviour;
  }

  next(request: RawRequest): Faults {
    const body = createHash("sha256").update(repeatable(request)).digest("base64");
    const key = `${request.method} ${request.path}?${request.query.toString()} ${body}`;
    const occurrence = (this.#occurrences.get(key) ?? 0) + 1;
    this.#occurrences.set(key, occurrence);
    const requestKey = `${key} ${occurrence}`;
    const hits = (name: string, share: number): boolean =>
      fraction(this.#seed, name, requestKey) < share;
    const behaviour = this.#behaviour;
    const pick = <T>(items: readonly T[], name: string): T | undefined =>
      items[Math.floor(fraction(this.#seed, name, requestKey) * items.length)];
    const { retryAfterForm } = behaviour;
    const form = retryAfterForm === "mixed" ? pick(RETRY_AFTER_FORMS, "form") : retryAfterForm;
    const seconds = 1 + fraction(this.#seed, "retry-after", requestKey) * MAX_RETRY_AFTER_SECONDS;
    return {
      throttled:
        form !== undefined && hits("throttled", behaviour.throttledShare)
          ? { form, seconds }
          : undefined,
      serverError: hits("server-error", behaviour.serverErrorShare)
        ? pick(behaviour.serverErrorStatuses, "status")
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

/** What of a body is the same in a repeated run: sign-in libraries put ids, proofs and their machine into theirs. */
function repeatable({ path, body }: RawRequest): Uint8Array | string {
  if (!path.endsWith("/oauth2/v2.0/token")) return body;
  const form = new URLSearchParams(new TextDecoder().decode(body));
  return `${form.get("client_id") ?? ""} ${form.get("scope") ?? ""}`;
}
