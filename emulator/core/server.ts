import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { ServerCertificates } from "./certificates.ts";
import type { Pipeline } from "./pipeline.ts";
import type { statusPage } from "./status-page.ts";
import type { Answer } from "./workload.ts";

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

export class PortError extends Error {
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
    const { answer, cut } = await settings.pipeline.run({
      method: context.req.method,
      path: url.pathname,
      query: url.searchParams,
      headers: context.req.raw.headers,
      body: new Uint8Array(await context.req.arrayBuffer()),
    });
    if (cut) {
      context.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    return toResponse(answer);
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

function toResponse(answer: Answer): Response {
  const headers = new Headers(answer.headers);
  if (answer.body !== undefined) {
    if (!headers.has("content-type"))
      headers.set("content-type", "application/json; charset=utf-8");
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
  }
  return new Response(answer.text ?? null, { status: answer.status, headers });
}
