import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { ServerCertificates } from "./certificates.ts";
import type { Pipeline } from "./pipeline.ts";
import { outsideOf } from "./real-names.ts";
import type { statusPage } from "./status-page.ts";
import type { Answer } from "./workload.ts";

/** Longer than clients keep an idle connection, so that theirs is the end that closes it. */
const KEEP_ALIVE_MS = 120_000;
const COMPRESSED_FROM_BYTES = 2048;

export interface RunningServer {
  port: number;
  close(): Promise<void>;
}

export interface ServerSettings {
  pipeline: Pipeline;
  certificates: ServerCertificates;
  /** 0 = any free port. */
  port: number;
  statusPage(): ReturnType<typeof statusPage>;
}

class PortError extends Error {
  override readonly name = "PortError";
  readonly code = "port-not-free";
  readonly hint = "Leave the port out for any free one, or stop the program that listens on it.";

  constructor(port: number, cause: unknown) {
    super(`The emulator cannot listen on port ${port} of 127.0.0.1.`, { cause });
  }
}

/**
 * Listens on 127.0.0.1 only.
 *
 * @throws PortError when another program has the port, or this one may not have it
 */
export async function startServer(settings: ServerSettings): Promise<RunningServer> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get("/", (context) => context.html(settings.statusPage()));
  app.get("/favicon.ico", (context) => context.body(null, 204));
  app.all("*", async (context) => {
    const url = new URL(context.req.url);
    const { method, headers } = context.req.raw;
    const outside = outsideOf(headers.get("host") ?? "");
    const { answer, cut } = await settings.pipeline.run({
      // The answer to HEAD is that to GET without its body, which Hono takes off.
      method: method === "HEAD" ? "GET" : method,
      path: `${outside?.base ?? ""}${url.pathname}`,
      query: url.searchParams,
      headers,
      body: inflated(Buffer.from(await context.req.arrayBuffer()), headers),
      outside,
    });
    if (cut) {
      context.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    return toResponse(answer, headers);
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: {
      key: settings.certificates.privateKeyPem,
      cert: settings.certificates.certificatePem,
      minVersion: "TLSv1.2",
    } satisfies ServerOptions,
  });
  if ("keepAliveTimeout" in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(isRefusedPort(error) ? new PortError(settings.port, error) : error);
    });
    server.listen(settings.port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

function isRefusedPort(error: NodeJS.ErrnoException): boolean {
  return error.code === "EADDRINUSE" || error.code === "EACCES";
}

/** Some clients compress their bodies; what is not what it says stays, and is refused as malformed. */
function inflated(body: Buffer, headers: Headers): Uint8Array {
  if (headers.get("content-encoding")?.toLowerCase() !== "gzip") return body;
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  return isGzip ? gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH }) : body;
}

function toResponse(answer: Answer, asked: Headers): Response {
  const headers = new Headers(answer.headers);
  const text = answer.body === undefined ? answer.text : JSON.stringify(answer.body);
  if (answer.body !== undefined && !headers.has("content-type"))
    headers.set("content-type", "application/json; charset=utf-8");
  if (text === undefined) return new Response(null, { status: answer.status, headers });
  let content = Buffer.from(text, "utf8");
  if (content.byteLength >= COMPRESSED_FROM_BYTES) {
    headers.set("vary", "Accept-Encoding");
    if (/\bgzip\b/i.test(asked.get("accept-encoding") ?? "")) {
      headers.set("content-encoding", "gzip");
      content = gzipSync(content, { level: constants.Z_BEST_SPEED });
    }
  }
  headers.set("content-length", String(content.byteLength));
  return new Response(content, { status: answer.status, headers });
}
