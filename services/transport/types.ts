/**
 * The vocabulary of `services/transport/`: what a caller passes in and gets back.
 *
 * One `Microsoft365` belongs to one tenant and one application; quotas, batches, statistics and
 * cancellation are shared by everything that goes through it.
 */
import type { TokenCredential } from "@azure/identity";
import type { Clock } from "./clock.ts";
import type { QuotaLimits } from "./quota-limits.ts";
import type { RelatedId, RelationMemory, TrackedRelation } from "./relations.ts";

/** Base URLs of the services, without trailing slash. `sharePoint` holds `{host}`. */
export interface Endpoints {
  login: string;
  graph: string;
  sharePoint: string;
  exchange: string;
  partnerCenter: string;
  backup: string;
  /** Azure Resource Manager. */
  azure: string;
  cloudflare: string;
}

/** How the application proves who it is. App-only SharePoint accepts certificates only. */
export type CredentialSource =
  | { kind: "client-secret"; clientId: string; clientSecret: string }
  /** `certificatePem` holds the certificate and its private key. */
  | { kind: "client-certificate"; clientId: string; certificatePem: string }
  /** A federated token in a file, renewed by the platform (Kubernetes, Azure). */
  | { kind: "workload-identity"; clientId: string; tokenFilePath: string }
  /** A federated token that the caller fetches (an OIDC token of a CI job). */
  | { kind: "federated-token"; clientId: string; getAssertion: () => Promise<string> }
  /** Whatever a developer's machine is signed in with: Azure CLI, environment variables. */
  | { kind: "developer" }
  | { kind: "token-credential"; credential: TokenCredential };

export interface Microsoft365Options {
  tenantId: string;
  endpoints: Endpoints;
  credential: CredentialSource;
  /** Certificate authorities to trust besides the usual ones, for this client only. */
  trustedCertificatesPem?: string;
  clock?: Clock;
  /** When it fires, nothing new is sent; writes that are under way end. */
  signal?: AbortSignal;
  limits?: Partial<QuotaLimits>;
  /** How long one call may go on trying, in milliseconds; 5 minutes unless told. */
  deadlineMs?: number;
  /** Called once for every attempt of every request; never sees bodies or tokens. */
  onRequest?: RequestObserver | undefined;
  /** Called for each answer to a read that nobody expected, with its form only. */
  onUnexpected?: UnexpectedObserver | undefined;
  /** Called when a request is to be sent again: at each try that got no answer, and for pauses of seconds. */
  onWaiting?: WaitingObserver | undefined;
  /** Asked before each request that may write, so not for a batch of GETs; what it throws ends the call, unsent. */
  mayWrite?: (() => void) | undefined;
  /** Where jitter comes from, in [0, 1). */
  random?: () => number;
  /** For who reads a whole tenant: `tryRelated` answers from it, and whoever asks for one of many gets a page of them. */
  relations?: RelationMemory | undefined;
}

/** One tenant's services. */
export interface Microsoft365 {
  readonly tenantId: string;
  readonly graph: GraphClient;
  /** `host` is the real one, such as `contoso.sharepoint.com` or `contoso-admin.sharepoint.com`. */
  sharePoint(host: string): SharePointClient;
  readonly exchange: ExchangeClient;
  readonly partnerCenter: RestClient;
  /** The backup vendor has accounts of its own: user name and password, not the tenant's credential. */
  backup(credentials: BackupCredentials): RestClient;
  /** Azure Resource Manager, with the tenant's credential; what it may do there, a role in the subscription says. */
  readonly azure: RestClient;
  /** Cloudflare, with an API token of its own. */
  cloudflare(token: string): RestClient;
  /**
   * Looks until `probe` gives something other than `undefined`, and returns that; errors of `probe` end
   * the wait. Rejects with code `deadline-exceeded` or `cancelled`.
   */
  waitUntil<T>(probe: () => Promise<T | undefined>, options: WaitOptions): Promise<T>;
  /** Application permissions on Graph, on Exchange or on the SharePoint of this host that this application was granted; signs in. */
  grantedPermissions(
    of: "graph" | "exchange" | { readonly sharePoint: string },
  ): Promise<readonly string[]>;
  /** By how much this machine's clock is ahead of the services', as of the newest answer; undefined before the first. */
  clockAheadMs(): number | undefined;
  /** Counts and times per operation since the client was made, busiest first. */
  statistics(): OperationStatistics[];
  /** Sends nothing new, waits for what is under way, closes the connections. */
  close(): Promise<void>;
}

export interface WaitOptions {
  /** What is waited for, for the error: "the site to be provisioned". */
  what: string;
  /** In milliseconds; 5 minutes unless told. */
  deadlineMs?: number;
  /** Before the second look, in milliseconds, growing by half each time up to ten times as much. */
  intervalMs?: number;
  signal?: AbortSignal;
}

/** What one operation (method and path template) cost so far. Times in milliseconds. */
export interface OperationStatistics {
  service: ServiceName;
  /** Such as `GET /users/{id}`. */
  operation: string;
  /** Calls that reached an end, good or bad. */
  calls: number;
  failures: number;
  /** Attempts after the first. */
  retries: number;
  /** Answers with status 429, and 503 from services that throttle with it. */
  throttled: number;
  /** HTTP requests on the wire; calls that travelled in a batch count under `POST /$batch`. */
  httpRequests: number;
  totalMs: number;
  longestMs: number;
  bytesSent: number;
  bytesReceived: number;
}

export interface BackupCredentials {
  username: string;
  password: string;
}

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
export type ServiceName =
  | "graph"
  | "sharepoint"
  | "exchange"
  | "partner-center"
  | "backup"
  | "azure"
  | "cloudflare"
  | "login";

/** What one call may ask for besides its path and body. */
export interface CallOptions<T = unknown> {
  headers?: Record<string, string>;
  /** How long to go on trying, in milliseconds. Waiting for our own quota does not count. */
  deadlineMs?: number;
  /** The object was created a moment ago: 404, and 400 that says a reference does not exist, are tried again. */
  justCreated?: boolean;
  /**
   * Looks for what a write would have made. Called when the answer to the write was lost: when it
   * finds something, that is the answer; when not (`undefined`, or an error with code `not-found`),
   * the write is sent again.
   */
  find?: () => Promise<T | undefined>;
  /** A run that died may have sent this write already: `find` is asked before it is sent, as after a lost answer. */
  mayBeDone?: boolean;
  /**
   * How long after a lost answer `find` must have found nothing before the write is sent again, in
   * milliseconds; 60 000 unless told (new objects are readable late). 0 where the service itself
   * refuses a second object with the same key.
   */
  settleMs?: number;
  /** Whether sending twice does the same as sending once. True unless told for all but POST. */
  idempotent?: boolean;
  signal?: AbortSignal;
}

/**
 * Whether the object of this id may be what a creation made whose answer was lost: it was not known before the
 * creation was sent, and no other creation made or claimed it. If so, it is claimed.
 */
export type Claim = (id: string) => boolean;

export interface GraphCallOptions<T = unknown> extends Omit<CallOptions<T>, "find"> {
  /** As elsewhere. Where names are not unique, only what can be claimed is the answer: ask that last. */
  find?: (claim: Claim) => Promise<T | undefined>;
  /** `v1.0` unless told. */
  version?: "v1.0" | "beta";
  /** `false` keeps this call out of `$batch`. */
  batch?: boolean;
}

export interface ListOptions {
  headers?: Record<string, string>;
  deadlineMs?: number;
  version?: "v1.0" | "beta";
  signal?: AbortSignal;
}

/** One call as a value: for `sequence`, and where status or headers of the answer matter. */
export interface GraphCall<T = unknown> extends GraphCallOptions<T> {
  method: Method;
  path: string;
  body?: unknown;
}

export interface Answer<T> {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: T;
}

/**
 * Paths are relative to the service (`/users/…`), with query, percent-encoded by the caller (`odata`
 * in `paths.ts` helps); an absolute URL of the same service, as found in `@odata.nextLink`, also goes.
 * Everything rejects with `GraphRequestError`.
 */
export interface RestClient {
  get<T>(path: string, options?: CallOptions<T>): Promise<T>;
  /** `undefined` only when the service says that the object does not exist. */
  tryGet<T>(path: string, options?: CallOptions<T>): Promise<T | undefined>;
  post<T = void>(path: string, body?: unknown, options?: CallOptions<T>): Promise<T>;
  patch<T = void>(path: string, body: unknown, options?: CallOptions<T>): Promise<T>;
  put<T = void>(path: string, body: unknown, options?: CallOptions<T>): Promise<T>;
  /** Resolves also when the object turns out to be gone after the answer to an earlier attempt was lost. */
  delete(path: string, options?: CallOptions<void>): Promise<void>;
  /** Deletes what may be gone already. */
  tryDelete(path: string, options?: CallOptions<void>): Promise<void>;
  /** The items of a collection, page by page; ends with an error when a page is missing. */
  list<T>(path: string, options?: ListOptions): AsyncIterable<T>;
  /** The same, a page at a time; a page is asked for when the one before it has been used. */
  pages<T>(path: string, options?: ListOptions): AsyncIterable<T[]>;
  /** The whole collection, or an error. */
  all<T>(path: string, options?: ListOptions): Promise<T[]>;
}

/** Objects of one kind that many may be asked for at the same time. */
export interface Collection {
  /** Such as `/users`. */
  path: string;
  /** Query options that hold for one object and for a page of them, such as `$select=id,displayName`; with `id`. */
  query?: string;
  /** Most objects of a page that Microsoft documents for this query; the service decides unless told. */
  pageSize?: number;
  /** Objects that cost as much as one page when each is asked for by itself; 20, a batch, unless told. */
  objectsPerRequest?: number;
  /** `v1.0` unless told. */
  version?: "v1.0" | "beta";
}

/** Graph. Calls made within a few milliseconds of each other travel together in one `$batch`. */
export interface GraphClient extends RestClient {
  get<T>(path: string, options?: GraphCallOptions<T>): Promise<T>;
  tryGet<T>(path: string, options?: GraphCallOptions<T>): Promise<T | undefined>;
  post<T = void>(path: string, body?: unknown, options?: GraphCallOptions<T>): Promise<T>;
  patch<T = void>(path: string, body: unknown, options?: GraphCallOptions<T>): Promise<T>;
  put<T = void>(path: string, body: unknown, options?: GraphCallOptions<T>): Promise<T>;
  delete(path: string, options?: GraphCallOptions<void>): Promise<void>;
  tryDelete(path: string, options?: GraphCallOptions<void>): Promise<void>;
  /**
   * One object of a collection by its id; `undefined` only when the service says that it does not exist.
   * Where many are asked for, the answer may come from a page of the collection, a minute old at most;
   * never for what this client has written, nor with `isFresh`.
   */
  tryGetOneOf<T>(
    collection: Collection,
    id: string,
    options?: { isFresh?: boolean | undefined },
  ): Promise<T | undefined>;
  /** All of a collection, a minute old at most; who asked for single ones before has read those pages already. */
  allOf<T>(collection: Collection): Promise<readonly T[]>;
  /**
   * What is related to a person or group, as delta queries tell it, also what lies in the bin; one that was not kept
   * up to date here, as everything without `relations`, gives `undefined`, and has to be asked for its list.
   */
  tryRelated(id: string, relation: TrackedRelation): Promise<readonly RelatedId[] | undefined>;
  /** From now on `tryRelated` answers nothing. @returns whether it has answered anything until now */
  distrustRelations(): boolean;
  /** One call with status and headers (`location` of a 202, say). */
  send<T>(call: GraphCall<T>): Promise<Answer<T>>;
  /**
   * Calls that must happen in this order, each after the success of the one before it; they travel in
   * one batch as far as possible. Rejects with the first failure; what follows it is not done.
   */
  sequence(calls: readonly GraphCall[]): Promise<Answer<unknown>[]>;
  /**
   * Reads until the object is there (and `until` holds), several times in a row because replicas
   * differ. Rejects with code `deadline-exceeded`.
   */
  waitUntilReadable<T>(path: string, options?: ReadableOptions<T>): Promise<T>;
}

export interface ReadableOptions<T> extends ListOptions {
  /** What must be true of the object; its presence is enough unless told. */
  until?: (found: T) => boolean;
  /** Successes in a row; 1 unless told. */
  consecutive?: number;
  /** Between two reads, in milliseconds; 1 000 unless told, growing to 10 000. */
  intervalMs?: number;
}

/**
 * SharePoint REST on one host. Paths begin with `/sites/finance/_api/…` or `/_api/…`.
 * `merge` is SharePoint's update: POST with `X-HTTP-Method: MERGE` and `If-Match: *`.
 */
export interface SharePointClient extends RestClient {
  readonly host: string;
  merge(path: string, body: unknown, options?: CallOptions<void>): Promise<void>;
}

export interface ExchangeOptions<T> extends CallOptions<ExchangeResult<T>> {
  select?: readonly string[];
  /** The mailbox whose server should answer, as `UPN:…` or `APP:…`. */
  anchorMailbox?: string;
}

export interface ExchangeResult<T> {
  value: T[];
  /** What the cmdlet wrote to its warning stream. */
  warnings: string[];
}

/** Exchange Online cmdlets over InvokeCommand; calls made close together travel in batches of 10. */
export interface ExchangeClient {
  /** Runs a cmdlet and reads all its pages. */
  invoke<T>(
    cmdlet: string,
    parameters: Record<string, unknown>,
    options?: ExchangeOptions<T>,
  ): Promise<ExchangeResult<T>>;
  /** Like `invoke` for a `Get-` cmdlet; `undefined` only when Exchange says the object does not exist. */
  tryGet<T>(
    cmdlet: string,
    parameters: Record<string, unknown>,
    options?: ExchangeOptions<T>,
  ): Promise<T | undefined>;
}

/** One attempt of one request, for timings and traces. Holds no bodies, tokens or query values. */
export interface RequestEvent {
  service: ServiceName;
  method: Method;
  /** Path with keys replaced by `{id}`, such as `/users/{id}/manager`. */
  operation: string;
  /** Origin of the URL it was sent to. */
  origin: string;
  /** Milliseconds since 1970. */
  startedAtMs: number;
  durationMs: number;
  /** 1 for the first. */
  attempt: number;
  /** Missing when no answer came. */
  status?: number;
  outcome: "answered" | "not-sent" | "lost";
  /** `true` for the outer request of a batch: its inner requests are reported too, with `batchId`. */
  isBatch: boolean;
  batchId?: string;
  clientRequestId: string;
  requestId?: string;
  bytesSent: number;
  bytesReceived: number;
}

/** The form of an answer to a read that nobody expected. */
export interface UnexpectedAnswer {
  readonly service: ServiceName;
  /** With everything that is not a word of the service as `{id}`. */
  readonly route: string;
  readonly status: number;
  /** The service's own, where it is one word or several with dots and underscores. */
  readonly code?: string | undefined;
  /** In which way nobody expected it. */
  readonly unexpected: "status" | "code" | "form";
  /** Each once; only of form. */
  readonly forms?: readonly OtherForm[] | undefined;
}

/** A property that is of another form than the schema says; the value is not in it. */
export interface OtherForm {
  /** Type and property, such as `user.accountEnabled`. */
  readonly property: string;
  readonly expected: string;
  /** As JSON has it, or `other member` for a value that an enumeration does not have. */
  readonly found: string;
}

export type UnexpectedObserver = (answer: UnexpectedAnswer) => void;

export type RequestObserver = (event: RequestEvent) => void;

/** What a command waits for, so that it can be said. */
export type Waiting = { readonly service: ServiceName } & (
  | {
      /** Nobody has answered since the last answer; tries count from 1. */
      readonly reason: "no-answer";
      readonly nextTry: number;
      readonly mostTries: number;
    }
  | {
      /**
       * throttled: the service asks to wait. quota: we wait, so that it need not ask. not-ready: it has trouble, or does
       * not show yet what was just made; tried again then.
       */
      readonly reason: "throttled" | "quota" | "not-ready";
      readonly seconds: number;
    }
);

export type WaitingObserver = (waiting: Waiting) => void;
