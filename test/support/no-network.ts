/**
 * Makes every connection that leaves the loopback interface an error, in whatever library it starts.
 * All of Node's clients (http, https, tls, grpc, undici's fetch) open their sockets through net.Socket.connect.
 */
import net from "node:net";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

type Connect = typeof net.Socket.prototype.connect;
/** Kept where the next test file of the same process finds it: this file runs before each of them. */
const KEPT = Symbol.for("tenantry.test.connect");
const kept = Reflect.get(net.Socket.prototype, KEPT) as Connect | undefined;
const original: Connect = kept ?? Reflect.get(net.Socket.prototype, "connect");
Reflect.set(net.Socket.prototype, KEPT, original);

function targetHost(args: unknown[]): string | undefined {
  // Node passes its normalised arguments as one array; callers pass options, a path, or port and host.
  const first = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  if (typeof first === "object" && first !== null) {
    const { host, path } = first as { host?: string; path?: string };
    return path === undefined ? (host ?? "localhost") : undefined;
  }
  if (typeof first === "number") return typeof args[1] === "string" ? args[1] : "localhost";
  return undefined;
}

net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const host = targetHost(args);
  if (host !== undefined && !LOOPBACK.test(host)) {
    throw new Error(`Test tried to connect to ${host}; tests may only use the loopback interface`);
  }
  return Reflect.apply(original, this, args) as net.Socket;
};
