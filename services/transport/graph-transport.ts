/**
 * Graph requests go through Microsoft's client library: its authentication step attaches the token only
 * to https URLs of Graph or of the configured host. Its retry step is left out: ours replaces it.
 */
import {
  AuthenticationHandler,
  AuthenticationHandlerOptions,
  Client,
  ResponseType,
  type Context,
  type GraphRequest,
  type Middleware,
  type MiddlewareOptions,
} from "@microsoft/microsoft-graph-client";
import type { Dispatcher, Response } from "undici";
import type { Exchange } from "./request-sender.ts";
import { fetchOnce, type WireRequest } from "./http.ts";

/** Carries the request past the library, which rewrites URLs and errors. */
class Attempt implements MiddlewareOptions {
  readonly request: WireRequest;
  error: unknown;

  constructor(request: WireRequest) {
    this.request = request;
  }
}

function fetchStep(dispatcher: Dispatcher): Middleware {
  return {
    async execute(context: Context) {
      const attempt = context.middlewareControl?.getMiddlewareOptions(Attempt);
      if (!(attempt instanceof Attempt)) throw new TypeError("A request without its attempt");
      const headers = new Headers(context.options?.headers);
      try {
        const response = await fetchOnce(dispatcher, {
          ...attempt.request,
          headers: Object.fromEntries(headers.entries()),
        });
        Object.assign(context, { response });
      } catch (error) {
        attempt.error = error;
        throw error;
      }
    },
  };
}

/** `baseUrl` is Graph's endpoint, without version. */
export function graphExchange(dispatcher: Dispatcher, baseUrl: string): Exchange {
  const noToken = {
    getAccessToken: () => Promise.reject(new TypeError("No token for this request")),
  };
  const client = Client.initWithMiddleware({
    baseUrl,
    // Without port: the library compares host names only.
    customHosts: new Set([new URL(baseUrl).hostname]),
    middleware: chain(new AuthenticationHandler(noToken), fetchStep(dispatcher)),
  });
  return async (request, token) => {
    const attempt = new Attempt(request);
    const authentication = new AuthenticationHandlerOptions({
      getAccessToken: () => Promise.resolve(token),
    });
    const prepared = client
      .api(request.url)
      .middlewareOptions([authentication, attempt])
      .headers(request.headers)
      .responseType(ResponseType.RAW);
    try {
      return (await sendAs(prepared, request)) as Response;
    } catch (error) {
      throw attempt.error ?? error;
    }
  };
}

function chain(first: AuthenticationHandler, second: Middleware): Middleware {
  first.setNext(second);
  return first;
}

function sendAs(prepared: GraphRequest, { method, body }: WireRequest): Promise<unknown> {
  switch (method) {
    case "POST":
      return prepared.post(body);
    case "PATCH":
      return prepared.patch(body);
    case "PUT":
      return prepared.put(body);
    case "DELETE":
      return prepared.delete();
    default:
      return prepared.get();
  }
}
