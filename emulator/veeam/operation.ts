/** One operation as a route: sign-in, check of the request, handler, check of the answer. */
import type { Call, Route } from "../core/workload.ts";
import { checkAnswer, checkRequest, operationsNotServed, type OperationName } from "./schema.ts";
import { notServed } from "./errors.ts";
import { requireSession } from "./sign-in.ts";

/** Returns the body of the documented success answer; undefined for 204. */
export type Handler = (call: Call) => unknown;

export type OperationTable = Partial<Record<OperationName, Handler>>;

export function routesOf(table: OperationTable): Route[] {
  return Object.entries(table).map(([name, handler]) => route(name as OperationName, handler));
}

function route(name: OperationName, handler: Handler): Route {
  return {
    ...pathOf(name),
    handle: (call) => {
      requireSession(call);
      checkRequest(name, call);
      const body = handler(call);
      const status = checkAnswer(name, body);
      return status === 204 ? { status } : { status, body };
    },
  };
}

export function routesNotServed(): Route[] {
  return operationsNotServed.map((name) => ({
    ...pathOf(name),
    handle: () => {
      throw notServed(name);
    },
  }));
}

function pathOf(name: string): Pick<Route, "method" | "path"> {
  const [method = "", path = ""] = name.split(" ");
  return { method: method as Route["method"], path: path.replaceAll(/\{(\w+)\}/g, ":$1") };
}

/** A path parameter that the operation's path declares. */
export function parameter(call: Call, name: string): string {
  return call.params[name] ?? "";
}
