/** The contract between the core and the workloads on it; explained in emulator/README.md. */
import type { Behaviour } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import type { ServiceFailure } from "./failure.ts";
import type { QuotaRule, QuotaVerdict } from "./quota.ts";
import type { Outside } from "./real-names.ts";
import type { TenantStore } from "./store.ts";

/** What a workload answers. `body` is sent as JSON, `text` as it is; neither means an empty body. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  text?: string;
}

export interface AccessToken {
  tenantId: string;
  /** Client id of the application. */
  appId: string;
  /** Object id of the application's service principal in the tenant. */
  objectId: string;
  audience: string;
  /** Application permissions. */
  roles: readonly string[];
  credential: "secret" | "certificate";
}

/** A request as it enters a workload: over HTTPS or as a part of a batch. */
export interface RawRequest {
  method: string;
  /** Path with the workload's prefix, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: Uint8Array;
  /** Set when the client came by one of Microsoft's host names. */
  outside?: Outside | undefined;
}

/** One tenant at one moment, inside one transaction. */
export interface Scope {
  readonly tenantId: string;
  readonly store: TenantStore;
  readonly behaviour: Behaviour;
  readonly clock: Clock;
  /** Milliseconds since 1970-01-01 UTC, the same during the whole request. */
  readonly nowMs: number;
  /** The emulator's origin, `https://localhost:<port>`; in a request, the one that the client knows. */
  readonly origin: string;
  /** A new GUID, decided by the seed and the number of ids made before in this database. */
  newId(): string;
  /** A repeatable number in [0, 1). */
  fraction(...parts: (string | number)[]): number;
  /** Runs the job of that name after the delay (also with delay 0: before the next request). */
  schedule(job: string, options: { delayMs: number; payload: Record<string, unknown> }): void;
  /** Tells the other workloads, at once and in the same transaction. */
  emit(event: EventName, payload: EventPayload): void;
  /** Another tenant's scope in the same transaction. */
  tenant(tenantId: string): Scope;
}

export type EventName =
  | "user.created"
  | "user.updated"
  | "user.deleted"
  | "user.restored"
  | "user.purged"
  | "user.licenses-changed"
  | "group.created"
  | "group.updated"
  | "group.deleted"
  | "group.restored"
  | "group.purged"
  | "tenant.created";

export interface EventPayload {
  id: string;
}

/** A request that reached its handler. */
export interface Call extends Scope {
  readonly method: string;
  /** The workload's prefix that matched, for example `/beta`. */
  readonly prefix: string;
  /** Path after the prefix, percent-decoded. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Parsed JSON, or form fields as an object; undefined without a body. */
  readonly body: unknown;
  /** Absent where the workload has its own sign-in. */
  readonly token: AccessToken | undefined;
  /** Which replica answers this request. */
  readonly replica: number;
  readonly requestId: string;
}

interface RouteBase {
  /** `*` = every method, `WRITE` = every one but GET. */
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "MERGE" | "*" | "WRITE";
  /** Hono's path syntax after the prefix: `/users/:id`, `/:host/_api/*`. The first route that matches answers. */
  path: string;
  /** Any one of these application permissions is enough, `A+B` for both together; left out = the workload decides itself. */
  roles?: readonly string[];
}

/** A handler is synchronous: it runs inside one transaction with all its reads and writes. */
export interface Route extends RouteBase {
  handle(call: Call): Answer;
}

/** Stands outside any transaction and may run inner requests, each in its own: for `$batch`. */
export interface BatchRoute extends RouteBase {
  handleBatch(request: RawRequest, run: (inner: RawRequest) => Promise<Answer>): Promise<Answer>;
}

export interface Workload {
  /** Also the name of its tokens' scope when `signIn` is `own`. */
  readonly name: string;
  /** Path prefixes on the emulator's origin, for example `["/v1.0", "/beta"]`. */
  readonly prefixes: readonly string[];
  /** `entra`: the core checks the bearer token. `own`: the workload does, and its scope is the pseudo tenant of its name. */
  readonly signIn: "entra" | "own";
  /**
   * Whether a token for this audience may be issued (`path` undefined), or is good for a request's path.
   * Left out when `signIn` is `own`.
   */
  acceptsAudience?(
    audience: string,
    request: { path: string | undefined; origin: string },
  ): boolean;
  /** Client id of the service itself; tokens may be asked for by it, and say it then. */
  readonly resourceId?: string;
  /** What a refusal without a good token names as the realm; nothing when left out. */
  realm?(registry: Scope, path: string): string | undefined;
  /** Whether pages of other sites may call it (CORS). */
  readonly isOpenToBrowsers?: boolean;
  /** Last touches to an answer, refusals included, by what the client accepts. */
  finish?(answer: Answer, headers: Headers): Answer;
  /** Application permissions that this service knows; tokens for its audience carry those that the application has. */
  readonly roles?: readonly string[];
  readonly routes: readonly (Route | BatchRoute)[];
  /** The shape of an error in this service, also for those of the core (401, 403, 404, 429, 501, 5xx). */
  renderFailure(failure: ServiceFailure, request: FailedRequest): Answer;
  /** The answer to a write that `concurrencyShare` picks; none where the service has no such refusal. */
  readonly concurrencyFailure?: () => ServiceFailure;
  /** Quotas that this request draws on; see core/quota.ts. */
  quota?(request: QuotaRequest): readonly QuotaRule[];
  /** Headers that tell a client how much of its quota is used. */
  quotaHeaders?(verdict: QuotaVerdict, rules: readonly QuotaRule[]): Record<string, string>;
  /** Brings spellings of one path together before routing, `users('x')` and `users/x`. Takes and gives encoded paths. */
  rewritePath?(path: string, prefix: string): string;
  /** Delayed work by name; names start with the workload's. */
  readonly jobs?: Readonly<
    Record<string, (scope: Scope, payload: Record<string, unknown>) => void>
  >;
  readonly listeners?: Partial<Record<EventName, (scope: Scope, payload: EventPayload) => void>>;
  /** Ids of what lies in the workload's own scope and goes with a tenant when it is exported. */
  tenantData?(scope: Scope, tenantId: string): string[];
}

export interface FailedRequest {
  requestId: string;
  clientRequestId: string;
  nowMs: number;
  path: string;
  /** Some services shape their errors by what the client accepts. */
  headers: Headers;
}

export interface QuotaRequest {
  method: string;
  /** Path after the prefix. */
  path: string;
  query: URLSearchParams;
  tenantId: string;
  appId: string;
  /** Number of live users, for quotas that grow with the tenant. */
  userCount: number;
}
