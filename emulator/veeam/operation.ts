/** One operation as a route: sign-in, check of the request, handler, check of the answer. */
import type { Call, Route } from "../core/workload.ts";
import {
  checkAnswer,
  checkRequest,
  operationsNotServed,
  respelled,
  type OperationName,
} from "./schema.ts";
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
    handle: (given) => {
      requireSession(given);
      const call = respelled(name, given);
      checkRequest(name, call);
      const body = handler(call);
      const status = checkAnswer(name, body);
      return status === 204 ? { status } : { status, body };
    },
  };
}

/** What this version has beyond the served, and what stands under the addresses of older ones. */
export function routesNotServed(): Route[] {
  return [
    ...operationsNotServed.map((name) => ({
      ...pathOf(name),
      handle: () => {
        throw notServed(name);
      },
    })),
    {
      method: "*",
      path: "/:version{v[5-7]}/*",
      handle: (call) => {
        throw notServed(`${call.method} ${call.path}`);
      },
    },
  ];
}

function pathOf(name: string): Pick<Route, "method" | "path"> {
  const [method = "", path = ""] = name.split(" ");
  return { method: method as Route["method"], path: path.replaceAll(/\{(\w+)\}/g, ":$1") };
}

/** A path parameter that the operation's path declares. */
export function parameter(call: Call, name: string): string {
  return call.params[name] ?? "";
}
