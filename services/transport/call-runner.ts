/** The life of one call: quota, attempts, waiting, looking for what a lost write did, deadline, end. */
import { shownPath, type Call, type Reply } from "./call.ts";
import type { Clock } from "./clock.ts";
import { GraphRequestError, isRequestError, type FailureCode } from "./errors.ts";
import type { Quotas } from "./quota-ledger.ts";
import { backoffMs, judgeAnswer, mayHaveBeenDone, retryAfterMs } from "./retry.ts";
import { hintFor, meaningOf, readServiceError } from "./service-errors.ts";
import type { Silence } from "./silence.ts";
import type { Telemetry } from "./telemetry.ts";
import type { Answer, UnexpectedObserver } from "./types.ts";
import { unexpectedIn } from "./unexpected-answer.ts";
import { WireFailure } from "./http.ts";

/**
 * One attempt. Throws `WireFailure` when no answer came, `GraphRequestError` when sign-in fails.
 * `signal` may end reads that are under way; writes go on to their end.
 */
export type Transport = (attempt: number, signal: AbortSignal) => Promise<Reply>;

export interface RunnerOptions {
  clock: Clock;
  quotas: Quotas;
  telemetry: Telemetry;
  silence: Silence;
  onUnexpected?: UnexpectedObserver | undefined;
  random: () => number;
  deadlineMs: number;
  /** Fires when nothing new may be sent any more. */
  signal: AbortSignal;
}

const SETTLE_MS = 60_000;
const LOOK_AGAIN_MS = 3000;

export class Runner {
  readonly #options: RunnerOptions;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Rejects with `GraphRequestError`. */
  async run(call: Call, transport: Transport): Promise<Answer<unknown>> {
    const { clock, telemetry } = this.#options;
    const startedAt = clock.now();
    const life = new CallLife(this.#options, call, transport);
    const running = life.run();
    this.#running.add(running);
    let failed = true;
    try {
      const answer = await running;
      failed = false;
      return answer;
    } finally {
      this.#running.delete(running);
      telemetry.call(call, { durationMs: clock.now() - startedAt, tries: life.tries, failed });
    }
  }

  /** Resolves when every call that was running has ended. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running);
  }
}

class CallLife {
  tries = 0;
  readonly #options: RunnerOptions;
  readonly #call: Call;
  readonly #transport: Transport;
  readonly #signal: AbortSignal;
  /** Set when an attempt was sent and its outcome is unknown. */
  #lost = false;
  #renewed = false;
  #endsAt = Infinity;

  constructor(options: RunnerOptions, call: Call, transport: Transport) {
    this.#options = options;
    this.#call = call;
    this.#transport = transport;
    this.#signal = call.signal ? AbortSignal.any([options.signal, call.signal]) : options.signal;
  }

  async run(): Promise<Answer<unknown>> {
    const earlier = this.#call.mayBeDone === true ? await this.#lookForEarlier() : undefined;
    if (earlier) return earlier;
    for (;;) {
      await this.#takeQuota();
      this.tries += 1;
      const sentAt = this.#options.clock.now();
      let reply: Reply;
      try {
        reply = await this.#transport(this.tries, this.#signal);
      } catch (error) {
        if (!(error instanceof WireFailure)) throw this.#stopped(error);
        const found = await this.#afterNoAnswer(error, sentAt);
        if (found) return found;
        continue;
      }
      const answer = await this.#afterAnswer(reply);
      if (answer) return answer;
    }
  }

  /** Time spent on our own quota does not count: the call has not begun, or is not at fault. */
  async #takeQuota(): Promise<void> {
    const { clock, quotas, silence, deadlineMs } = this.#options;
    const before = clock.now();
    const { service } = this.#call;
    const onWait = (waitMs: number): void => {
      silence.willWait({ service, reason: "quota", waitMs });
    };
    try {
      await quotas.take(this.#call.claims, { signal: this.#signal, onWait });
    } catch (error) {
      throw this.#stopped(error);
    }
    const now = clock.now();
    this.#endsAt =
      this.tries === 0 ? now + (this.#call.deadlineMs ?? deadlineMs) : this.#endsAt + now - before;
  }

  async #afterNoAnswer(failure: WireFailure, sentAt: number): Promise<Answer<unknown> | undefined> {
    const { silence } = this.#options;
    const pauseMs = this.#backoff();
    const { wasClosed } = failure;
    const { service } = this.#call;
    const tried = { service, tries: this.tries, sentAt, pauseMs, wasClosed };
    if (failure.kind === "refused") throw this.#connectionError(failure);
    const mayEnd = silence.mayEnd(tried);
    if (failure.kind === "lost" && !this.#call.idempotent) return this.#lookForOutcome(failure);
    if (failure.kind === "lost") this.#lost = true;
    if (!mayEnd) throw this.#connectionError(failure);
    await this.#pause(pauseMs, () => this.#connectionError(failure));
    return undefined;
  }

  async #afterAnswer(reply: Reply): Promise<Answer<unknown> | undefined> {
    const { clock, quotas } = this.#options;
    const call = this.#call;
    this.#tellUnexpected(reply);
    const error = readServiceError(reply.body, reply.headers);
    const waitMs = retryAfterMs(reply.headers, clock.now());
    quotas.learn(call.claims, { ...reply, retryAfterMs: waitMs });
    const traits = { ...call, justCreated: call.justCreated ?? false };
    const asError = () => this.#answerError(reply);
    const mayBeDone = this.#lost || call.mayBeDone === true;
    switch (judgeAnswer({ status: reply.status, error }, traits, mayBeDone)) {
      case "return":
        // "It is gone" after a lost answer is a success without a body.
        return reply.status < 300 ? reply : { status: 204, headers: {}, body: undefined };
      case "fail":
        throw asError();
      case "renew-token":
        if (this.#renewed) throw asError();
        this.#renewed = true;
        reply.renewToken?.();
        return undefined;
      case "unknown":
        return this.#lookForOutcome(asError());
      case "done-before":
        return this.#waitForOutcome(asError());
      case "retry":
        if (mayHaveBeenDone(reply.status)) this.#lost = true;
        await this.#waitForService(reply.status, { waitMs, asError });
        return undefined;
    }
  }

  #tellUnexpected(reply: Reply): void {
    const { onUnexpected } = this.#options;
    const answer = onUnexpected === undefined ? undefined : unexpectedIn(this.#call, reply);
    if (answer !== undefined) onUnexpected?.(answer);
  }

  async #waitForService(
    status: number,
    asked: { readonly waitMs: number | undefined; readonly asError: () => GraphRequestError },
  ): Promise<void> {
    const waitMs = asked.waitMs ?? this.#backoff();
    const reason = status === 429 || asked.waitMs !== undefined ? "throttled" : "not-ready";
    this.#options.silence.willWait({ service: this.#call.service, reason, waitMs });
    await this.#pause(waitMs, asked.asError);
  }

  /** What a run that died may have made. Nothing of this call was sent yet: what is not there is made as usual. */
  async #lookForEarlier(): Promise<Answer<unknown> | undefined> {
    const { find, settleMs = SETTLE_MS } = this.#call;
    return (
      find && (await this.#lookFor(settleMs, { find, cause: this.#outcomeUnknown(undefined) }))
    );
  }

  async #lookForOutcome(cause: Error): Promise<Answer<unknown> | undefined> {
    const { find, settleMs = SETTLE_MS } = this.#call;
    if (find === undefined) throw this.#outcomeUnknown(cause);
    this.#lost = true;
    const found = await this.#lookFor(settleMs, { find, cause });
    if (found) return found;
    await this.#pause(this.#backoff(), () => this.#outcomeUnknown(cause));
    return undefined;
  }

  /**
   * The service says that it was made: only its visibility is missing. That is certain after a lost answer of this call;
   * what a run that died may have left can be another's, so the conflict counts when nothing shows in time.
   */
  async #waitForOutcome(conflict: GraphRequestError): Promise<Answer<unknown>> {
    const { find } = this.#call;
    if (find === undefined) throw conflict;
    const found = await this.#lookFor(this.#lost ? Infinity : SETTLE_MS, { find, cause: conflict });
    if (found === undefined) throw conflict;
    return found;
  }

  /** Looks for as long as a new object may be invisible, in milliseconds; what is then not there was not made. */
  async #lookFor(
    settleMs: number,
    { find, cause }: { readonly find: () => Promise<unknown>; readonly cause: Error },
  ): Promise<Answer<unknown> | undefined> {
    const { clock } = this.#options;
    const settledAt = clock.now() + settleMs;
    for (;;) {
      const found = await this.#look(find, cause);
      if (found) return found;
      if (clock.now() >= settledAt) return undefined;
      await this.#pause(LOOK_AGAIN_MS, () =>
        isRequestError(cause, "already-exists") ? cause : this.#outcomeUnknown(cause),
      );
    }
  }

  async #look(find: () => Promise<unknown>, cause: Error): Promise<Answer<unknown> | undefined> {
    try {
      const body = await find();
      return body === undefined ? undefined : { status: 200, headers: {}, body };
    } catch (error) {
      if (isRequestError(error, "not-found")) return undefined;
      // Whoever looks has seen what forbids to go on.
      if (!isRequestError(error)) throw error;
      throw this.#outcomeUnknown(new AggregateError([cause, error], "Looking for it failed too."));
    }
  }

  #backoff(): number {
    return backoffMs(this.tries, this.#options.random);
  }

  async #pause(ms: number, lastError: () => GraphRequestError): Promise<void> {
    const { clock } = this.#options;
    if (clock.now() + ms > this.#endsAt) throw this.#tooLate(lastError());
    try {
      await clock.sleep(ms, this.#signal);
    } catch (error) {
      throw this.#stopped(error);
    }
  }

  #answerError(reply: Reply): GraphRequestError {
    const { service, method } = this.#call;
    const error = readServiceError(reply.body, reply.headers);
    const code = meaningOf(reply.status, error);
    const words = [error.code, error.message].filter((one) => one !== undefined).join(": ");
    return this.#error(code, {
      message: `${method} ${shownPath(this.#call)} was answered ${reply.status} ${words}`.trimEnd(),
      hint: hintFor(code, service),
      status: reply.status,
      serviceCode: error.code,
      serviceMessage: error.message,
      details: error.details,
      requestId: error.requestId,
      clientRequestId: reply.clientRequestId,
    });
  }

  #connectionError(failure: WireFailure): GraphRequestError {
    return this.#error("connection-failed", {
      message: `${this.#call.method} ${shownPath(this.#call)} got no answer: ${failure.message}.`,
      cause: failure,
    });
  }

  #outcomeUnknown(cause: unknown): GraphRequestError {
    return this.#error("outcome-unknown", {
      message: `${this.#call.method} ${shownPath(this.#call)} was sent, but its answer was lost: it may or may not have happened.`,
      ...(cause instanceof GraphRequestError ? { status: cause.status } : {}),
      cause,
    });
  }

  #tooLate(last: GraphRequestError): GraphRequestError {
    if (last.code === "outcome-unknown" || (this.#lost && !this.#call.idempotent)) {
      return this.#outcomeUnknown(last);
    }
    return this.#error("deadline-exceeded", {
      message: `Gave up after ${this.tries} attempts: ${last.message}`,
      status: last.status,
      serviceCode: last.serviceCode,
      serviceMessage: last.serviceMessage,
      requestId: last.requestId,
      clientRequestId: last.clientRequestId,
      cause: last,
    });
  }

  /** Throws what is not about cancelling: that is a bug, and shown as one. */
  #stopped(cause: unknown): GraphRequestError {
    if (cause instanceof GraphRequestError) return cause;
    if (!this.#signal.aborted) throw cause;
    if (this.#lost && !this.#call.idempotent) return this.#outcomeUnknown(cause);
    const { method } = this.#call;
    return this.#error("cancelled", {
      message: `${method} ${shownPath(this.#call)} was given up: the run was cancelled.`,
      cause,
    });
  }

  #error(
    code: FailureCode,
    rest: { message: string } & Partial<ConstructorParameters<typeof GraphRequestError>[0]>,
  ): GraphRequestError {
    const { service, method } = this.#call;
    return new GraphRequestError({
      hint: hintFor(code, service),
      ...rest,
      code,
      service,
      method,
      path: shownPath(this.#call),
    });
  }
}
