import type { QuotaClaim } from "./quota-ledger.ts";
import { operationOf, withoutQueryValues } from "./paths.ts";
import type { Answer, CallOptions, Method, ServiceName } from "./types.ts";

/** A call with everything that retrying, counting and reporting need to know about it. */
export interface Call extends CallOptions {
  service: ServiceName;
  method: Method;
  /** Relative to the service's base URL, with query. */
  path: string;
  body?: unknown;
  headers: Record<string, string>;
  claims: readonly QuotaClaim[];
  /** As in `RequestEvent.operation`. */
  operation: string;
  idempotent: boolean;
  /** It changes nothing: cancelling may end it while it is under way. */
  reads: boolean;
  /** It makes something go away: "it is not there" after a lost answer means that it is done. */
  removes: boolean;
  /** It updates the object with its key, or makes it. */
  upserts: boolean;
}

/** What one attempt brought back. */
export interface Reply extends Answer<unknown> {
  clientRequestId?: string;
  /** Makes sure that the next attempt uses another token than this one did. */
  renewToken?: () => void;
}

/** As Graph spells it. */
const CREATE_IF_MISSING = "create-if-missing";

/** Fills in what can be told from method and path. */
export function makeCall(
  call: Omit<Call, "operation" | "idempotent" | "headers" | "reads" | "removes" | "upserts"> & {
    operation?: string;
    reads?: boolean;
    removes?: boolean;
    idempotent?: boolean | undefined;
    headers?: Record<string, string> | undefined;
  },
): Call {
  return {
    ...call,
    headers: call.headers ?? {},
    operation: call.operation ?? operationOf(call.path),
    idempotent: call.idempotent ?? call.method !== "POST",
    reads: call.reads ?? call.method === "GET",
    removes: call.removes ?? call.method === "DELETE",
    upserts: Object.values(call.headers ?? {}).includes(CREATE_IF_MISSING),
  };
}

/** How errors name the call. */
export function shownPath(call: Call): string {
  return withoutQueryValues(call.path);
}
