/** A small service on loopback that speaks JSON: what the stand-ins for the platforms are made of. */
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { z } from "zod";

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Names that a query may have. */
  readonly query: readonly string[];
  /** Strict: a misspelt property would do nothing at the platform. */
  readonly request?: z.ZodObject;
  readonly status: number;
  readonly answer: (asked: Asked) => unknown;
}

export interface JsonService extends AsyncDisposable {
  readonly url: string;
  /** Method and path of each request. */
  readonly requests: string[];
}

export async function jsonService(
  isKnown: (request: IncomingMessage) => boolean,
  routes: readonly Route[],
): Promise<JsonService> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const { method = "" } = request;
    requests.push(`${method} ${url.pathname}`);
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    const read = async (): Promise<void> => {
      const chunks = (await request.toArray()) as Buffer[];
      if (!isKnown(request)) {
        say(401, { message: "401 Unauthorized" });
        return;
      }
      const found = routes.find((one) => one.method === method && one.path.test(url.pathname));
      if (found === undefined) {
        say(404, { message: "404 Not Found" });
        return;
      }
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || "{}");
      const checked = found.request?.safeParse(body);
      const isAsked = [...url.searchParams.keys()].every((name) => found.query.includes(name));
      if (checked?.success === false || !isAsked) {
        say(400, { message: checked?.error?.message ?? url.search });
        return;
      }
      const asked = { path: url.pathname, query: url.searchParams, body: body as Asked["body"] };
      say(found.status, found.answer(asked));
    };
    void read();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const paged = <T>(all: readonly T[], query: URLSearchParams): readonly T[] => {
  const size = Number(query.get("per_page") ?? 20);
  const start = (Number(query.get("page") ?? 1) - 1) * size;
  return all.slice(start, start + size);
};
