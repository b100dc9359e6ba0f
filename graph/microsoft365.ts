import type { Microsoft365, Microsoft365Options } from "./types.ts";

/** Everything of one Microsoft 365 tenant, for one application. Opens no connection before the first call. */
export function createMicrosoft365(options: Microsoft365Options): Microsoft365 {
  throw new Error(`Being written; only its types can be used yet (${options.tenantId}).`);
}
