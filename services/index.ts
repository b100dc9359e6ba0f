/** Microsoft 365 over HTTP: batches, quotas, retries, paging, errors. Imports nothing of the project. */
export { systemClock } from "./transport/clock.ts";
export type { Clock } from "./transport/clock.ts";
export { microsoftEndpoints } from "./transport/endpoints.ts";
export { GraphRequestError, isRequestError } from "./transport/errors.ts";
export type { FailureCode, FailureDetail } from "./transport/errors.ts";
export type { QuotaLimits } from "./transport/quota-limits.ts";
export { createMicrosoft365 } from "./microsoft365.ts";
export type * from "./transport/types.ts";
export { odata } from "./transport/paths.ts";
export { toHar } from "./transport/har.ts";
export type { Har, HarEntry } from "./transport/har.ts";
export { Gate } from "./transport/semaphore.ts";
