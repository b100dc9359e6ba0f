/** One HTTP exchange with its authorization, headers and trace. */
import { randomUUID } from "node:crypto";
import type { Dispatcher, Response } from "undici";
import type { Clock } from "./clock.ts";
import type { Reply } from "./call.ts";
import type { ServiceClock } from "./service-clock.ts";
import type { Silence } from "./silence.ts";
import type { Telemetry } from "./telemetry.ts";
import type { Tokens } from "./tokens.ts";
import type { Method, ServiceName } from "./types.ts";
import { connectionFailure, fetchOnce, readAnswer, type WireRequest } from "./http.ts";

/** Microsoft asks programs to say who they are; it counts when throttling. */
const USER_AGENT = "NONISV|Tenantry|Tenantry/1.0";

export interface Outgoing {
  service: ServiceName;
  method: Method;
  url: string;
  operation: string;
  headers: Record<string, string>;
  /** Becomes JSON, unless it is text already. */
  body?: unknown;
  attempt: number;
  /** Set for the outer request of a batch. */
  batchId?: string;
  /** It changes nothing, whatever its method says. */
  reads?: boolean;
  signal?: AbortSignal;
}

/** Where the bearer token of a request comes from. */
export interface Authorization {
  get(): Promise<string>;
  renew(token: string): void;
}

/** Puts one request on the wire, with its token. */
export type Exchange = (request: WireRequest, token: string) => Promise<Response>;

export interface SenderOptions {
  clock: Clock;
  telemetry: Telemetry;
  exchange: Exchange;
  serviceClock: ServiceClock;
  silence: Silence;
  /** When it fires, nothing new is sent; requests in progress finish. */
  signal: AbortSignal;
  /** Throws when nothing may be written any more. */
  mayWrite?: (() => void) | undefined;
}

export class Sender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Throws `WireFailure` when no answer came, `GraphRequestError` when sign-in fails. */
  async send(out: Outgoing, authorization: Authorization): Promise<Reply> {
    const { clock, exchange, signal, silence } = this.#options;
    const token = await authorization.get();
    // Signing in takes long enough for somebody to cancel meanwhile.
    signal.throwIfAborted();
    // Last of all: a process that was paused until here has lost its lock meanwhile.
    if (out.method !== "GET" && out.reads !== true) this.#options.mayWrite?.();
    const request = wireRequest(out);
    const clientRequestId = request.headers["client-request-id"] ?? "";
    const startedAtMs = clock.now();
    const report = (
      outcome: "answered" | "not-sent" | "lost",
      answer?: { status: number; bytesReceived: number; headers: Record<string, string> },
    ) => {
      const requestId = answer?.headers["request-id"] ?? answer?.headers.sprequestguid;
      this.#options.telemetry.request({
        service: out.service,
        method: out.method,
        operation: out.operation,
        origin: new URL(out.url).origin,
        startedAtMs,
        durationMs: clock.now() - startedAtMs,
        attempt: out.attempt,
        outcome,
        isBatch: out.batchId !== undefined,
        clientRequestId,
        bytesSent: Buffer.byteLength(request.body ?? ""),
        bytesReceived: answer?.bytesReceived ?? 0,
        ...(answer === undefined ? {} : { status: answer.status }),
        ...(requestId === undefined ? {} : { requestId }),
        ...(out.batchId === undefined ? {} : { batchId: out.batchId }),
      });
    };
    try {
      const answer = await silence.whileSent(
        { service: out.service, tries: out.attempt },
        async () => readAnswer(await exchange(request, token)),
      );
      report("answered", answer);
      this.#options.serviceClock.heard(answer.headers);
      silence.end();
      const { status, headers, body } = answer;
      const renewToken = () => {
        authorization.renew(token);
      };
      return { status, headers, body, clientRequestId, renewToken };
    } catch (error) {
      const failure = connectionFailure(error);
      report(failure?.kind === "lost" ? "lost" : "not-sent");
      throw failure ?? error;
    }
  }
}

function wireRequest(out: Outgoing): WireRequest {
  const body = typeof out.body === "string" ? out.body : JSON.stringify(out.body);
  return {
    method: out.method,
    url: out.url,
    headers: {
      accept: "application/json",
      "user-agent": USER_AGENT,
      "client-request-id": randomUUID(),
      ...((body as string | undefined) === undefined ? {} : { "content-type": "application/json" }),
      ...out.headers,
    },
    ...((body as string | undefined) === undefined ? {} : { body }),
    ...(out.signal === undefined ? {} : { signal: out.signal }),
  };
}

/** The plain exchange, for services without a client library. */
export function bearerExchange(dispatcher: Dispatcher): Exchange {
  return (request, token) => {
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    return fetchOnce(dispatcher, { ...request, headers });
  };
}

export function tokenFor(tokens: Tokens, scope: string): Authorization {
  return {
    get: () => tokens.get(scope),
    renew: (token) => {
      tokens.renew(scope, token);
    },
  };
}
