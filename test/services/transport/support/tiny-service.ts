/** A loopback HTTPS service whose answers a test writes down, with sign-in and `$batch`. */
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createMicrosoft365 } from "../../../../services/microsoft365.ts";
import type { Microsoft365, Microsoft365Options } from "../../../../services/transport/types.ts";
import { makeCertificate, type PemPair } from "./certificate.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const TENANT_ID = "11111111-2222-4333-8444-555555555555";

export interface Seen {
  method: string;
  /** Path with query, without the version. */
  path: string;
  headers: Record<string, string | undefined>;
  body: unknown;
  /** Set for requests that came in a batch: which one. */
  batch?: number;
  dependsOn?: string[];
}

export interface Scripted {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** `cut`: the request is taken, the connection closed without an answer. */
export type Script = (request: Seen) => Scripted | "cut" | Promise<Scripted | "cut">;

export interface TinyService {
  origin: string;
  client: Microsoft365;
  clock: VirtualClock;
  /** Everything but sign-in, inner requests of batches included, `$batch` itself not. */
  seen: Seen[];
  batches: number;
  tokensGiven: number;
  authorityPem: string;
}

let certificate: Promise<PemPair> | undefined;

/** Starts the service and a client for it; both end with the test. */
export async function tinyService(
  script: Script,
  options: Partial<Microsoft365Options> & {
    refuseTokens?: string[];
    batchScript?: (
      request: Seen,
    ) => Scripted | "cut" | undefined | Promise<Scripted | "cut" | undefined>;
  } = {},
): Promise<TinyService> {
  const { refuseTokens = [], batchScript, ...clientOptions } = options;
  certificate ??= makeCertificate("localhost");
  const { certificatePem, keyPem } = await certificate;
  const clock = new VirtualClock();
  const service = { seen: [], batches: 0, tokensGiven: 0, clock } as unknown as TinyService;

  const perform = async (seen: Seen): Promise<Scripted | "cut"> => {
    service.seen.push(seen);
    return script(seen);
  };

  const performBatch = async (seen: Seen): Promise<Scripted | "cut"> => {
    service.batches += 1;
    const whole = await batchScript?.(seen);
    if (whole !== undefined) return whole;
    const { requests } = seen.body as { requests: (Seen & { id: string; url: string })[] };
    const batch = service.batches;
    const statuses = new Map<string, number>();
    const responses = [];
    for (const { id, url, method, headers, body, dependsOn } of requests) {
      const path = url.startsWith("https:") ? new URL(url).pathname : url;
      const failed = dependsOn?.some((other) => (statuses.get(other) ?? 500) >= 300) ?? false;
      const inner = { method, path, headers, body, batch, ...(dependsOn ? { dependsOn } : {}) };
      const answer = failed ? failedDependency() : await perform(inner);
      if (answer === "cut") return "cut";
      statuses.set(id, answer.status ?? 200);
      responses.unshift({ id, status: 200, ...answer });
    }
    return { body: { responses } };
  };

  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    void answerRequest(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const answerRequest = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await textOf(request);
    const url = request.url ?? "";
    if (url.includes("/oauth2/v2.0/token")) {
      service.tokensGiven += 1;
      respond(response, { body: token(service.tokensGiven) });
      return;
    }
    if (url.includes("openid-configuration")) {
      respond(response, { body: openIdConfiguration(service.origin) });
      return;
    }
    const bearer = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const isVendorSignIn = url.endsWith("/v8/token");
    if (!isVendorSignIn && (refuseTokens.includes(bearer) || !bearer.startsWith("token-"))) {
      respond(response, { status: 401, body: { error: { code: "InvalidAuthenticationToken" } } });
      return;
    }
    const seen = {
      method: request.method ?? "",
      path: url.replace(/^\/(?:v1\.0|beta)(?=\/)/, ""),
      headers: request.headers as Seen["headers"],
      body: bodyOf(text),
    };
    const answer = await (url.endsWith("/$batch") ? performBatch(seen) : perform(seen));
    if (answer === "cut") request.socket.destroy();
    else respond(response, answer);
  };
  service.origin = `https://localhost:${await listen(server)}`;
  service.authorityPem = certificatePem;
  service.client = createMicrosoft365({
    tenantId: TENANT_ID,
    endpoints: endpointsAt(service.origin),
    credential: { kind: "client-secret", clientId: "app", clientSecret: "not-a-secret" },
    trustedCertificatesPem: certificatePem,
    clock,
    random: () => 0.5,
    ...clientOptions,
  });
  onTestFinished(async () => {
    await service.client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return service;
}

export function endpointsAt(origin: string) {
  return {
    login: origin,
    graph: origin,
    sharePoint: `${origin}/sharepoint/{host}`,
    exchange: `${origin}/exchange`,
    partnerCenter: `${origin}/partnercenter`,
    backup: `${origin}/veeam`,
    azure: `${origin}/azure`,
    cloudflare: `${origin}/cloudflare`,
  };
}

/** A Graph error body. */
export function graphError(code: string, message = code): { error: unknown } {
  return { error: { code, message, innerError: { "request-id": "req-1" } } };
}

function failedDependency(): Scripted {
  return { status: 424, body: graphError("FailedDependency") };
}

function respond(response: ServerResponse, { status = 200, headers = {}, body }: Scripted): void {
  const isText = typeof body === "string";
  const type = isText ? "text/html" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
}

function token(count: number) {
  return { token_type: "Bearer", expires_in: 3600, access_token: `token-${count}` };
}

function openIdConfiguration(origin: string) {
  const base = `${origin}/${TENANT_ID}`;
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  };
}

/** JSON where it is JSON, else the text (a form). */
function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  return text.startsWith("{") ? (JSON.parse(text) as unknown) : text;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
