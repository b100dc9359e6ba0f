/** One HTTP request and its answer, over TLS connections of our own. */
import tls from "node:tls";
import { Agent, EnvHttpProxyAgent, fetch, type Dispatcher, type Response } from "undici";

export interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

export interface WireAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed JSON, else text, `undefined` when empty. */
  body: unknown;
  bytesReceived: number;
}

/**
 * No answer.
 * - `not-sent`: the service never got the request;
 * - `lost`: it may have got it;
 * - `refused`: it will not work later either (an untrusted certificate, no TLS at the other end).
 */
export class WireFailure extends Error {
  readonly kind: "not-sent" | "lost" | "refused";

  constructor(kind: "not-sent" | "lost" | "refused", cause: unknown) {
    super(reasonOf(cause), { cause });
    this.kind = kind;
  }

  /** Whether somebody took the connection and closed it: there is a network, whatever became of the request. */
  get wasClosed(): boolean {
    const errors = errorsOf(this.cause);
    return errors.some(({ code = "", syscall }) => CLOSED.has(code) && syscall !== "connect");
  }
}

const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);
/** A network that breaks off ends connections that were in use with the same codes as those that were never made. */
const BROKEN =
  /^(?:ECONNRESET|ECONNABORTED|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|EPROTO|REQUEST_SEND_ERROR|HPE_[A-Z_]+|UND_ERR_[A-Z_]+|ERR_SSL_.+)$/;
const CLOSED = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);
const CERTIFICATE = /CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|HOSTNAME_MISMATCH/;
const NO_HANDSHAKE = /^ERR_SSL_.*(?:HANDSHAKE|PROTOCOL|VERSION|UNRECOGNIZED_NAME)/;
const CONNECT_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 120_000;

/** An error and what caused it, outermost first. */
function errorsOf(error: unknown): NodeJS.ErrnoException[] {
  const errors: NodeJS.ErrnoException[] = [];
  for (let one = error; one instanceof Error; one = one.cause) {
    errors.push(one);
    if (one instanceof AggregateError) errors.push(...one.errors.flatMap(errorsOf));
  }
  return errors;
}

/** Codes of an error and of what caused it, outermost first. */
export function codesOf(error: unknown): string[] {
  return errorsOf(error).flatMap(({ code }) => (typeof code === "string" ? [code] : []));
}

function reasonOf(cause: unknown): string {
  return codesOf(cause)[0] ?? (cause instanceof Error ? cause.message : "no answer");
}

/** What became of a request that ended with `error`; `undefined` when the error is not about the connection. */
export function connectionFailure(error: unknown): WireFailure | undefined {
  if (error instanceof WireFailure) return error;
  const codes = codesOf(error);
  const isRefused = codes.some((code) => CERTIFICATE.test(code) || NO_HANDSHAKE.test(code));
  if (isRefused) return new WireFailure("refused", error);
  const isNotMade = errorsOf(error).some(({ syscall }) => syscall === "connect");
  if (isNotMade || codes.some((code) => NOT_SENT.has(code))) {
    return new WireFailure("not-sent", error);
  }
  return codes.some((code) => BROKEN.test(code)) ? new WireFailure("lost", error) : undefined;
}

/** Authorities trusted besides the usual ones, for one client; `undefined` = the usual ones. */
export function authorities(pem: string | undefined): string[] | undefined {
  return pem === undefined ? undefined : [...tls.getCACertificates("default"), pem];
}

/** A service on this machine is never reached through a proxy, whatever the environment says. */
export function isLoopback(url: string): boolean {
  return /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:\/|$)/i.test(url);
}

/**
 * Connections with the given authorities. To services elsewhere they go through the proxy of the
 * environment where there is one.
 */
export function createDispatcher(
  ca: string[] | undefined,
  { direct }: { direct: boolean },
): Dispatcher {
  const trust = ca === undefined ? {} : { secureContext: contextOf(ca) };
  const connect = { timeout: CONNECT_TIMEOUT_MS, ...trust };
  const options = {
    connect,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  };
  const { HTTPS_PROXY: upper, https_proxy: lower } = process.env;
  return direct || (lower ?? upper ?? "") === ""
    ? new Agent(options)
    : new EnvHttpProxyAgent({ ...options, requestTls: trust });
}

const contexts = new Map<string, tls.SecureContext>();

/** Made once in a process: with the usual 122 authorities it takes 9 ms, and a connection made its own. */
function contextOf(ca: string[]): tls.SecureContext {
  const key = ca.join("\n");
  const known = contexts.get(key);
  if (known !== undefined) return known;
  const context = tls.createSecureContext({ ca });
  contexts.set(key, context);
  return context;
}

/** Sends, without following redirects: a token must not go where it was not meant to go. */
export async function fetchOnce(dispatcher: Dispatcher, request: WireRequest): Promise<Response> {
  const { url, ...init } = request;
  return fetch(url, { ...init, dispatcher, redirect: "manual" });
}

/** Reads the whole body. Throws `WireFailure` when it ends early, or claims to be JSON and is not. */
export async function readAnswer(
  response: Pick<Response, "status" | "headers" | "text">,
): Promise<WireAnswer> {
  const headers = Object.fromEntries(response.headers.entries());
  const text = await response.text();
  const isJson = headers["content-type"]?.includes("json") ?? false;
  return {
    status: response.status,
    headers,
    body: isJson ? parse(text, response.status) : text === "" ? undefined : text,
    bytesReceived: Buffer.byteLength(text),
  };
}

function parse(text: string, status: number): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Exchange says "JSON" over a body of NUL bytes with 403: the status still counts.
    if (status >= 400) return text;
    throw new WireFailure("lost", error);
  }
}
