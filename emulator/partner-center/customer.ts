/** A request about one customer of the partner. */
import { REGISTRY, tenantRecords } from "../core/tenants.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { invalidInput, noRelationship, partnerHeaders } from "./errors.ts";
import { adoptSeededSubscriptions } from "./provisioning.ts";

export interface CustomerCall {
  call: Call;
  /** The customer's tenant. */
  customer: Scope;
}

/** An address below `/v1/customers/{id}`. */
export function customerRoute(
  method: "GET" | "POST" | "PATCH",
  path: string,
  handle: (context: CustomerCall) => Answer,
): Route {
  return {
    method,
    path: `/v1/customers/:customer${path}`,
    handle: (call) => {
      const customer = requireCustomer(call);
      if (method !== "GET") adoptSeededSubscriptions(customer);
      const answer = handle({ call, customer });
      return {
        ...answer,
        headers: { ...partnerHeaders(call.headers, call.requestId), ...answer.headers },
      };
    },
  };
}

/** Every tenant of the emulator is a customer of every other one, and of itself. */
function requireCustomer(call: Call): Scope {
  const id = (call.params.customer ?? "").toLowerCase();
  const { store } = call.tenant(REGISTRY);
  if (store.get(tenantRecords, id) === undefined) throw noRelationship(call.tenantId, id);
  return call.tenant(id);
}

export function bodyOf(call: Call): Record<string, unknown> {
  const { body } = call;
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalidInput("the body must be a JSON object.");
  }
  return body as Record<string, unknown>;
}
