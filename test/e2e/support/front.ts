/** What stands in front of several servers, as a load balancer does: each request goes to the first one that takes it. */
import { Agent, createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

export interface Front extends AsyncDisposable {
  readonly url: string;
  /** How many requests each server answered, by its URL. */
  readonly answered: Map<string, number>;
  /** Called for each request with its path once it was passed on, and before its answer comes. */
  onRequest: (path: string) => void;
}

/** @param urls of servers, the preferred one first */
export async function frontOf(urls: readonly string[]): Promise<Front> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((asked, answer) => {
    const pass = async (): Promise<void> => {
      const body = Buffer.concat((await asked.toArray()) as Buffer[]);
      const attempt = ([url, ...others]: readonly string[]): void => {
        if (url === undefined) {
          answer.writeHead(503).end();
          return;
        }
        const { method, headers, url: path = "" } = asked;
        const passed = send(new URL(path, url), { method, headers, agent }, (response) => {
          front.answered.set(url, (front.answered.get(url) ?? 0) + 1);
          answer.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(answer);
          response.on("error", () => answer.destroy());
        });
        passed.on("error", (error: NodeJS.ErrnoException) => {
          // It never got there; an answer that was lost is lost for the one who asked too.
          if (error.code === "ECONNREFUSED") attempt(others);
          else answer.destroy();
        });
        passed.end(body, () => {
          front.onRequest(path);
        });
      };
      attempt(urls);
    };
    void pass();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered: new Map(),
    onRequest: () => undefined,
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}
