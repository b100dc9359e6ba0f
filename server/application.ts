/** The routes of a server. Who asks is known before a body is read, and what they may before it is looked at. */
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import type { Context } from "hono";
import { ExpectedError } from "../core/expected-error.ts";
import { answerWork, isLarge, isWorkName, mayAsk, PROTOCOL } from "../state/index.ts";
import type { Caller, StateDatabase } from "../state/index.ts";
import { Callers } from "./callers.ts";
import { RateLimit } from "./limits.ts";
import type { ServerSettings } from "./settings.ts";
import { METRICS_TYPE } from "./telemetry.ts";
import type { LogEntry, Metrics } from "./telemetry.ts";

/** A state of 10,000 people has about 52 MB; as base64 a third more. */
const [LARGE_BODY, BODY] = [96 * 1024 * 1024, 256 * 1024];
/** An apply of 1,000 people asks about ten times a second. */
const CALLER_RATE = { atOnce: 500, perSecond: 200 };
/** Of one address, with tokens that are not valid. */
const FAILURE_RATE = { atOnce: 20, perSecond: 0.5 };

interface Variables {
  readonly Variables: { caller: Caller; what: string };
}
type Status = 400 | 401 | 403 | 404 | 413 | 422 | 429 | 500 | 503;

class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly status: Status;
  readonly failure: ExpectedError;

  constructor(status: Status, failure: ExpectedError) {
    super(failure.message);
    this.status = status;
    this.failure = failure;
  }
}

interface ApplicationOptions {
  readonly database: StateDatabase;
  readonly settings: ServerSettings;
  readonly log: (entry: LogEntry) => void;
  readonly metrics: Metrics;
  readonly stopping: AbortSignal;
  /** Pages by their first part; those that the settings have. */
  readonly pages: Readonly<Record<string, Hono>>;
}

export function serverApplication(options: ApplicationOptions): Hono<Variables> {
  const { database, settings, log, metrics, stopping, pages } = options;
  const callers = new Callers(settings, database);
  const requests = new RateLimit(CALLER_RATE);
  const failures = new RateLimit(FAILURE_RATE);
  const app = new Hono<Variables>();

  app.use(async (c, next) => {
    const started = performance.now();
    metrics.begin();
    c.set("what", "other");
    await next();
    const milliseconds = Math.round(performance.now() - started);
    const { status } = c.res;
    metrics.end({ what: c.get("what"), status, milliseconds });
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
    if (stopping.aborted) c.header("connection", "close");
    log({
      ...{ time: new Date().toISOString(), event: "request", what: c.get("what"), status },
      ...{ milliseconds, caller: (c.get("caller") as Caller | undefined)?.name },
    });
  });

  app.get("/health", async (c) => {
    c.set("what", "health");
    if (stopping.aborted) return c.json({ status: "stopping" }, 503);
    await database.run("findSession", "");
    return c.json({ status: "ok" });
  });

  app.get("/metrics", async (c) => {
    c.set("what", "metrics");
    await identify(c);
    return c.text(metrics.text(), 200, { "content-type": METRICS_TYPE });
  });

  app.post("/v1/sign-in", async (c) => {
    c.set("what", "sign-in");
    requireProtocol(c);
    const { token, caller } = await counted(c, () => callers.signIn(tokenOf(c)));
    c.set("caller", caller);
    return c.json({ token });
  });

  app.post("/v1/work/:name", async (c) => {
    const name = c.req.param("name");
    if (!isWorkName(name)) throw new HttpRefusal(404, differs());
    c.set("what", name);
    requireProtocol(c);
    const caller = await identify(c);
    if (!mayAsk(caller, name)) throw new HttpRefusal(403, mayNot(caller));
    const body = await jsonOf(c, isLarge(name) ? LARGE_BODY : BODY);
    const output = await answerWork(database, { caller, name, body });
    return c.json({ output });
  });

  for (const [name, routes] of Object.entries(pages)) {
    app.use(`/${name}/*`, async (c, next) => {
      c.set("what", name);
      await next();
    });
    app.route(`/${name}`, routes);
  }

  app.notFound((c) => c.json(failureOf(differs()), 404));
  app.onError((error, c) => {
    const status = statusOf(error);
    if (error instanceof HttpRefusal) return c.json(failureOf(error.failure), status);
    if (error instanceof ExpectedError) return c.json(failureOf(error), status);
    // Messages may hold values; where it happened does not.
    const stack = error.stack?.split("\n").filter((line) => line.startsWith("    at "));
    log({
      ...{ time: new Date().toISOString(), event: "failed", what: c.get("what") },
      ...{ error: error.name, stack: stack?.join("\n") },
    });
    return c.json({}, status);
  });

  return app;

  /** @throws HttpRefusal 401, 429 */
  async function identify(c: Context<Variables>): Promise<Caller> {
    const token = tokenOf(c);
    const caller =
      callers.knownBy(token) ?? (await counted(c, () => signedIn(callers.ofSession(token))));
    c.set("caller", caller);
    if (!requests.take(caller.name)) throw new HttpRefusal(429, tooMany());
    return caller;
  }

  /** What is refused counts against where it came from. */
  async function counted<T>(c: Context<Variables>, work: () => Promise<T>): Promise<T> {
    const address = getConnInfo(c).remote.address ?? "";
    if (!failures.hasLeft(address)) throw new HttpRefusal(429, tooMany());
    try {
      return await work();
    } catch (error) {
      if (statusOf(error) < 500) failures.take(address);
      throw error;
    }
  }
}

async function signedIn(looking: Promise<Caller | undefined>): Promise<Caller> {
  const caller = await looking;
  if (caller !== undefined) return caller;
  throw new HttpRefusal(401, unknownToken());
}

const STATUS: Readonly<Partial<Record<ExpectedError["code"], Status>>> = {
  "server-refused": 403,
  "server-differs": 400,
  "server-unreachable": 503,
};

function statusOf(error: unknown): Status {
  if (error instanceof HttpRefusal) return error.status;
  return error instanceof ExpectedError ? (STATUS[error.code] ?? 422) : 500;
}

/** @throws HttpRefusal 401 */
function tokenOf(c: Context): string {
  const { token } =
    /^Bearer (?<token>[\x21-\x7e]{1,16000})$/.exec(c.req.header("authorization") ?? "")?.groups ??
    {};
  if (token === undefined) throw new HttpRefusal(401, unknownToken());
  return token;
}

/** @throws HttpRefusal 400 */
function requireProtocol(c: Context): void {
  if (c.req.header("tenantry-protocol") !== PROTOCOL) throw new HttpRefusal(400, differs());
}

/** @throws HttpRefusal 413, 400 */
async function jsonOf(c: Context, most: number): Promise<unknown> {
  if (Number(c.req.header("content-length") ?? 0) > most) throw new HttpRefusal(413, tooLarge());
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > most) throw new HttpRefusal(413, tooLarge());
    parts.push(part);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) {
      throw new HttpRefusal(400, differs());
    }
    throw error;
  }
}

const failureOf = ({ code, message, hint }: ExpectedError) => ({ error: { code, message, hint } });

const differs = (): ExpectedError =>
  new ExpectedError("server-differs", "The request is not one that this server knows.", {
    hint: "Use the same version of Tenantry in the workspace and on the server.",
  });

const unknownToken = (): ExpectedError =>
  new ExpectedError("server-refused", "The server does not know this token, or it is over.", {
    hint: "Set TENANTRY_SERVER_TOKEN to a token of the server's settings, or sign in again by running the command again.",
  });

const mayNot = ({ name }: Caller): ExpectedError =>
  new ExpectedError("server-refused", `${JSON.stringify(name)} may not do that on the server.`, {
    hint: "Have `access` in the server's settings give more, or use another token.",
  });

const tooMany = (): ExpectedError =>
  new ExpectedError("server-refused", "The server was asked too often.", {
    hint: "Wait a minute, then run the command again.",
  });

const tooLarge = (): ExpectedError =>
  new ExpectedError("server-refused", "The request is larger than the server takes.", {
    hint: "Split the tenant, or ask whoever runs the server.",
  });
