/**
 * Partner Center's refusals, by number.
 * @see https://learn.microsoft.com/partner-center/developer/error-codes (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import type { Answer, FailedRequest } from "../core/workload.ts";

function failure(status: number, code: number, message: string): ServiceFailure {
  return new ServiceFailure(status, String(code), { message });
}

export function invalidInput(message: string): ServiceFailure {
  return failure(400, 800002, `Invalid request input: ${message}`);
}

export function noRelationship(partnerId: string, customerId: string): ServiceFailure {
  return failure(
    403,
    20002,
    `The partner ID ${partnerId} has no commerce relationship with the customer ID ${customerId}.`,
  );
}

export function subscriptionNotFound(id: string): ServiceFailure {
  return failure(404, 20003, `Subscription with ID ${id} not found.`);
}

export function subscriptionDeleted(id: string): ServiceFailure {
  return failure(400, 2011, `Subscription with ID ${id} and deleted status can't be updated.`);
}

export function quantityOutOfRange(): ServiceFailure {
  return failure(
    400,
    2002,
    "Subscription quantity isn't within minimum and maximum allowed quantity",
  );
}

export function seatWindowPassed(days: number): ServiceFailure {
  return failure(
    400,
    900257,
    `You have passed your ${days}-day window for reducing seats for this subscription.`,
  );
}

export function cancellationWindowPassed(days: number): ServiceFailure {
  return failure(
    400,
    900117,
    `You have passed your ${days}-day cancellation window. We are unable to cancel your purchase`,
  );
}

export function notServed(operation: string): ServiceFailure {
  return failure(501, 0, `The emulator does not implement ${operation}.`);
}

export function orderNotFound(): ServiceFailure {
  return failure(404, 20000, "Order ID not found");
}

export function productNotFound(): ServiceFailure {
  return failure(404, 400013, "Product wasn't found");
}

export function availabilityNotFound(): ServiceFailure {
  return failure(404, 400019, "Availability not found.");
}

export function attestationMissing(): ServiceFailure {
  return failure(400, 900206, "Partner Attestation is missing");
}

export function termInvalid(): ServiceFailure {
  return failure(400, 800121, "The term duration provided is invalid.");
}

export function billingCycleInvalid(): ServiceFailure {
  return failure(400, 900269, "The billing cycle is invalid.");
}

export function billingCycleTooLong(): ServiceFailure {
  return failure(400, 900270, "The billing cycle cannot be longer than the term.");
}

export function statusRefused(status: string): ServiceFailure {
  return failure(400, 800096, `Can't update the status for this subscription to ${status}`);
}

/** Numbers of the refusals that the core makes. */
const CODES_BY_STATUS: Readonly<Record<number, string>> = {
  401: "400",
  404: "1000",
  500: "800003",
  501: "0",
};

export function renderPartnerFailure(refused: ServiceFailure, request: FailedRequest): Answer {
  const isOwn = /^\d+$/.test(refused.code);
  return {
    status: refused.status,
    headers: { ...refused.headers, ...partnerHeaders(request.headers, request.requestId) },
    body: {
      code: isOwn ? refused.code : (CODES_BY_STATUS[refused.status] ?? String(refused.status)),
      description: refused.message,
      data: [],
      source: "PartnerFD",
    },
  };
}

/** Every answer repeats the client's ids, or gets ids of its own. */
export function partnerHeaders(headers: Headers, requestId: string): Record<string, string> {
  return {
    "MS-RequestId": headers.get("ms-requestid") ?? requestId,
    "MS-CorrelationId": headers.get("ms-correlationid") ?? requestId,
  };
}
