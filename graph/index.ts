/** Microsoft 365 over HTTP: batches, quotas, retries, paging, errors. Imports nothing of the project. */
export { systemClock } from "./clock.ts";
export type { Clock } from "./clock.ts";
export { microsoftEndpoints } from "./endpoints.ts";
export { GraphRequestError, isRequestError } from "./errors.ts";
export type { FailureCode, FailureDetail } from "./errors.ts";
export type { QuotaLimits } from "./limits.ts";
export { createMicrosoft365 } from "./microsoft365.ts";
export type { OperationStatistics } from "./statistics.ts";
export type * from "./types.ts";
export { odata } from "./paths.ts";
export type { WaitOptions } from "./wait.ts";
export { toHar } from "./har.ts";
export type { Har, HarEntry } from "./har.ts";
