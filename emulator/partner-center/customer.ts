/** A request about one customer of the partner. */
import { REGISTRY, tenantRecords, type TenantRecord } from "../core/tenants.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { collection } from "./catalogue.ts";
import { invalidInput, noRelationship, notServed, partnerHeaders } from "./errors.ts";
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

function toCustomer({ id, displayName, domains }: TenantRecord): Record<string, unknown> {
  return {
    id,
    commerceId: id,
    companyProfile: {
      tenantId: id,
      domain: domains[0] ?? "",
      companyName: displayName,
      attributes: { objectType: "CustomerCompanyProfile" },
    },
    relationshipToPartner: "reseller",
    attributes: { objectType: "Customer" },
  };
}

/** @see https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers (checked 2026-11) */
export const customerRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/customers",
    handle: (call) => {
      if (call.query.has("filter")) throw notServed(`${call.method} ${call.path} with a filter`);
      const found = call.tenant(REGISTRY).store.list(tenantRecords);
      return {
        status: 200,
        headers: partnerHeaders(call.headers, call.requestId),
        body: collection(found.map(({ object }) => toCustomer(object))),
      };
    },
  },
  customerRoute("GET", "", ({ call, customer }) => {
    const record = call.tenant(REGISTRY).store.get(tenantRecords, customer.tenantId);
    return { status: 200, body: record && toCustomer(record) };
  }),
];

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
