/** A proxy for clients that know the services by Microsoft's host names only. What is not Microsoft's goes nowhere. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { request as requestSecurely } from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import { outsideOf } from "./real-names.ts";

export interface RunningForwarder {
  /** `http://127.0.0.1:<port>`, for a client's proxy setting. */
  url: string;
  close(): Promise<void>;
}

/** Listens on any free port of 127.0.0.1; what is for one of Microsoft's hosts ends at the emulator's port. */
export async function startForwarder(emulator: {
  port: number;
  authorityPem: string;
}): Promise<RunningForwarder> {
  const open = new Set<Socket>();
  // Axios names whole addresses to a proxy, also those of HTTPS.
  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const url = URL.canParse(incoming.url ?? "") ? new URL(incoming.url ?? "") : undefined;
    if (url === undefined || outsideOf(url.host) === undefined) {
      response.writeHead(403).end();
      return;
    }
    const { method, headers } = incoming;
    const outgoing = requestSecurely(
      {
        host: "127.0.0.1",
        port: emulator.port,
        servername: url.hostname,
        ca: emulator.authorityPem,
        path: `${url.pathname}${url.search}`,
        method,
        headers: { ...headers, host: url.host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    outgoing.on("error", () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.on("connect", (request: IncomingMessage, client: Socket, head: Buffer) => {
    if (outsideOf(request.url ?? "") === undefined) {
      client.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const target = connect(emulator.port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.write(head);
      target.pipe(client).pipe(target);
    });
    // Either end may break off; then the other has nobody to speak to.
    client.on("error", () => target.destroy());
    target.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
