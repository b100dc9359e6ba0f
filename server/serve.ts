/**
 * The server of many workspaces: state, records, plans and locks on one database, over HTTPS. It holds no credential of
 * a tenant, and runs no plan and no apply; several processes may serve one database.
 */
import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import type { Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { isIPv6 } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { ExpectedError } from "../core/expected-error.ts";
import { openStateDatabase } from "../state/index.ts";
import type { StateDatabase } from "../state/index.ts";
import { serverApplication } from "./application.ts";
import { openEngineers } from "./engineers/routes.ts";
import { openPortal } from "./portal/open.ts";
import type { ServerSettings } from "./settings.ts";
import { Metrics } from "./telemetry.ts";
import type { LogEntry } from "./telemetry.ts";

/** For what is under way when it is stopped: longer than any work takes. */
const STOP_MS = 30_000;
const FORGET_EVERY_MS = 600_000;
const TELL_EVERY_MS = 30_000;
const [REQUEST_MS, HEADERS_MS] = [60_000, 15_000];
const MOST_CONNECTIONS = 1_000;

interface ServeOptions {
  /** Path of a SQLite file, or `postgres:` URL. */
  readonly database: string;
  readonly settings: ServerSettings;
  readonly listen: ListenAddress;
  /** PEM; without it only this machine is served. */
  readonly certificate?: { readonly chain: string; readonly key: string } | undefined;
  readonly log: (entry: LogEntry) => void;
}

interface ListenAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

interface RunningServer {
  readonly url: string;
  /** Takes nothing new, and waits for what is under way. */
  close(): Promise<void>;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** @throws ExpectedError `server-not-started`, and what the database refuses */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { listen, certificate, log } = options;
  if (certificate === undefined && !LOOPBACK.has(listen.host)) {
    throw new ExpectedError(
      "server-not-started",
      `Without a certificate the server is for this machine only, not ${listen.host}.`,
      {
        hint: "Give a certificate and its key, or listen on 127.0.0.1 behind a proxy that has one.",
      },
    );
  }
  const metrics = new Metrics();
  const stopping = new AbortController();
  const database = await openStateDatabase(options.database);
  let mailing: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();
  const start = async (): Promise<Server> => {
    const portal = await openPortal(database, options);
    const { engineers } = options.settings;
    const pages = {
      ...(portal && { portal: portal.routes }),
      ...(engineers && { engineers: openEngineers(database, { ...options.settings, engineers }) }),
    };
    const working = { database, metrics, stopping: stopping.signal, pages };
    const app = serverApplication({ ...options, ...working });
    const started = await listening(app.fetch, options);
    const mailer = portal?.mailer;
    if (mailer === undefined) return started;
    const tell = (): void => {
      telling = telling.then(() => (stopping.signal.aborted ? undefined : mailer.send()));
    };
    tell();
    mailing = setInterval(tell, TELL_EVERY_MS);
    mailing.unref();
    return started;
  };
  const server = await start().catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  const host = isIPv6(listen.host) ? `[${listen.host}]` : listen.host;
  const url = `${certificate === undefined ? "http" : "https"}://${host}:${port}`;
  const forgetting = setInterval(() => {
    void forget(database, log);
  }, FORGET_EVERY_MS);
  forgetting.unref();
  log({ time: new Date().toISOString(), event: "started", port });
  return {
    url,
    close: async () => {
      log({ time: new Date().toISOString(), event: "stopping", underWay: metrics.underWay });
      clearInterval(forgetting);
      clearInterval(mailing);
      stopping.abort();
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await Promise.race([closed, sleep(STOP_MS, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
      await telling;
      await database.close();
      log({ time: new Date().toISOString(), event: "stopped" });
    },
  };
}

async function listening(
  fetch: ReturnType<typeof serverApplication>["fetch"],
  { listen, certificate }: ServeOptions,
): Promise<Server> {
  try {
    const server = createAdaptorServer({
      fetch,
      ...(certificate === undefined
        ? { createServer: createHttp }
        : {
            createServer: createHttps,
            serverOptions: {
              ...{ cert: certificate.chain, key: certificate.key, minVersion: "TLSv1.2" as const },
            },
          }),
    }) as Server;
    server.requestTimeout = REQUEST_MS;
    server.headersTimeout = HEADERS_MS;
    server.maxConnections = MOST_CONNECTIONS;
    server.listen(listen.port, listen.host);
    await once(server, "listening");
    return server;
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown };
    if (typeof code !== "string") throw cause;
    throw new ExpectedError(
      "server-not-started",
      `The server cannot listen on ${listen.host}:${listen.port} (${code}).`,
      {
        hint: "Choose another address; for HTTPS check that certificate and key are PEM and belong together.",
        cause,
      },
    );
  }
}

/** What is over by now. That it failed is told, and tried again. */
async function forget(database: StateDatabase, log: ServeOptions["log"]): Promise<void> {
  try {
    await database.run("forgetAnswers", undefined);
    await database.run("forgetSessions", undefined);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    log({ time: new Date().toISOString(), event: "failed", code: error.code });
  }
}
