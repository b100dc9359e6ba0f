/** The way of one request through the emulator, in order, the same for single requests and the parts of a batch. */
import { isMeantFor } from "./audience.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import { ServiceFailure } from "./failure.ts";
import type { FaultPlan, Faults } from "./faults.ts";
import type { QuotaLedger } from "./quota.ts";
import { guidFrom } from "./random.ts";
import { MICROSOFT_LOGIN_HOSTS } from "./real-names.ts";
import type { RequestLog } from "./request-log.ts";
import type { RouteMatch, WorkloadRouter } from "./router.ts";
import type { EmulatorState } from "./scope.ts";
import { REGISTRY } from "./tenants.ts";
import type { AccessToken, Answer, Call, RawRequest, Route, Workload } from "./workload.ts";

export interface PipelineOptions {
  state: EmulatorState;
  router: WorkloadRouter;
  faults: FaultPlan;
  quotas: QuotaLedger;
  log: RequestLog;
  clock: Clock;
  behaviour: Behaviour;
  /** Reads a bearer token; throws ServiceFailure (401) when it is invalid. */
  verifyToken(token: string, nowMs: number): AccessToken;
}

export interface Outcome {
  answer: Answer;
  /** The connection is cut instead of answered. */
  cut: boolean;
}

const MICROSOFT_LOGIN = `https://${MICROSOFT_LOGIN_HOSTS[0] ?? ""}`;
/** For pages of other sites. */
const EXPOSED = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "ETag, Location, Preference-Applied, request-id, client-request-id, Retry-After, WWW-Authenticate",
};
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const QUOTA_COUNTED_COLLECTION = { name: "user" };

export class Pipeline {
  readonly #options: PipelineOptions;
  #served = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  async run(request: RawRequest): Promise<Outcome> {
    const { clock, behaviour } = this.#options;
    const faults = this.#options.faults.next(request);
    const delayMs = behaviour.latencyMs + (faults.slow ? behaviour.slowMs : 0);
    if (delayMs > 0) await clock.sleep(delayMs);
    if (faults.dropped) return { answer: { status: 0 }, cut: true };
    const answer = await this.#answer(request, { faults, inBatch: false });
    return { answer, cut: faults.lostAnswer };
  }

  async #answer(
    request: RawRequest,
    options: { faults: Faults; inBatch: boolean },
  ): Promise<Answer> {
    const startMs = this.#options.clock.now();
    const requestId = guidFrom(
      this.#options.state.seed,
      "request",
      options.faults.requestKey,
      this.#served++,
    );
    const owner = this.#options.router.workloadOf(request.path);
    if (owner === undefined) return { status: 404, text: "" };
    const { workload } = owner;
    if (request.method === "OPTIONS") return preflight(workload);
    const match = this.#options.router.match(request.method, request.path);
    const clientRequestId = request.headers.get("client-request-id") ?? requestId;
    let answer: Answer;
    try {
      answer = await this.#handle(request, { match, workload, faults: options.faults, requestId });
    } catch (error) {
      const failure =
        error instanceof ServiceFailure
          ? error
          : new ServiceFailure(500, "UnknownError", { message: describe(error) });
      answer = workload.renderFailure(failure, {
        requestId,
        clientRequestId,
        nowMs: startMs,
        path: request.path,
        headers: request.headers,
      });
      const challenge = failure.status === 401 ? this.#challenge(request, workload) : {};
      answer = { ...answer, headers: { ...challenge, ...failure.headers, ...answer.headers } };
    }
    answer = workload.finish?.(answer, request.headers) ?? answer;
    this.#options.log.add({
      atMs: startMs,
      workload: workload.name,
      method: request.method,
      route: `${owner.prefix}${match?.route.path ?? "/*"}`,
      status: answer.status,
      durationMs: this.#options.clock.now() - startMs,
      inBatch: options.inBatch,
      requestId,
    });
    return {
      ...answer,
      headers: {
        date: new Date(startMs).toUTCString(),
        "request-id": requestId,
        "client-request-id": clientRequestId,
        ...(workload.isOpenToBrowsers === true && request.headers.has("origin") ? EXPOSED : {}),
        ...answer.headers,
      },
    };
  }

  /** Where to sign in for which service. */
  #challenge(request: RawRequest, workload: Workload): Record<string, string> {
    const { resourceId } = workload;
    if (resourceId === undefined) return {};
    const { state } = this.#options;
    const realm = state.peek(REGISTRY, (scope) => workload.realm?.(scope, request.path)) ?? "";
    const origin = request.outside === undefined ? state.origin : MICROSOFT_LOGIN;
    return {
      "www-authenticate": `Bearer realm="${realm}", authorization_uri="${origin}/common/oauth2/authorize", client_id="${resourceId}"`,
    };
  }

  async #handle(
    given: RawRequest,
    context: {
      match: RouteMatch | undefined;
      workload: Workload;
      faults: Faults;
      requestId: string;
    },
  ): Promise<Answer> {
    const { match, workload, faults } = context;
    const request = { ...given, query: withPlainNames(given.query) };
    if (faults.serverError !== undefined) {
      throw new ServiceFailure(faults.serverError, "UnknownError", {
        message: "The server could not process the request.",
      });
    }
    const token = workload.signIn === "entra" ? this.#authenticate(request, workload) : undefined;
    if (match === undefined) {
      throw new ServiceFailure(404, "ResourceNotFound", {
        message: "Resource could not be discovered.",
      });
    }
    if (!isPermitted(match.route.roles, token)) {
      throw new ServiceFailure(403, "Authorization_RequestDenied", {
        message: "Insufficient privileges to complete the operation.",
      });
    }
    if ("handleBatch" in match.route) {
      return match.route.handleBatch(request, (inner) =>
        this.#answer(
          { ...inner, outside: request.outside },
          { faults: this.#options.faults.next(inner), inBatch: true },
        ),
      );
    }
    if (
      faults.concurrency &&
      request.method !== "GET" &&
      workload.concurrencyFailure !== undefined
    ) {
      throw workload.concurrencyFailure();
    }
    const quotaHeaders = this.#drawQuota(request, { match, token, throttled: faults.throttled });
    const answer = this.#execute(request, { ...context, match, route: match.route, token });
    return { ...answer, headers: { ...quotaHeaders, ...answer.headers } };
  }

  #authenticate(request: RawRequest, workload: Workload): AccessToken {
    const { state, clock } = this.#options;
    const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    if (bearer === undefined) {
      throw new ServiceFailure(401, "InvalidAuthenticationToken", {
        message: "Access token is empty.",
      });
    }
    const token = this.#options.verifyToken(bearer, clock.now());
    if (!isMeantFor(workload, token.audience, { path: request.path, origin: state.origin })) {
      throw new ServiceFailure(401, "InvalidAuthenticationToken", {
        message: "Access token validation failure. Invalid audience.",
      });
    }
    return token;
  }

  #drawQuota(
    request: RawRequest,
    context: {
      match: RouteMatch;
      token: AccessToken | undefined;
      throttled: Faults["throttled"];
    },
  ): Record<string, string> {
    const { match, token } = context;
    if (context.throttled !== undefined)
      throw throttled(retryAfter(context.throttled, this.#options.clock.now()), undefined);
    if (!this.#options.behaviour.quotas || match.workload.quota === undefined) return {};
    const tenantId = token?.tenantId ?? match.workload.name;
    const rules = match.workload.quota({
      method: request.method,
      path: match.path,
      query: request.query,
      tenantId,
      appId: token?.appId ?? "",
      userCount: this.#options.state.read(tenantId, ({ store }) =>
        store.count(QUOTA_COUNTED_COLLECTION),
      ),
    });
    const verdict = this.#options.quotas.draw(rules, this.#options.clock.now());
    const headers = match.workload.quotaHeaders?.(verdict, rules) ?? {};
    if (!verdict.allowed) throw throttled(verdict.retryAfterSeconds?.toString(), headers);
    return headers;
  }

  #execute(
    request: RawRequest,
    context: {
      match: RouteMatch;
      route: Route;
      token: AccessToken | undefined;
      faults: Faults;
      requestId: string;
    },
  ): Answer {
    const { match, token } = context;
    const body = parseBody(request);
    const intent = request.method === "GET" ? "read" : "write";
    return this.#options.state.transaction(
      token?.tenantId ?? match.workload.name,
      { intent },
      (scope) => {
        const call: Call = {
          ...scope,
          origin: request.outside?.origin ?? scope.origin,
          method: request.method,
          prefix: request.outside?.base.startsWith(match.prefix) === true ? "" : match.prefix,
          path: match.path,
          params: match.params,
          query: request.query,
          headers: request.headers,
          body,
          token,
          replica: context.faults.replica,
          requestId: context.requestId,
        };
        return context.route.handle(call);
      },
    );
  }
}

/** Names of OData's options in lower case, as they are the same in any. */
function withPlainNames(query: URLSearchParams): URLSearchParams {
  const plain = new URLSearchParams();
  for (const [name, value] of query)
    plain.append(name.startsWith("$") ? name.toLowerCase() : name, value);
  return plain;
}

/** What a browser asks before it sends a request to another site. */
function preflight(workload: Workload): Answer {
  const open = {
    ...EXPOSED,
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers":
      "Authorization, Content-Type, ConsistencyLevel, Prefer, If-Match, client-request-id, SdkVersion",
    "access-control-max-age": "3600",
  };
  return {
    status: 200,
    headers: { allow: METHODS, ...(workload.isOpenToBrowsers === true ? open : {}) },
    text: "",
  };
}

/** A role `A+B` is good only for those who have both. */
function isPermitted(
  roles: readonly string[] | undefined,
  token: AccessToken | undefined,
): boolean {
  if (roles === undefined) return true;
  return roles.some((role) =>
    role.split("+").every((part) => token?.roles.includes(part) === true),
  );
}

/** The value of `Retry-After`; a date has whole seconds only. */
function retryAfter(
  { form, seconds }: NonNullable<Faults["throttled"]>,
  nowMs: number,
): string | undefined {
  switch (form) {
    case "seconds":
      return Math.floor(seconds).toString();
    case "fraction":
      return seconds.toFixed(3);
    case "date":
      return new Date(nowMs + Math.ceil(seconds) * 1000).toUTCString();
    case "none":
      return undefined;
  }
}

function throttled(
  wait: string | undefined,
  headers: Record<string, string> | undefined,
): ServiceFailure {
  return new ServiceFailure(429, "TooManyRequests", {
    message: "Too many requests. Please wait and retry.",
    headers: {
      ...headers,
      ...(wait === undefined ? {} : { "Retry-After": wait }),
    },
  });
}

function describe(error: unknown): string {
  return error instanceof Error
    ? `Emulator defect: ${error.stack ?? error.message}`
    : "Emulator defect";
}

function parseBody(request: RawRequest): unknown {
  if (request.body.byteLength === 0) return undefined;
  const text = Buffer.from(request.body).toString("utf8");
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(text));
  if (!type.includes("json")) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ServiceFailure(400, "BadRequest", {
      message:
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    });
  }
}
